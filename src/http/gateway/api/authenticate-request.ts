import type { Request } from 'express';
import { DEFAULT_KEY_POLICY } from '../../../domain/access/tenant.js';
import type { Outcome } from '../../../domain/error-codes.js';
import type { ApiKey, ApiScope } from '../../../ports/access/client-keys.js';
import type { TenantRepository } from '../../../ports/access/connection-repository.js';
import type { Admission } from '../../callers/admission.js';
import { bearerKey } from '../../bearer-token.js';

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
