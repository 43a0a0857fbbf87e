import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Request } from 'express';
import type { IdempotencyKeys } from '../../../ports/idempotency-keys.js';
import { type JsonAnswer, refusalAnswer } from '../json-envelope.js';

/**
 * Runs `act` at most once per Idempotency-Key of a tenant. Every copy of the request gets the same answer. `key` is
 * undefined without the header.
 */
export type AnswerOnce = (
  req: Request,
  tenantId: string,
  act: (key: string | undefined) => Promise<JsonAnswer>,
) => Promise<JsonAnswer>;

const KEY = /^[\x21-\x7e]{1,255}$/;
/** A copy waits for the answer of the first request, within the 3 s that every request has. */
const WAIT_MS = 2_500;

/**
 * Keys are kept for 24 hours. A different request with the same key is refused with IDEMPOTENCY_CONFLICT. Temporary
 * failures (status 500 and above, exceptions) are not stored.
 */
export function answerOnce(keys: IdempotencyKeys): AnswerOnce {
  return async (req, tenantId, act) => {
    const key = req.get('idempotency-key');
    if (key === undefined) return act(undefined);
    if (!KEY.test(key))
      return refusalAnswer(req, {
        code: 'INVALID_REQUEST',
        reason: 'Idempotency-Key must be 1 to 255 printable ASCII characters without blanks.',
        details: { field: 'Idempotency-Key' },
      });
    const digest = requestDigest(req);
    const giveUpAt = performance.now() + WAIT_MS;
    for (;;) {
      const found = await keys.take(tenantId, key, digest);
      if (found.state === 'conflict') return refusalAnswer(req, { code: 'IDEMPOTENCY_CONFLICT' });
      if (found.state === 'unreadable')
        return refusalAnswer(req, {
          code: 'IDEMPOTENCY_CONFLICT',
          reason:
            'The request with this Idempotency-Key was answered, ' +
            'but the answer was sealed with a secret that is gone: use a new key.',
        });
      if (found.state === 'answered') return { ...found.answer, replayed: true };
      if (found.state === 'taken') return work(keys, { tenantId, key, lease: found.lease }, act);
      if (performance.now() > giveUpAt)
        return refusalAnswer(req, {
          code: 'SERVICE_UNAVAILABLE',
          reason:
            'The first request with this Idempotency-Key is still being worked on: send it again in a few seconds.',
        });
      await pause(40);
    }
  };
}

async function work(
  keys: IdempotencyKeys,
  { tenantId, key, lease }: { tenantId: string; key: string; lease: string },
  act: (key: string) => Promise<JsonAnswer>,
): Promise<JsonAnswer> {
  try {
    const answer = await act(key);
    const { status, kept, body } = answer;
    if (status < 500) await keys.answer(tenantId, key, lease, { status, body: kept ?? body });
    else await keys.release(tenantId, key, lease);
    return answer;
  } catch (error) {
    // If this fails too, the lease expires.
    await keys.release(tenantId, key, lease).catch(() => undefined);
    throw error;
  }
}

function requestDigest(req: Request): string {
  const body: unknown = req.body;
  return createHash('sha256')
    .update(`${req.method} ${req.originalUrl}\0`)
    .update(Buffer.isBuffer(body) ? body : '')
    .digest('hex');
}
