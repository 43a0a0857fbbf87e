import type { Response } from 'express';
import { ERROR_CODES, type Refusal } from '../../domain/error-codes.js';
import { statusOf } from '../error-statuses.js';
import { learn } from '../exchange-facts.js';

/** An answer of `/sdk` and `/api/provider`. */
export interface ConnectAnswer {
  status: number;
  contentType: string;
  body: string | Uint8Array;
  /** What the answer refuses with. */
  refusal?: Refusal;
}

export function jsonAnswer(value: unknown, status = 200): ConnectAnswer {
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

/** Shopware Connect promises a status "in the range of 400"; the body is ours. */
export function refusalAnswer(refusal: Refusal, id?: string): ConnectAnswer {
  const { code, reason, details } = refusal;
  const error = {
    code,
    message: reason ?? ERROR_CODES[code],
    ...(details === undefined ? {} : { details }),
    ...(id === undefined ? {} : { id }),
  };
  return { ...jsonAnswer({ success: false, error }, statusOf('connect', code)), refusal };
}

export function sendAnswer(res: Response, { status, contentType, body, refusal }: ConnectAnswer): void {
  if (refusal !== undefined) learn(res, { refusal });
  if (status === 503) res.set('Retry-After', '5');
  // An answer may be a payload that came back: it is never a page.
  res
    .status(status)
    .set({ 'Content-Type': contentType, 'Content-Security-Policy': "default-src 'none'" })
    .send(typeof body === 'string' ? body : Buffer.from(body));
}
