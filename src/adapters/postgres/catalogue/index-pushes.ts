import type { IndexFormat } from '../../../domain/catalogue/catalogue-index.js';
import type { IndexPush, IndexPushes } from '../../../ports/index-pushes.js';
import type { Database } from '../database/database.js';
import { SEAL_OWNERS, type SecretSealing } from '../access/sealed-secrets.js';

const FACTS = `url, format, sealed_authorization, pushed_run, pushed_digest, pushed_at, failed_at, last_error`;

const FIND = {
  name: 'index-push-find',
  text: `select ${FACTS} from index_push where tenant_id = $1 and connection_id = $2`,
};
/** A secret goes to no other address than the one that it was given for. */
const SAVE = {
  name: 'index-push-save',
  text: `
    insert into index_push as p (tenant_id, connection_id, url, format, sealed_authorization)
    select tenant_id, connection_id, $3, $4, $5 from connection where tenant_id = $1 and connection_id = $2
    on conflict (tenant_id, connection_id) do update set url = excluded.url, format = excluded.format,
      sealed_authorization = case when $6::boolean and p.url = excluded.url then p.sealed_authorization
        else excluded.sealed_authorization end,
      pushed_digest = case when p.url = excluded.url and p.format = excluded.format then p.pushed_digest end,
      failed_at = null, last_error = null
    returning ${FACTS}`,
};
const REMOVE = {
  name: 'index-push-remove',
  text: 'delete from index_push where tenant_id = $1 and connection_id = $2 returning 1',
};
const PUSHED = {
  name: 'index-push-pushed',
  text: `
    update index_push set pushed_run = $5, pushed_at = case when pushed_digest = $6 then pushed_at else now() end,
      pushed_digest = $6, failed_at = null, last_error = null
    where tenant_id = $1 and connection_id = $2 and url = $3 and format = $4`,
};
const FAILED = {
  name: 'index-push-failed',
  text: `
    update index_push set failed_at = now(), last_error = $5
    where tenant_id = $1 and connection_id = $2 and url = $3 and format = $4`,
};

interface PushRow {
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
  const rowOf = async (tenantId: string, connectionId: string): Promise<PushRow | undefined> =>
    (await query<PushRow>(FIND, [tenantId, connectionId]))[0];
  return {
    async find(tenantId, connectionId) {
      const row = await rowOf(tenantId, connectionId);
      return row && pushOf(row, tenantId, connectionId);
    },
    async findToSend(tenantId, connectionId) {
      const row = await rowOf(tenantId, connectionId);
      if (row === undefined) return undefined;
      const sealed = row.sealed_authorization;
      const opened = sealed === null ? undefined : box.open(sealed, SEAL_OWNERS.index(tenantId, connectionId));
      if (sealed !== null && opened === undefined)
        throw new Error('the secret of the address is sealed under a key that is gone: set it anew');
      return {
        ...pushOf(row, tenantId, connectionId),
        authorization: opened?.text,
        pushedDigest: row.pushed_digest ?? undefined,
      };
    },
    async save({ tenantId, connectionId, url, format }, authorization) {
      const sealed =
        typeof authorization === 'string' ? box.seal(authorization, SEAL_OWNERS.index(tenantId, connectionId)) : null;
      const values = [tenantId, connectionId, url, format, sealed, authorization === undefined];
      const [row] = await query<PushRow>(SAVE, values);
      return row && pushOf(row, tenantId, connectionId);
    },
    remove: async (tenantId, connectionId) => (await query(REMOVE, [tenantId, connectionId])).length > 0,
    async note({ tenantId, connectionId, url, format }, outcome) {
      const place = [tenantId, connectionId, url, format];
      if ('error' in outcome) await query(FAILED, [...place, outcome.error.replaceAll('\0', '').slice(0, 500)]);
      else await query(PUSHED, [...place, outcome.runId, outcome.digest ?? null]);
    },
  };
}

function pushOf(row: PushRow, tenantId: string, connectionId: string): IndexPush {
  return {
    tenantId,
    connectionId,
    url: row.url,
    format: row.format,
    hasAuthorization: row.sealed_authorization !== null,
    pushedRun: row.pushed_run ?? undefined,
    pushedAt: row.pushed_at ?? undefined,
    failedAt: row.failed_at ?? undefined,
    lastError: row.last_error ?? undefined,
  };
}
