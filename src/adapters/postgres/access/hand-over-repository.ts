import type { HandOver, HandOvers } from '../../../ports/access/hand-overs.js';
import type { Database } from '../database/database.js';
import { deleteOldRows } from '../old-rows.js';
import type { SecretSealing } from './sealed-secrets.js';

const ADD = {
  name: 'hand-over-add',
  text: `
    insert into hand_over (hand_over_digest, tenant_id, connection_id, sealed_secret, made_by, expires_at)
      values ($1, $2, $3, $4, $5, now() + make_interval(days => $6)) returning expires_at`,
};
/** The row is locked, so the second of two simultaneous calls finds the link already opened. */
const OPEN = {
  name: 'hand-over-open',
  text: `
    with found as (
      select * from hand_over where hand_over_digest = $1 and expires_at > now() for update
    ), opened as (
      update hand_over h set opened_at = now(), sealed_secret = null from found f
      where h.hand_over_digest = f.hand_over_digest and f.opened_at is null
    ), begun as (
      insert into hand_over_session (session_digest, hand_over_digest, tenant_id, connection_id, expires_at)
      select $2, hand_over_digest, tenant_id, connection_id, now() + make_interval(hours => $3) from found
        where opened_at is null
    )
    select tenant_id, connection_id, sealed_secret, opened_at from found`,
};
const SESSION = {
  name: 'hand-over-session',
  text: `
    select tenant_id, connection_id from hand_over_session where session_digest = $1 and expires_at > now()`,
};
const PEEK = {
  name: 'hand-over-peek',
  text: `select opened_at from hand_over where hand_over_digest = $1 and expires_at > now()`,
};
const LIST = {
  name: 'hand-over-list',
  text: `
    select made_by, created_at, expires_at, opened_at, sealed_secret is not null as has_secret from hand_over
    where tenant_id = $1 and connection_id = $2 order by created_at desc limit 10`,
};
const DELETE_OLD = deleteOldRows({
  name: 'hand-over-delete-old',
  table: 'hand_over',
  where: 'expires_at < now()',
  oldestBy: 'expires_at',
});

interface OpenRow {
  tenant_id: string;
  connection_id: string;
  sealed_secret: string | null;
  opened_at: Date | null;
}

interface ListRow {
  made_by: string;
  created_at: Date;
  expires_at: Date;
  opened_at: Date | null;
  has_secret: boolean;
}

export function handOverRepository(
  { query, asTenant }: Pick<Database, 'query' | 'asTenant'>,
  box: SecretSealing,
): HandOvers {
  return {
    async add({ digest, tenantId, connectionId, secret, madeBy, lifeDays }) {
      const sealed = secret === undefined ? null : box.seal(secret, ownerOf(tenantId, connectionId));
      const [row] = await query<{ expires_at: Date }>(ADD, [digest, tenantId, connectionId, sealed, madeBy, lifeDays]);
      if (row === undefined) throw new Error('a link was not stored');
      return row.expires_at;
    },
    async open(digest, session) {
      const [row] = await query<OpenRow>(OPEN, [digest, session.digest, session.lifeHours]);
      if (row === undefined) return { kind: 'unknown' };
      if (row.opened_at !== null) return { kind: 'opened', at: row.opened_at };
      const { tenant_id: tenantId, connection_id: connectionId, sealed_secret: sealed } = row;
      const secret = sealed === null ? undefined : box.open(sealed, ownerOf(tenantId, connectionId))?.text;
      return { kind: 'ready', tenantId, connectionId, ...(secret === undefined ? {} : { secret }) };
    },
    async inSession(digest) {
      const [row] = await query<Pick<OpenRow, 'tenant_id' | 'connection_id'>>(SESSION, [digest]);
      return row === undefined ? undefined : { tenantId: row.tenant_id, connectionId: row.connection_id };
    },
    async peek(digest) {
      const [row] = await query<{ opened_at: Date | null }>(PEEK, [digest]);
      if (row === undefined) return { kind: 'unknown' };
      return row.opened_at === null ? { kind: 'ready' } : { kind: 'opened', at: row.opened_at };
    },
    list: async (tenantId, connectionId) =>
      (await asTenant(tenantId, (read) => read<ListRow>(LIST, [tenantId, connectionId]))).map(handOverOf),
    deleteOld: async (limit) => (await query(DELETE_OLD, [limit])).length,
  };
}

function ownerOf(tenantId: string, connectionId: string): string {
  return `hand-over ${tenantId}/${connectionId}`;
}

function handOverOf(row: ListRow): HandOver {
  const { made_by: madeBy, created_at: createdAt, expires_at: expiresAt, opened_at: openedAt } = row;
  const link: HandOver = { madeBy, createdAt, expiresAt, hasSecret: row.has_secret };
  if (openedAt !== null) link.openedAt = openedAt;
  return link;
}
