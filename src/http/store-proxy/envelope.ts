import type { Response } from 'express';
import { ERROR_CODES, type ErrorCode, type Refusal } from '../../domain/error-codes.js';

const STATUSES: Partial<Record<ErrorCode, number>> = {
  ROUTE_BLOCKED: 403,
  READ_ONLY_SESSION: 403,
  NO_SESSION: 409,
  CART_CHANGING: 409,
  NOT_FOUND: 404,
  INVALID_REQUEST: 400,
  REQUEST_TOO_LARGE: 413,
  STORE_UNAVAILABLE: 503,
  STORE_SESSION_LOST: 410,
  SERVICE_UNAVAILABLE: 503,
};

/** The proxy says no: always JSON, `{ error: { code, message } }`. */
export function sendProxyRefusal(res: Response, { code, reason }: Refusal): void {
  const status = STATUSES[code] ?? 500;
  if (status === 503) res.set('Retry-After', '5');
  res
    .status(status)
    .set('Cache-Control', 'no-store')
    .json({ error: { code, message: ERROR_CODES[code], ...(reason === undefined ? {} : { reason }) } });
}
