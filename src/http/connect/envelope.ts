import type { Response } from 'express';
import { ERROR_CODES, type ErrorCode, type Refusal } from '../../domain/error-codes.js';

const STATUSES: Partial<Record<ErrorCode, number>> = {
  INVALID_CREDENTIALS: 401,
  INVALID_REQUEST: 400,
  HOOK_URL_REFUSED: 400,
  OPERATION_NOT_ALLOWED: 403,
  RATE_LIMITED: 429,
  REQUEST_TOO_LARGE: 413,
  METHOD_NOT_ALLOWED: 405,
  NOT_FOUND: 404,
  TRANSMISSION_NOT_FOUND: 404,
  ORDER_NOT_FOUND: 404,
  ORDER_STEP_NOT_ALLOWED: 409,
  ORDER_CONFLICT: 409,
  SERVICE_UNAVAILABLE: 503,
  STORE_UNAVAILABLE: 503,
};

/** An answer of `/sdk` and `/api/provider`. */
export interface ConnectAnswer {
  status: number;
  contentType: string;
  body: string | Uint8Array;
}

export function jsonAnswer(value: unknown, status = 200): ConnectAnswer {
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

/** Shopware Connect promises a status "in the range of 400"; the body is ours. */
export function refusalAnswer({ code, reason, details }: Refusal, id?: string): ConnectAnswer {
  const error = {
    code,
    message: reason ?? ERROR_CODES[code],
    ...(details === undefined ? {} : { details }),
    ...(id === undefined ? {} : { id }),
  };
  return jsonAnswer({ success: false, error }, STATUSES[code] ?? 500);
}

export function sendAnswer(res: Response, { status, contentType, body }: ConnectAnswer): void {
  if (status === 503) res.set('Retry-After', '5');
  // An answer may be a payload that came back: it is never a page.
  res
    .status(status)
    .set({ 'Content-Type': contentType, 'Content-Security-Policy': "default-src 'none'" })
    .send(typeof body === 'string' ? body : Buffer.from(body));
}
