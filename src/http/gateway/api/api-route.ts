import type { Request, RequestHandler } from 'express';
import type { Outcome } from '../../../domain/error-codes.js';
import type { ApiKey, ApiScope } from '../../../ports/access/client-keys.js';
import type { AnswerOnce } from './answer-once.js';
import { dataAnswer, refusalAnswer, sendAnswer } from '../json-envelope.js';
import { DEFAULT_KEY_POLICY } from '../../../domain/access/tenant.js';
import type { TenantRepository } from '../../../ports/access/connection-repository.js';
import type { Admission } from '../../callers/admission.js';
import { bearerKey } from '../caller-standing.js';
import { learn } from '../../exchange-facts.js';

export interface ApiRouteDeps {
  authenticateKey: AuthenticateKey;
  once: AnswerOnce;
}

/** Result of a call: PunchFlow's `data`. */
export type ApiCall = (req: Request, owner: ApiKey) => Promise<Outcome<object>>;

/** A route with a Bearer key. Checks the key, then the request. A POST runs once per Idempotency-Key. */
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
    learn(res, { connection: { tenantId: owner.value.tenantId } });
    const act = async () => {
      const outcome = await call(req, owner.value);
      return outcome.ok ? dataAnswer(outcome.value) : refusalAnswer(req, outcome.refusal);
    };
    sendAnswer(res, await (req.method === 'POST' ? once(req, owner.value.tenantId, act) : act()));
  };
}

/** Finds the owner of the request by its Bearer key. Checks the tenant's allowed addresses and the rate limit. */
export type AuthenticateKey = (req: Request, scope: ApiScope) => Promise<Outcome<ApiKey>>;

interface Deps {
  authenticateKey: (key: string | undefined, scope: ApiScope, address?: string) => Promise<Outcome<ApiKey>>;
  tenants: Pick<TenantRepository, 'find'>;
  admission: Pick<Admission, 'admit' | 'guessAddress'>;
}

/** Each key is counted separately, with the tenant's `connectionDefaults` as policy. */
export function authenticateRequest(
  { authenticateKey, tenants, admission }: Deps,
  keyOf: (req: Request) => string | undefined = bearerKey,
): AuthenticateKey {
  return async (req, scope) => {
    const owner = await authenticateKey(keyOf(req), scope, admission.guessAddress(req));
    if (!owner.ok) return owner;
    const { tenantId, keyId } = owner.value;
    const policy = { ...DEFAULT_KEY_POLICY, ...(await tenants.find(tenantId))?.settings.connectionDefaults };
    const admitted = await admission.admit(req, `key:${tenantId}:${keyId}`, policy);
    return admitted.ok ? owner : admitted;
  };
}
