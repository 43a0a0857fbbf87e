import type { Request, Response } from 'express';
import { ERROR_CODES, type ErrorCode, type Refusal } from '../../domain/error-codes.js';
import { requestLanguage } from '../middleware/request-site.js';
import { GERMAN_MESSAGES } from './german-messages.js';

const STATUSES: Partial<Record<ErrorCode, number>> = {
  INVALID_CREDENTIALS: 401,
  INVALID_XML: 400,
  INVALID_REQUEST: 400,
  QUANTITY_INVALID: 400,
  RETURN_URL_REFUSED: 400,
  OPERATION_NOT_SUPPORTED: 400,
  REQUEST_TOO_LARGE: 413,
  GET_NOT_ALLOWED: 405,
  METHOD_NOT_ALLOWED: 405,
  NOT_FOUND: 404,
  TRANSMISSION_NOT_FOUND: 404,
  SESSION_EXPIRED: 410,
  SERVICE_UNAVAILABLE: 503,
  STORE_UNAVAILABLE: 503,
};

/** The HTTP status that a refusal has outside cXML. */
export function gatewayStatus(code: ErrorCode): number {
  return STATUSES[code] ?? 500;
}

/** Source 002's error envelope: German unless Accept-Language says otherwise, details in English keys. */
export function sendJsonRefusal(req: Request, res: Response, refusal: Refusal, id?: string): void {
  const status = gatewayStatus(refusal.code);
  if (status === 503) res.set('Retry-After', '5');
  if (status === 401) res.set('WWW-Authenticate', 'Bearer');
  const message = requestLanguage(req, 'de') === 'de' ? GERMAN_MESSAGES[refusal.code] : ERROR_CODES[refusal.code];
  const details = { ...refusal.details, ...(refusal.reason === undefined || refusal.details?.['error'] !== undefined ? {} : { error: refusal.reason }), ...(id === undefined ? {} : { id }) };
  res.status(status).json({ success: false, error: { code: refusal.code, message, details } });
}

export function sendData(res: Response, data: object, status = 200): void {
  res.status(status).json({ success: true, data });
}
