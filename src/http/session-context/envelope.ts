import type { Response } from 'express';
import { ERROR_CODES, type Refusal } from '../../domain/error-codes.js';
import type { SessionContext } from '../../domain/context/session-context.js';
import { statusOf } from '../error-statuses.js';
import { learn } from '../exchange-facts.js';

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
export function sendRefusal(res: Response, refusal: Refusal, sessionId?: string, id?: string): void {
  const { code, reason, details } = refusal;
  const { tenant } = res.req.params;
  learn(res, { refusal, ...(typeof tenant === 'string' ? { claimedTenant: tenant } : {}) });
  const status = statusOf('context', code);
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
