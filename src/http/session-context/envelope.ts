import type { Response } from 'express';
import { ERROR_CODES, type ErrorCode, type Refusal } from '../../domain/error-codes.js';
import type { SessionContext } from '../../domain/context/session-context.js';

const STATUSES: Partial<Record<ErrorCode, number>> = {
  INVALID_REQUEST: 400,
  CONTEXT_REFUSED: 400,
  INVALID_CREDENTIALS: 401,
  INSUFFICIENT_SCOPE: 403,
  CUSTOMER_MISMATCH: 403,
  TRANSMISSION_NOT_FOUND: 404,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONTEXT_VERSION: 409,
  CART_CHANGING: 409,
  SESSION_CLOSED: 409,
  REQUEST_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  SERVICE_UNAVAILABLE: 503,
  STORE_UNAVAILABLE: 503,
  STORE_SESSION_LOST: 503,
};

export const SCOPE = 'sessioncontext.context_manage';
const REALM = 'Bearer realm="session-context"';

export function contextView({ sessionId, fields, attributes, version, createdAt, modifiedAt }: SessionContext): object {
  return {
    sessionId,
    ...fields,
    context: attributes,
    metadata: { version, createdAt: createdAt.toISOString(), modifiedAt: modifiedAt.toISOString() },
  };
}

/**
 * Says no in the dialect of the session context: `{ sessionId, code, message }`. `challenge`: what the caller has shown
 * was not enough (RFC 6750).
 */
export function sendRefusal(res: Response, { code, reason, details }: Refusal, sessionId?: string, id?: string): void {
  const status = STATUSES[code] ?? 500;
  if (status === 503) res.set('Retry-After', '5');
  if (status === 401)
    res.set('WWW-Authenticate', res.req.get('authorization') === undefined ? REALM : `${REALM}, error="invalid_token"`);
  if (status === 403)
    res.set(
      'WWW-Authenticate',
      code === 'INSUFFICIENT_SCOPE'
        ? `${REALM}, error="insufficient_scope", scope="${SCOPE}"`
        : `${REALM}, error="invalid_token"`,
    );
  const message = code === 'TRANSMISSION_NOT_FOUND' ? 'Session not found' : (reason ?? ERROR_CODES[code]);
  const version = details?.['version'];
  res.status(status).json({
    ...(sessionId === undefined ? {} : { sessionId }),
    code: status,
    message: id === undefined ? message : `${message} Reference: ${id}`,
    ...(typeof version === 'number' ? { metadata: { version } } : {}),
  });
}
