import { digestOf, newSecret } from '../../domain/digest.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { type ApiKey, type ApiScope, CONNECTION_SCOPES } from '../../ports/access/client-keys.js';
import type { Atomically, ManagedDirectory } from '../../ports/managed-directory.js';
import { unknownConnection } from './read-connections.js';

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
        const fits = await connectionFits(directory, tenantId, { scopes, connectionId });
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

/** A key for a buyer's system is of one connection and for one thing; the others are of none. */
async function connectionFits(
  { connections }: ManagedDirectory,
  tenantId: string,
  { scopes, connectionId }: Pick<KeyWish, 'scopes' | 'connectionId'>,
): Promise<Outcome<true>> {
  const own = CONNECTION_SCOPES.find((scope) => scopes.includes(scope));
  if (own !== undefined && scopes.length > 1)
    return refuse('INVALID_REQUEST', `The scope ${own} stands alone: make a key of its own for the buyer.`, {
      field: 'scopes',
    });
  if ((own !== undefined) !== (connectionId !== undefined))
    return refuse(
      'INVALID_REQUEST',
      `A key with the scope ${CONNECTION_SCOPES.join(' or ')} names its connection; others name none.`,
      { field: 'connection' },
    );
  if (connectionId === undefined || (await connections.find(tenantId, connectionId)) !== undefined) return accept(true);
  const { refusal } = await unknownConnection(connections, tenantId, connectionId);
  return refuse('INVALID_REQUEST', refusal.reason, { field: 'connection' });
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
