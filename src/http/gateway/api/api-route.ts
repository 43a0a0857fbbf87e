import type { Request, RequestHandler } from 'express';
import type { Outcome } from '../../../domain/error-codes.js';
import type { ApiKey, ApiScope } from '../../../ports/access/client-keys.js';
import type { AnswerOnce } from './answer-once.js';
import { dataAnswer, refusalAnswer, sendAnswer } from '../json-envelope.js';
import { DEFAULT_KEY_POLICY } from '../../../domain/access/tenant.js';
import type { TenantRepository } from '../../../ports/access/connection-repository.js';
import type { Admission } from '../../callers/admission.js';
import { bearerKey } from '../../bearer-token.js';

export interface ApiRouteDeps {
  authenticateKey: AuthenticateKey;
  once: AnswerOnce;
}

/** What a call answers with: PunchFlow's `data`. */
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

/** Whose request it is, by its Bearer key; from an address that the tenant allows, and not too often. */
export type AuthenticateKey = (req: Request, scope: ApiScope) => Promise<Outcome<ApiKey>>;

interface Deps {
  authenticateKey: (key: string | undefined, scope: ApiScope, address?: string) => Promise<Outcome<ApiKey>>;
  tenants: Pick<TenantRepository, 'find'>;
  admission: Pick<Admission, 'admit' | 'guessAddress'>;
}

/** Each key is counted by itself; the tenant's `connectionDefaults` are its policy. */
export function authenticateRequest({ authenticateKey, tenants, admission }: Deps): AuthenticateKey {
  return async (req, scope) => {
    const owner = await authenticateKey(bearerKey(req), scope, admission.guessAddress(req));
    if (!owner.ok) return owner;
    const { tenantId, keyId } = owner.value;
    const policy = { ...DEFAULT_KEY_POLICY, ...(await tenants.find(tenantId))?.settings.connectionDefaults };
    const admitted = await admission.admit(req, `key:${tenantId}:${keyId}`, policy);
    return admitted.ok ? owner : admitted;
  };
}
