import type { IndexFormat } from '../../../domain/catalogue/catalogue-index.js';
import { type IndexPush, type IndexPushes, MOST_PUSHES } from '../../../ports/index-pushes.js';
import type { IndexOwner } from '../../../ports/index-runs.js';
import type { Database } from '../database/database.js';
import { SEAL_OWNERS, type SecretSealing } from '../access/sealed-secrets.js';

const FACTS = `address_id, url, format, sealed_authorization, pushed_run, pushed_digest, pushed_at, failed_at,
  last_error`;

const FIND = {
  name: 'index-push-find',
  text: `select ${FACTS} from index_push where tenant_id = $1 and connection_id = $2 and address_id = $3`,
};
const LIST = {
  name: 'index-push-list',
  text: `
    select ${FACTS} from index_push where tenant_id = $1 and connection_id = $2
    order by address_id collate "C" limit ${MOST_PUSHES}`,
};
/** A secret goes to no other address than the one that it was given for. */
const SAVE = {
  name: 'index-push-save',
  text: `
    insert into index_push as p (tenant_id, connection_id, address_id, url, format, sealed_authorization)
    select tenant_id, connection_id, $3, $4, $5, $6 from connection where tenant_id = $1 and connection_id = $2
    on conflict (tenant_id, connection_id, address_id) do update set url = excluded.url, format = excluded.format,
      sealed_authorization = case when $7::boolean and p.url = excluded.url then p.sealed_authorization
        else excluded.sealed_authorization end,
      pushed_digest = case when p.url = excluded.url and p.format = excluded.format then p.pushed_digest end,
      failed_at = null, last_error = null
    returning ${FACTS}`,
};
const REMOVE = {
  name: 'index-push-remove',
  text: 'delete from index_push where tenant_id = $1 and connection_id = $2 and address_id = $3 returning 1',
};
const PUSHED = {
  name: 'index-push-pushed',
  text: `
    update index_push set pushed_run = $6, pushed_at = case when pushed_digest = $7 then pushed_at else now() end,
      pushed_digest = $7, failed_at = null, last_error = null
    where tenant_id = $1 and connection_id = $2 and address_id = $3 and url = $4 and format = $5`,
};
const FAILED = {
  name: 'index-push-failed',
  text: `
    update index_push set failed_at = now(), last_error = $6
    where tenant_id = $1 and connection_id = $2 and address_id = $3 and url = $4 and format = $5`,
};

interface PushRow {
  address_id: string;
  url: string;
  format: IndexFormat;
  sealed_authorization: string | null;
  pushed_run: number | null;
  pushed_digest: string | null;
  pushed_at: Date | null;
  failed_at: Date | null;
  last_error: string | null;
}

export function indexPushes({ query }: Pick<Database, 'query'>, box: SecretSealing): IndexPushes {
  const rowOf = async (owner: IndexOwner): Promise<PushRow | undefined> =>
    (await query<PushRow>(FIND, valuesOf(owner)))[0];
  return {
    async find(owner) {
      const row = await rowOf(owner);
      return row && pushOf(row, owner);
    },
    async list(tenantId, connectionId) {
      const rows = await query<PushRow>(LIST, [tenantId, connectionId]);
      return rows.map((row) => pushOf(row, { tenantId, connectionId }));
    },
    async findToSend(owner) {
      const row = await rowOf(owner);
      if (row === undefined) return undefined;
      const sealed = row.sealed_authorization;
      const opened = sealed === null ? undefined : box.open(sealed, ownerOfSeal(owner));
      if (sealed !== null && opened === undefined)
        throw new Error('the secret of the address is sealed under a key that is gone: set it anew');
      return {
        ...pushOf(row, owner),
        authorization: opened?.text,
        pushedDigest: row.pushed_digest ?? undefined,
      };
    },
    async save({ url, format, ...owner }, authorization) {
      const sealed = typeof authorization === 'string' ? box.seal(authorization, ownerOfSeal(owner)) : null;
      const values = [...valuesOf(owner), url, format, sealed, authorization === undefined];
      const [row] = await query<PushRow>(SAVE, values);
      return row && pushOf(row, owner);
    },
    remove: async (owner) => (await query(REMOVE, valuesOf(owner))).length > 0,
    async note({ url, format, ...owner }, outcome) {
      const place = [...valuesOf(owner), url, format];
      if ('error' in outcome) await query(FAILED, [...place, outcome.error.replaceAll('\0', '').slice(0, 500)]);
      else await query(PUSHED, [...place, outcome.runId, outcome.digest ?? null]);
    },
  };
}

function valuesOf({ tenantId, connectionId, addressId = '' }: IndexOwner): [string, string, string] {
  return [tenantId, connectionId, addressId];
}

function ownerOfSeal({ tenantId, connectionId }: IndexOwner): string {
  return SEAL_OWNERS.index(tenantId, connectionId);
}

function pushOf(row: PushRow, { tenantId, connectionId }: IndexOwner): IndexPush {
  return {
    tenantId,
    connectionId,
    addressId: row.address_id || undefined,
    url: row.url,
    format: row.format,
    hasAuthorization: row.sealed_authorization !== null,
    pushedRun: row.pushed_run ?? undefined,
    pushedAt: row.pushed_at ?? undefined,
    failedAt: row.failed_at ?? undefined,
    lastError: row.last_error ?? undefined,
  };
}
