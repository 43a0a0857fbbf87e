import { digestOf } from '../../../domain/digest.js';
import type { MiddlewareKeys, OAuthClient, OAuthClients, OAuthScope } from '../../../ports/access/client-keys.js';
import { type SecretRow, connectionSecretOf } from './connection-entries.js';
import { SEAL_OWNERS, type SecretSealing } from './sealed-secrets.js';
import type { Database } from '../database/database.js';

/** If two tenants got the same key at the same time, it opens neither. */
const FIND = {
  name: 'middleware-key-find',
  text: `
    select k.tenant_id, k.connection_id from middleware_key k
    where k.key_digest = $1
      and not exists (select from middleware_key other where other.key_digest = $1 and other.tenant_id <> k.tenant_id)
    union select p.tenant_id, p.connection_id from test_punchout p where p.key_digest = $1 and p.secret_until > now()
    order by connection_id`,
};

const ADD = {
  name: 'middleware-key-add',
  text: `
    with added as (
      insert into middleware_key (tenant_id, connection_id, key_digest, sealed_key)
      select $1, $2, $3, $4 where not exists (select from middleware_key where key_digest = $3 and tenant_id <> $1)
      on conflict (tenant_id, connection_id, key_digest) do update
        set sealed_key = excluded.sealed_key, created_at = clock_timestamp(), secret_id = gen_random_uuid()
      returning key_digest
    ), dropped as (
      delete from middleware_key where tenant_id = $1 and connection_id = $2 and exists (select from added)
        and key_digest in (
          select key_digest from middleware_key where tenant_id = $1 and connection_id = $2 and key_digest <> $3
          order by created_at desc offset 1)
    )
    select key_digest from added`,
};

const SEALED = {
  name: 'middleware-key-sealed',
  text: `
    select sealed_key from middleware_key where tenant_id = $1 and connection_id = $2 and sealed_key is not null
    order by created_at desc limit 1`,
};

const LIST_KEYS = {
  name: 'middleware-key-list',
  text: `
    select secret_id, created_at, sealed_key is not null as recoverable from middleware_key
    where tenant_id = $1 and connection_id = $2 order by created_at desc`,
};
const REMOVE_KEY = {
  name: 'middleware-key-remove',
  text: `delete from middleware_key where tenant_id = $1 and connection_id = $2 and secret_id::text = $3 returning 1`,
};

export function middlewareKeys({ query, asTenant }: Database, box: SecretSealing): MiddlewareKeys {
  return {
    async findConnections(keyDigest) {
      const rows = await query<{ tenant_id: string; connection_id: string }>(FIND, [keyDigest]);
      return rows.map((row) => ({ tenantId: row.tenant_id, connectionId: row.connection_id }));
    },
    async add(tenantId, connectionId, key, keep = 'hashed') {
      const sealed = keep === 'recoverable' ? box.seal(key, SEAL_OWNERS.middleware(tenantId, connectionId)) : null;
      return (await query(ADD, [tenantId, connectionId, digestOf(key), sealed])).length > 0;
    },
    async recoverable(tenantId, connectionId) {
      const [row] = await query<{ sealed_key: string }>(SEALED, [tenantId, connectionId]);
      return row === undefined
        ? undefined
        : box.open(row.sealed_key, SEAL_OWNERS.middleware(tenantId, connectionId))?.text;
    },
    list: async (tenantId, connectionId) =>
      (await asTenant(tenantId, (read) => read<SecretRow>(LIST_KEYS, [tenantId, connectionId]))).map(
        connectionSecretOf,
      ),
    remove: async (tenantId, connectionId, secretId) =>
      (await query(REMOVE_KEY, [tenantId, connectionId, secretId])).length > 0,
  };
}

const COLUMNS = 'c.tenant_id, c.client_id, c.name, c.scopes, c.connection_id, c.demo, c.revoked_at';

/** If two tenants got the same client id at the same time, it opens neither. */
const FIND_CLIENT = {
  name: 'oauth-client-find',
  text: `
    select ${COLUMNS},
      coalesce((select jsonb_agg(s.secret_hash) from oauth_secret s
        where s.tenant_id = c.tenant_id and s.client_id = c.client_id), '[]') as hashes
    from oauth_client c
    where c.client_id = $1 and c.revoked_at is null
      and not exists (select from oauth_client other where other.client_id = $1 and other.tenant_id <> c.tenant_id)`,
};
const LIST = {
  name: 'oauth-client-list',
  text: `
    select ${COLUMNS}, (
      select json_agg(json_build_object('secretId', s.secret_id, 'createdAt', s.created_at) order by s.created_at desc)
      from oauth_secret s where s.tenant_id = c.tenant_id and s.client_id = c.client_id
    ) as secrets
    from oauth_client c where c.tenant_id = $1 order by c.client_id`,
};
const SAVE = {
  name: 'oauth-client-save',
  text: `
    insert into oauth_client (tenant_id, client_id, name, scopes, demo, connection_id)
    select $1, $2, $3, $4::jsonb, $5, $6
      where not exists (select from oauth_client where client_id = $2 and tenant_id <> $1)
    on conflict (tenant_id, client_id) do update set name = excluded.name, scopes = excluded.scopes,
      demo = excluded.demo, connection_id = excluded.connection_id, revoked_at = null
    returning client_id`,
};
const ADD_SECRET = {
  name: 'oauth-secret-add',
  text: `
    with added as (
      insert into oauth_secret (tenant_id, client_id, secret_hash)
      select tenant_id, client_id, $3 from oauth_client where tenant_id = $1 and client_id = $2 and revoked_at is null
        returning secret_hash
    ), dropped as (
      delete from oauth_secret where tenant_id = $1 and client_id = $2 and exists (select from added)
        and secret_hash in (
        select secret_hash from oauth_secret where tenant_id = $1 and client_id = $2 order by created_at desc offset 1)
    )
    select secret_hash from added`,
};
const REMOVE_SECRET = {
  name: 'oauth-secret-remove',
  text: 'delete from oauth_secret where tenant_id = $1 and client_id = $2 and secret_id::text = $3 returning 1',
};
const REVOKE = {
  name: 'oauth-client-revoke',
  text: `
    with gone as (delete from oauth_secret where tenant_id = $1 and client_id = $2)
    update oauth_client set revoked_at = now() where tenant_id = $1 and client_id = $2 and revoked_at is null
      returning client_id`,
};

interface ClientRow {
  tenant_id: string;
  client_id: string;
  name: string;
  scopes: OAuthScope[];
  connection_id: string | null;
  demo: boolean;
  revoked_at: Date | null;
}

interface ListedRow extends ClientRow {
  secrets: { secretId: string; createdAt: string }[] | null;
}

export function oauthClients(
  { query, asTenant }: Database,
  hashSecret: (secret: string) => Promise<string>,
): OAuthClients {
  return {
    async find(clientId) {
      const [row] = await query<ClientRow & { hashes: string[] }>(FIND_CLIENT, [clientId]);
      return row === undefined ? undefined : { client: clientOf(row), secretHashes: row.hashes };
    },
    list: async (tenantId) =>
      (await asTenant(tenantId, (read) => read<ListedRow>(LIST, [tenantId]))).map((row) => ({
        ...clientOf(row),
        revoked: row.revoked_at !== null,
        secrets: (row.secrets ?? []).map(({ secretId, createdAt }) => ({ secretId, createdAt: new Date(createdAt) })),
      })),
    save: async ({ tenantId, clientId, name, scopes, demo, connectionId }) =>
      (await query(SAVE, [tenantId, clientId, name, JSON.stringify(scopes), demo, connectionId ?? null])).length > 0,
    addSecret: async (tenantId, clientId, secret) =>
      (await query(ADD_SECRET, [tenantId, clientId, await hashSecret(secret)])).length > 0,
    removeSecret: async (tenantId, clientId, secretId) =>
      (await query(REMOVE_SECRET, [tenantId, clientId, secretId])).length > 0,
    revoke: async (tenantId, clientId) => (await query(REVOKE, [tenantId, clientId])).length > 0,
  };
}

function clientOf(row: ClientRow): OAuthClient {
  return {
    tenantId: row.tenant_id,
    clientId: row.client_id,
    name: row.name,
    scopes: row.scopes,
    connectionId: row.connection_id ?? undefined,
    demo: row.demo,
  };
}
