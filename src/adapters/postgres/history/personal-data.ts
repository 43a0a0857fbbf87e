import { DEFAULT_CART_DAYS } from '../../../domain/access/tenant.js';
import type { PersonalData, PersonalExport } from '../../../ports/personal-data.js';
import { INSTALLATION } from '../../../ports/transmission/message-log.js';
import type { Database } from '../database/database.js';
import { IS_DUE, IS_IN_TIME } from '../transmissions/step-sql.js';

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
    delete from transfer_payload where (tenant_id, transmission_id) in (
      select p.tenant_id, p.transmission_id from transfer_payload p join tenant t using (tenant_id)
      where p.stored_at < now() - interval '1 day'
        and p.stored_at < now() - make_interval(
          days => coalesce((t.settings->>'cartDays')::int, ${DEFAULT_CART_DAYS})) limit $1
    ) returning 1 as deleted`,
};
/** Audit rows older than this are deleted, in any order. */
export const AUDIT_KEPT_SINCE = `now() - interval '400 days'`;

const DELETE_AUDIT = {
  name: 'personal-data-old-audit',
  text: `
    with gone as (
      delete from audit where (tenant_id, transmission_id, audit_id) in (
        select tenant_id, transmission_id, audit_id from audit where at < ${AUDIT_KEPT_SINCE} limit $1
      ) returning tenant_id, audit_id
    ), links as (
      delete from audit_link l using gone where l.tenant_id = gone.tenant_id and l.audit_id = gone.audit_id
        and not exists (select from audit_chain c where c.tenant_id = l.tenant_id and c.audit_id = l.audit_id)
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
    deleteOldAudit: async (limit) => (await query(DELETE_AUDIT, [limit])).length,
  };
}
