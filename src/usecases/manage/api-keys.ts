import { digestOf, newSecret } from '../../domain/digest.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { ApiKey, ApiScope } from '../../ports/access/client-keys.js';
import type { Atomically } from '../../ports/managed-directory.js';
import { connectionFits } from './connection-scope.js';

interface Deps {
  atomically: Atomically;
}

interface Of {
  tenantId: string;
  by: string;
}

/** `key`: shown once, and stored as a digest. */
export type MadeKey = ApiKey & { key: string };

export interface KeyWish {
  name: string;
  scopes: readonly ApiScope[];
  /** With the scopes `index` and `open-buy`, and only with them. */
  connectionId?: string | undefined;
}

export interface KeyManagement {
  create(of: Of, wish: KeyWish): Promise<Outcome<MadeKey>>;
  /** A key with the name and scopes of an old one, which works for `graceDays` more. */
  rotate(of: Of, keyId: string, graceDays: number): Promise<Outcome<MadeKey>>;
  revoke(of: Of, keyId: string): Promise<Outcome<{ revoked: true }>>;
}

/** API keys of a tenant. Each change is one transaction with its audit row. */
export function keyManagement({ atomically }: Deps): KeyManagement {
  return {
    create: ({ tenantId, by }, { name, scopes, connectionId }) =>
      atomically(async (directory) => {
        if ((await directory.tenants.entry(tenantId)) === undefined)
          return refuse('RESOURCE_NOT_FOUND', `There is no tenant ${tenantId}.`);
        const fits = await connectionFits(directory, tenantId, { what: 'key', scopes, connectionId });
        if (!fits.ok) return fits;
        const { key, keyId } = newKey();
        const made: ApiKey = {
          tenantId,
          keyId,
          name,
          scopes: [...scopes],
          connectionId,
          demo: false,
          createdAt: new Date(),
        };
        await directory.apiKeys.save({ ...made, digest: digestOf(key) });
        const details: Record<string, string> = { key: keyId, name, scopes: scopes.join(',') };
        if (connectionId !== undefined) details['connection'] = connectionId;
        await directory.audit.note({ tenantId, event: 'key-created', actor: by, details });
        return accept({ ...made, key });
      }),
    rotate: ({ tenantId, by }, oldKeyId, graceDays) =>
      atomically(async (directory) => {
        const { key, keyId } = newKey();
        const made = await directory.apiKeys.rotate(tenantId, oldKeyId, { keyId, digest: digestOf(key) }, graceDays);
        if (made === undefined) return unknown(tenantId, oldKeyId);
        const details = { key: keyId, replaces: oldKeyId, grace_days: String(graceDays) };
        await directory.audit.note({ tenantId, event: 'key-rotated', actor: by, details });
        return accept({ ...made, key });
      }),
    revoke: ({ tenantId, by }, keyId) =>
      atomically(async (directory) => {
        if (!(await directory.apiKeys.revoke(tenantId, keyId))) return unknown(tenantId, keyId);
        await directory.audit.note({ tenantId, event: 'key-revoked', actor: by, details: { key: keyId } });
        return accept({ revoked: true });
      }),
  };
}

function unknown(tenantId: string, keyId: string): Outcome<never> {
  return refuse('RESOURCE_NOT_FOUND', `There is no active key ${keyId.slice(0, 60)} of tenant ${tenantId}.`);
}

function newKey(): { key: string; keyId: string } {
  return {
    key: `pk_${newSecret()}`,
    keyId: newSecret()
      .slice(0, 8)
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '0'),
  };
}
