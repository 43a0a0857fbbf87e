import { randomUUID } from 'node:crypto';
import { ORDER_EVENTS, type OrderEventName } from '../../../domain/orders/connect-order.js';
import type { HookLag, HookRepository, HookState, LeasedHook } from '../../../ports/orders/connect-shops.js';
import type { Database } from '../database/database.js';
import { placesOf, sharesValues } from '../job-queue.js';

/** A hook that has failed for this long is paused (P3). */
const PATIENCE = `interval '3 days'`;

const STATE = `h.tenant_id, h.hook_id, h.shop_id, h.url, h.events, h.acked_revision, h.failing_since, h.last_error,
  h.paused_at,
  (select s.last_revision from connect_stream s
    where s.tenant_id = h.tenant_id and s.shop_id = h.shop_id) as last_revision`;
const BY_URL = 'h.tenant_id = $1 and h.shop_id = $2 and h.url = $3';

const ADD = {
  name: 'connect-hook-add',
  text: `
    insert into connect_hook as h (tenant_id, hook_id, shop_id, url, events)
    select $1, $4, $2, $3, $5::text[]
    where (select count(*) from connect_hook o
      where o.tenant_id = $1 and o.shop_id = $2 and o.url <> $3 and o.events <> '{}') < $6::int
    on conflict (tenant_id, shop_id, url) do update
    set events = array(select distinct name from unnest(h.events || excluded.events) as name order by name),
      due_at = case when h.events = '{}' then now() else h.due_at end,
      paused_at = case when h.events = '{}' then null else h.paused_at end,
      failing_since = case when h.events = '{}' then null else h.failing_since end,
      attempts = case when h.events = '{}' then 0 else h.attempts end,
      acked_revision = case when h.events @> excluded.events then h.acked_revision else 0 end
    returning ${STATE}`,
};
const REMOVE = {
  name: 'connect-hook-remove',
  text: `
    update connect_hook h set events = array(select name from unnest(h.events) as name where name <> all ($4::text[]))
    where ${BY_URL} and h.events <> '{}' returning ${STATE}`,
};
const LIST = {
  name: 'connect-hook-list',
  text: `
    select ${STATE} from connect_hook h where h.tenant_id = $1 and ($2::int is null or h.shop_id = $2)
      and h.events <> '{}'
    order by h.shop_id, h.created_at, h.hook_id`,
};
/** Takes the lease from a running delivery: it finishes the event that it is sending, and then stops. */
const PAUSE = {
  name: 'connect-hook-pause',
  text: `
    update connect_hook h set paused_at = coalesce(h.paused_at, now()), lease = null
    where ${BY_URL} and h.events <> '{}' returning ${STATE}`,
};
const RESUME = {
  name: 'connect-hook-resume',
  text: `
    update connect_hook h set paused_at = null, failing_since = null, attempts = 0, rewinds = 0, due_at = now(),
      lease = null, acked_revision = 0,
      sent_revision = case when $4::boolean
        then (select s.last_revision from connect_stream s where s.tenant_id = h.tenant_id and s.shop_id = h.shop_id)
        else h.sent_revision end
    where ${BY_URL} and h.events <> '{}' returning ${STATE}`,
};
const REPLAY = {
  name: 'connect-hook-replay',
  text: `
    update connect_hook h set replay_until = h.sent_revision, acked_revision = least($4::bigint - 1, h.sent_revision),
      paused_at = null, failing_since = null, attempts = 0, rewinds = 0, due_at = now(), lease = null
    where ${BY_URL} and h.events <> '{}' returning ${STATE}`,
};

const DUE = `h.paused_at is null and h.due_at <= now() and h.events <> '{}' and s.last_revision > h.acked_revision`;
const WITH_STREAM = 'join connect_stream s on s.tenant_id = h.tenant_id and s.shop_id = h.shop_id';
/**
 * Tenants take turns, and so do the shops of a tenant; within a shop the hook that has waited longest is first, so none
 * starves.
 */
const TAKE = {
  name: 'connect-hook-take',
  text: `
    with waiting as (
      select h.tenant_id, h.hook_id, h.due_at,
        row_number() over (partition by h.tenant_id, h.shop_id order by h.due_at) as turn
        from connect_hook h ${WITH_STREAM} where ${DUE}
    ), placed as (
      select tenant_id, hook_id, due_at,
        ${placesOf('tenant_id', '$4')} + row_number() over (partition by tenant_id order by turn, due_at) as place
        from waiting
    ), due as (
      select h.tenant_id, h.hook_id from connect_hook h ${WITH_STREAM}
        join placed p on p.tenant_id = h.tenant_id and p.hook_id = h.hook_id
      where ${DUE} and p.place <= $5::int order by p.place, p.due_at limit $1 for update of h skip locked
    )
    update connect_hook h set due_at = now() + make_interval(secs => $2), lease = $3 from due
    where h.tenant_id = due.tenant_id and h.hook_id = due.hook_id
    returning h.tenant_id, h.hook_id, h.shop_id, h.url, h.acked_revision, h.sent_revision, h.replay_until, h.attempts,
      h.rewinds, h.lease`,
};
const LEASED = 'h.tenant_id = $1 and h.hook_id = $2 and h.lease = $3';
const NEXT = {
  name: 'connect-hook-next',
  text: `
    with h as (
      select h.tenant_id, h.hook_id, h.shop_id, h.events from connect_hook h where ${LEASED} for update
    ), batch as (
      select e.revision, e.name, e.document, e.trace_parent from h
        join connect_event e on e.tenant_id = h.tenant_id and e.shop_id = h.shop_id
      where e.revision > $4 and e.name = any (h.events) order by e.revision limit $5
    ), marked as (
      update connect_hook t set sent_revision = greatest(t.sent_revision, (select max(revision) from batch)),
        due_at = now() + make_interval(secs => $6)
      from h where t.tenant_id = h.tenant_id and t.hook_id = h.hook_id
    )
    select s.last_revision,
      coalesce((
        select json_agg(json_build_object('revision', b.revision::text, 'name', b.name, 'document', b.document,
            'traceParent', b.trace_parent)
          order by b.revision)
        from batch b), '[]') as events
    from h join connect_stream s on s.tenant_id = h.tenant_id and s.shop_id = h.shop_id`,
};
const RENEW = {
  name: 'connect-hook-renew',
  text: `update connect_hook h set due_at = now() + make_interval(secs => $4) where ${LEASED} returning 1 as kept`,
};
const SETTLE = {
  name: 'connect-hook-settle',
  text: `
    update connect_hook h set acked_revision = $4, sent_revision = $5, rewinds = $6, attempts = $7, last_error = $8,
      lease = null,
      due_at = now() + make_interval(secs => $9),
      replay_until = case when $4 >= h.replay_until then null else h.replay_until end,
      failing_since = case when $8::text is null then null
        when $11::boolean then now()
        else coalesce(h.failing_since, now()) end,
      paused_at = case when $8::text is not null
        and ($10::boolean or (not $11::boolean and h.failing_since < now() - ${PATIENCE})) then now() end
    where ${LEASED} returning h.paused_at is not null as paused`,
};
const LAGS = {
  name: 'connect-hook-lags',
  text: `
    select h.tenant_id, h.shop_id, h.hook_id, (s.last_revision - h.acked_revision)::int as events,
      h.paused_at is not null as paused
    from connect_hook h join connect_stream s on s.tenant_id = h.tenant_id and s.shop_id = h.shop_id
    where h.events <> '{}' order by s.last_revision - h.acked_revision desc limit $1`,
};

interface StateRow {
  tenant_id: string;
  hook_id: string;
  shop_id: number;
  url: string;
  events: OrderEventName[];
  acked_revision: string;
  last_revision: string;
  failing_since: Date | null;
  last_error: string | null;
  paused_at: Date | null;
}

interface LeasedRow extends Pick<StateRow, 'tenant_id' | 'hook_id' | 'shop_id' | 'url' | 'acked_revision'> {
  sent_revision: string;
  replay_until: string | null;
  attempts: number;
  rewinds: number;
  lease: string;
}

export function hookRepository({ query, asTenant }: Database): HookRepository {
  const one = async (statement: typeof ADD, values: unknown[]): Promise<HookState | undefined> => {
    const [row] = await query<StateRow>(statement, values);
    return row === undefined ? undefined : stateOf(row);
  };
  return {
    add: (tenantId, shopId, url, events, most) =>
      one(ADD, [tenantId, shopId, url, `hook_${randomUUID().replaceAll('-', '').slice(0, 16)}`, [...events], most]),
    remove: (tenantId, shopId, url, events) => one(REMOVE, [tenantId, shopId, url, [...events]]),
    async list(tenantId, shopId) {
      return (await asTenant(tenantId, (read) => read<StateRow>(LIST, [tenantId, shopId ?? null]))).map(stateOf);
    },
    pause: (tenantId, shopId, url) => one(PAUSE, [tenantId, shopId, url]),
    resume: (tenantId, shopId, url, accept = false) => one(RESUME, [tenantId, shopId, url, accept]),
    replay: (tenantId, shopId, url, revision) => one(REPLAY, [tenantId, shopId, url, revision]),

    async take(limit, leaseSeconds, shares) {
      return (await query<LeasedRow>(TAKE, [limit, leaseSeconds, randomUUID(), ...sharesValues(shares)])).map(leasedOf);
    },
    async next(hook, after, limit, leaseSeconds) {
      const [row] = await query<{
        last_revision: string;
        events: { revision: string; name: OrderEventName; document: string }[];
      }>(NEXT, [...keyOf(hook), after, limit, leaseSeconds]);
      return row === undefined ? undefined : { events: row.events, lastRevision: row.last_revision };
    },
    async renew(hook, leaseSeconds) {
      return (await query(RENEW, [...keyOf(hook), leaseSeconds])).length > 0;
    },
    async settle(hook, { ackedRevision, sentRevision, rewinds, failure }) {
      const failed =
        failure === undefined
          ? [0, null, 0, false, false]
          : [
              failure.attempts,
              failure.error.replaceAll('\0', '').slice(0, 500),
              failure.delaySeconds,
              failure.pause,
              failure.progressed,
            ];
      const [row] = await query<{ paused: boolean }>(SETTLE, [
        ...keyOf(hook),
        ackedRevision,
        sentRevision,
        rewinds,
        ...failed,
      ]);
      return row?.paused === true;
    },
    async lags(limit) {
      const rows = await query<{
        tenant_id: string;
        shop_id: number;
        hook_id: string;
        events: number;
        paused: boolean;
      }>(LAGS, [limit]);
      return rows.map((row): HookLag => ({
        tenantId: row.tenant_id,
        shopId: row.shop_id,
        hookId: row.hook_id,
        events: row.events,
        paused: row.paused,
      }));
    },
  };
}

function keyOf({ tenantId, hookId, lease }: LeasedHook): string[] {
  return [tenantId, hookId, lease];
}

function stateOf(row: StateRow): HookState {
  return {
    tenantId: row.tenant_id,
    hookId: row.hook_id,
    shopId: row.shop_id,
    url: row.url,
    events: ORDER_EVENTS.filter((name) => row.events.includes(name)),
    ackedRevision: row.acked_revision,
    lastRevision: row.last_revision,
    failingSince: row.failing_since ?? undefined,
    lastError: row.last_error ?? undefined,
    pausedAt: row.paused_at ?? undefined,
  };
}

function leasedOf(row: LeasedRow): LeasedHook {
  return {
    tenantId: row.tenant_id,
    hookId: row.hook_id,
    shopId: row.shop_id,
    url: row.url,
    ackedRevision: row.acked_revision,
    sentRevision: row.sent_revision,
    replayUntil: row.replay_until ?? undefined,
    attempts: row.attempts,
    rewinds: row.rewinds,
    lease: row.lease,
  };
}
