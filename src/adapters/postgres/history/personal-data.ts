import { DEFAULT_CART_DAYS, DEFAULT_SESSION_DAYS } from '../../../domain/access/tenant.js';
import { PROTOCOLS } from '../../../domain/transmission/protocol.js';
import type { PersonalData, PersonalExport } from '../../../ports/personal-data.js';
import { INSTALLATION } from '../../../ports/transmission/message-log.js';
import type { Database } from '../database/database.js';
import { daysAgo, isAmong } from '../old-rows.js';
import { IS_DUE, IS_IN_TIME } from '../transmissions/step-sql.js';
import { WORD } from './session-history.js';

/** Matches a buyer's e-mail address anywhere in the call-up. */
const OF_PERSON = `t.tenant_id = $1
  and (lower(t.buyer->>'email') = lower($2) or position(lower($2) in lower(t.request::text)) > 0)`;
/** Matches the address in a message's document or in its reason. */
const NAMES_PERSON = `position(lower($2) in lower(concat_ws(' ', m.content, m.reason))) > 0`;
const ENDED = `(t.status not in ('open', 'active') or not (${IS_IN_TIME}))`;

const ERASE = {
  name: 'personal-data-erase',
  text: `
    with t as (
      update transmission t set buyer = '{}', buyer_cookie = '', restore_report = null, claim_digest = null,
        request = json_build_object('deploymentMode', t.request->'deploymentMode', 'buyer', json_build_object(),
          'extrinsics', json_build_array(), 'items', json_build_array())
      where ${OF_PERSON} and ${ENDED} returning t.tenant_id, t.transmission_id
    ), payloads as (
      delete from transfer_payload p using t where p.tenant_id = t.tenant_id and p.transmission_id = t.transmission_id
        returning 1
    ), messages as (
      delete from message_log m where m.tenant_id = $1
        and (m.transmission_id in (select transmission_id from t)
          or (m.transmission_id is null and ${NAMES_PERSON})) returning 1
    ), strangers as (
      -- Of callers that nobody knows: whose buyer it was cannot be told.
      delete from message_log m where m.tenant_id = '${INSTALLATION}' and ${NAMES_PERSON}
        returning 1
    ), orders as (
      delete from purchase_order o where o.tenant_id = $1
        and (o.transmission_id in (select transmission_id from t) or position(lower($2) in lower(o.content::text)) > 0)
        returning 1
    ), notices as (
      delete from order_notice n using t where n.tenant_id = t.tenant_id and n.transmission_id = t.transmission_id
        returning 1
    ), audited as (
      insert into audit (tenant_id, transmission_id, event, actor)
        select tenant_id, transmission_id, 'erased', 'operator' from t
    )
    select (select count(*) from t)::int as sessions,
      ((select count(*) from payloads) + (select count(*) from messages) +
        (select count(*) from strangers) +
        (select count(*) from orders) + (select count(*) from notices))::int as documents`,
};
const OF_SESSIONS = '(select transmission_id from t)';
const EXPORT = {
  name: 'personal-data-export',
  text: `
    with t as (select * from transmission t where ${OF_PERSON})
    select
      (select coalesce(json_agg(json_build_object('session_id', transmission_id, 'connection', connection_id,
        'protocol', protocol, 'operation', operation, 'status', case when ${IS_DUE} then 'expired' else t.status end,
        'request', request, 'buyer', buyer, 'buyer_cookie', buyer_cookie, 'return_url', return_url,
        'created_at', created_at) order by created_at), '[]') from t) as sessions,
      (select coalesce(json_agg(json_build_object('session_id', transmission_id, 'payload', payload,
        'cart', cart, 'stored_at', stored_at) order by stored_at), '[]') from transfer_payload p
        where p.tenant_id = $1 and p.transmission_id in ${OF_SESSIONS}) as carts,
      (select coalesce(json_agg(json_build_object('session_id', transmission_id, 'direction', direction, 'kind', kind,
        'content', content, 'at', at) order by at), '[]') from message_log m
        where m.tenant_id = $1 and (m.transmission_id in ${OF_SESSIONS}
          or (m.transmission_id is null and ${NAMES_PERSON}))) as messages,
      (select coalesce(json_agg(json_build_object('order_id', order_id, 'version', version,
        'session_id', transmission_id, 'content', content, 'received_at', received_at) order by received_at), '[]')
        from purchase_order o
        where o.tenant_id = $1 and (o.transmission_id in ${OF_SESSIONS}
          or position(lower($2) in lower(o.content::text)) > 0)) as "purchaseOrders"`,
};
const LIVE = {
  name: 'personal-data-live',
  text: `select count(*)::int as live from transmission t where ${OF_PERSON} and not ${ENDED}`,
};

const DELETE_PAYLOADS = {
  name: 'personal-data-old-payloads',
  text: `
    delete from transfer_payload where ${isAmong(`
      select old.ctid from tenant t cross join lateral (
        select p.ctid from transfer_payload p
        where p.tenant_id = t.tenant_id and p.stored_at > '-infinity'
          and p.stored_at < ${daysAgo(`greatest(1, coalesce((t.settings->>'cartDays')::int, ${DEFAULT_CART_DAYS}))`)}
        order by p.stored_at limit $1 for update skip locked
      ) old limit $1`)} returning 1 as deleted`,
};

/** In the words of the index transmission_history, whose ranges are read (migrations/session-history.ts). */
const OLD_SESSIONS = `
  select old.ctid
  from (select tenant_id, coalesce((settings->>'sessionDays')::int, ${DEFAULT_SESSION_DAYS}) as days from tenant) owner
    cross join unnest(array['completed', 'cancelled', 'expired']) as ended (word)
    cross join unnest(array[${PROTOCOLS.map((protocol) => `'${protocol}'`).join(', ')}]) as by (protocol)
    cross join lateral (
      select t.ctid from transmission t
      where t.tenant_id = owner.tenant_id and ${WORD} = ended.word and t.protocol = by.protocol
        and t.created_at < ${daysAgo('owner.days')}
      order by t.created_at, t.transmission_id limit $1 for update skip locked
    ) old limit $1`;

/** Its context and its cart go with a session. Messages and audit rows have their own time. */
const DELETE_SESSIONS = {
  name: 'personal-data-old-sessions',
  text: `
    with gone as (
      delete from transmission where ${isAmong(OLD_SESSIONS)} returning tenant_id, transmission_id
    ), contexts as (
      delete from session_context where ${isAmong(`
        select c.ctid from gone cross join lateral (
          select ctid from session_context
          where tenant_id = gone.tenant_id and session_id = gone.transmission_id limit 1
        ) c`)}
    ), payloads as (
      delete from transfer_payload where ${isAmong(`
        select p.ctid from gone cross join lateral (
          select ctid from transfer_payload
          where tenant_id = gone.tenant_id and transmission_id = gone.transmission_id limit 1
        ) p`)}
    )
    select 1 as deleted from gone`,
};

/** Audit rows older than this are deleted. Two processes do so in any order. */
export const AUDIT_KEPT_SINCE = `now() - interval '400 days'`;

/** By their numbers, which follow their time: so no index of times makes each step of a session slower. */
const OLD_AUDIT = `
  select old.ctid from tenant t
    cross join lateral (
      select audit_id, at from audit where tenant_id = t.tenant_id order by audit_id limit 1
    ) first
    cross join lateral (
      select ctid, at from audit where tenant_id = t.tenant_id and audit_id >= first.audit_id
      order by audit_id limit $1 for update skip locked
    ) old
  where first.at < ${AUDIT_KEPT_SINCE} and old.at < ${AUDIT_KEPT_SINCE} limit $1`;

/** The last link of a chain stays: the next one holds its hash. */
const DELETE_AUDIT = {
  name: 'personal-data-old-audit',
  text: `
    with gone as (
      delete from audit where ${isAmong(OLD_AUDIT)} returning tenant_id, audit_id
    ), links as (
      delete from audit_link where ${isAmong(`
        select l.ctid from gone cross join lateral (
          select ctid from audit_link l where l.tenant_id = gone.tenant_id and l.audit_id = gone.audit_id
            and not exists (select from audit_chain c where c.tenant_id = l.tenant_id and c.audit_id = l.audit_id)
            limit 1
        ) l`)}
    )
    select 1 as deleted from gone`,
};

export function personalData({ query }: Database): PersonalData {
  return {
    async erase(tenantId, email) {
      const [erased] = await query<{ sessions: number; documents: number }>(ERASE, [tenantId, email]);
      const [left] = await query<{ live: number }>(LIVE, [tenantId, email]);
      return { sessions: erased?.sessions ?? 0, documents: erased?.documents ?? 0, live: left?.live ?? 0 };
    },
    async ofPerson(tenantId, email) {
      const [found] = await query<PersonalExport>(EXPORT, [tenantId, email]);
      return found ?? { sessions: [], carts: [], messages: [], purchaseOrders: [] };
    },
    deleteOldCarts: async (limit) => (await query(DELETE_PAYLOADS, [limit])).length,
    deleteOldSessions: async (limit) => (await query(DELETE_SESSIONS, [limit])).length,
    deleteOldAudit: async (limit) => (await query(DELETE_AUDIT, [limit])).length,
  };
}
