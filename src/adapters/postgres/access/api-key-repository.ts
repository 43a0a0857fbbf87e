import type { ApiKey, ApiKeyRepository, ApiScope } from '../../../ports/access/client-keys.js';
import type { Database } from '../database/database.js';

const COLUMNS = 'tenant_id, key_id, name, scopes, connection_id, demo, created_at, revoked_at, expires_at';
const ACTIVE = 'revoked_at is null and (expires_at is null or expires_at > now())';

const FIND = { name: 'api-key-find', text: `select ${COLUMNS} from api_key where key_digest = $1 and ${ACTIVE}` };
const LIST = {
  name: 'api-key-list',
  text: `select ${COLUMNS} from api_key where tenant_id = $1 order by created_at, key_id`,
};
const REVOKE = {
  name: 'api-key-revoke',
  text: `update api_key set revoked_at = now() where tenant_id = $1 and key_id = $2 and ${ACTIVE} returning key_id`,
};
/** One statement, so the new key exists if and only if the old key has its expiry date. */
const ROTATE = {
  name: 'api-key-rotate',
  text: `
    with old as (
      update api_key set expires_at = least(coalesce(expires_at, 'infinity'), now() + make_interval(days => $5))
      where tenant_id = $1 and key_id = $2 and ${ACTIVE} returning tenant_id, name, scopes, connection_id, demo
    )
    insert into api_key (tenant_id, key_id, name, scopes, connection_id, demo, key_digest)
      select tenant_id, $3, name, scopes, connection_id, demo, $4 from old
    returning ${COLUMNS}`,
};
const SAVE = {
  name: 'api-key-save',
  text: `
    insert into api_key (tenant_id, key_id, name, scopes, demo, key_digest, created_at, revoked_at, connection_id)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (tenant_id, key_id) do update
    set name = excluded.name, scopes = excluded.scopes, demo = excluded.demo, key_digest = excluded.key_digest,
      revoked_at = excluded.revoked_at, connection_id = excluded.connection_id`,
};

interface ApiKeyRow {
  tenant_id: string;
  key_id: string;
  name: string;
  scopes: ApiScope[];
  connection_id: string | null;
  demo: boolean;
  created_at: Date;
  revoked_at: Date | null;
  expires_at: Date | null;
}

export function apiKeyRepository({ query, asTenant }: Database): ApiKeyRepository {
  return {
    async findByDigest(digest) {
      const [row] = await query<ApiKeyRow>(FIND, [digest]);
      return row === undefined ? undefined : apiKeyOf(row);
    },
    async save(key) {
      await query(SAVE, [
        key.tenantId,
        key.keyId,
        key.name,
        key.scopes,
        key.demo,
        key.digest,
        key.createdAt,
        key.revokedAt ?? null,
        key.connectionId ?? null,
      ]);
    },
    async list(tenantId) {
      return (await asTenant(tenantId, (read) => read<ApiKeyRow>(LIST, [tenantId]))).map(apiKeyOf);
    },
    async revoke(tenantId, keyId) {
      return (await query(REVOKE, [tenantId, keyId])).length > 0;
    },
    async rotate(tenantId, keyId, fresh, graceDays) {
      const [row] = await query<ApiKeyRow>(ROTATE, [tenantId, keyId, fresh.keyId, fresh.digest, graceDays]);
      return row === undefined ? undefined : apiKeyOf(row);
    },
  };
}

function apiKeyOf(row: ApiKeyRow): ApiKey {
  return {
    tenantId: row.tenant_id,
    keyId: row.key_id,
    name: row.name,
    scopes: row.scopes,
    connectionId: row.connection_id ?? undefined,
    demo: row.demo,
    createdAt: row.created_at,
    revokedAt: row.revoked_at ?? undefined,
    expiresAt: row.expires_at ?? undefined,
  };
}
