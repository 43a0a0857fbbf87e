import type { Request, RequestHandler } from 'express';
import type { Outcome } from '../../../domain/error-codes.js';
import type { ApiKey, ApiScope } from '../../../ports/access/client-keys.js';
import type { AnswerOnce } from './answer-once.js';
import type { AuthenticateKey } from './authenticate-request.js';
import { dataAnswer, refusalAnswer, sendAnswer } from '../json-envelope.js';

export interface ApiRouteDeps {
  authenticateKey: AuthenticateKey;
  once: AnswerOnce;
}

/** What a call answers with: source 002's `data`. */
export type ApiCall = (req: Request, owner: ApiKey) => Promise<Outcome<object>>;

/** A route of a Bearer key: the key first, then the request, once per Idempotency-Key where it is a POST. */
export function apiRoute({
  authenticateKey,
  once,
}: ApiRouteDeps): (scope: ApiScope | ((req: Request) => ApiScope), call: ApiCall) => RequestHandler {
  return (scope, call) => async (req, res) => {
    const owner = await authenticateKey(req, typeof scope === 'function' ? scope(req) : scope);
    if (!owner.ok) {
      sendAnswer(res, refusalAnswer(req, owner.refusal));
      return;
    }
    const act = async () => {
      const outcome = await call(req, owner.value);
      return outcome.ok ? dataAnswer(outcome.value) : refusalAnswer(req, outcome.refusal);
    };
    sendAnswer(res, await (req.method === 'POST' ? once(req, owner.value.tenantId, act) : act()));
  };
}
