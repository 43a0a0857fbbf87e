import { digestOf } from '../../../domain/digest.js';
import type { MiddlewareKeys } from '../../../ports/access/middleware-keys.js';
import type { SecretSealing } from './connection-repository.js';
import type { Database } from '../database/database.js';

/** A key that two tenants came to have at one moment opens nothing. */
const FIND = {
  name: 'middleware-key-find',
  text: `
    select k.tenant_id, k.connection_id from middleware_key k
    where k.key_digest = $1 and not exists (select from middleware_key other where other.key_digest = $1 and other.tenant_id <> k.tenant_id)
    order by k.connection_id`,
};

const ADD = {
  name: 'middleware-key-add',
  text: `
    with added as (
      insert into middleware_key (tenant_id, connection_id, key_digest, sealed_key)
      select $1, $2, $3, $4 where not exists (select from middleware_key where key_digest = $3 and tenant_id <> $1)
      on conflict (tenant_id, connection_id, key_digest) do update set sealed_key = excluded.sealed_key, created_at = clock_timestamp()
      returning key_digest
    ), dropped as (
      delete from middleware_key where tenant_id = $1 and connection_id = $2 and exists (select from added) and key_digest in (
        select key_digest from middleware_key where tenant_id = $1 and connection_id = $2 and key_digest <> $3 order by created_at desc offset 1)
    )
    select key_digest from added`,
};

const SEALED = {
  name: 'middleware-key-sealed',
  text: 'select sealed_key from middleware_key where tenant_id = $1 and connection_id = $2 and sealed_key is not null order by created_at desc limit 1',
};

export function middlewareKeys({ query }: Database, box: SecretSealing): MiddlewareKeys {
  return {
    async findConnections(keyDigest) {
      const rows = await query<{ tenant_id: string; connection_id: string }>(FIND, [keyDigest]);
      return rows.map((row) => ({ tenantId: row.tenant_id, connectionId: row.connection_id }));
    },
    async add(tenantId, connectionId, key, keep = 'hashed') {
      const sealed = keep === 'recoverable' ? box.seal(key, ownerOf(tenantId, connectionId)) : null;
      return (await query(ADD, [tenantId, connectionId, digestOf(key), sealed])).length > 0;
    },
    async recoverable(tenantId, connectionId) {
      const [row] = await query<{ sealed_key: string }>(SEALED, [tenantId, connectionId]);
      return row === undefined ? undefined : box.open(row.sealed_key, ownerOf(tenantId, connectionId))?.text;
    },
  };
}

/** A row that is moved to another connection does not open there. */
function ownerOf(tenantId: string, connectionId: string): string {
  return JSON.stringify([tenantId, connectionId, 'middleware-key']);
}
