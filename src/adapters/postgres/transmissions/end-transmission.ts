import type { PayloadSummary, TransferPayload } from '../../../domain/transmission/transfer-payload.js';
import type { TransmissionKey, TransmissionStep } from '../../../domain/transmission/transmission.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { Database } from '../database/database.js';
import { CLONE_REMOVAL, HAS_CLONE, DEADLINE, IS_DUE, maySql, toStatus } from './step-sql.js';

/**
 * A cart write in progress may still reach the shop after the end (P9): the cart is cleared when the lease of that
 * write is over.
 */
function endBy(step: TransmissionStep, storesPayload = false): NamedStatement {
  return {
    name: `transmission-${step}${storesPayload ? '-unchanged' : ''}`,
    tells: true,
    text: `
      with before as (
        select t.tenant_id, t.transmission_id, t.status from transmission t
        where t.tenant_id = $1 and t.transmission_id = $2 and ${maySql(step)} for update
      ), t as (
        update transmission t set status = ${toStatus(step)}, ended_at = now(), shown_cart = null, cart_notices = null
          from before
        where t.tenant_id = before.tenant_id and t.transmission_id = before.transmission_id
        returning t.tenant_id, t.transmission_id, t.protocol, t.status, t.cart, t.clone, t.cart_lease_until,
          before.status as from_status
      ), ${storesPayload ? STORED : ''}cleaned as (
        insert into job (tenant_id, kind, input, due_at)
        select t.tenant_id, 'clear-cart', jsonb_build_object('cart', t.cart), greatest(now(), t.cart_lease_until)
          from t where t.cart is not null
        union all select ${CLONE_REMOVAL}, greatest(now(), t.cart_lease_until) from t where ${HAS_CLONE}
      ), audited as (
        insert into audit (tenant_id, transmission_id, from_status, to_status, event, actor)
        select t.tenant_id, t.transmission_id, t.from_status, t.status, '${step}', $3 from t
      )
      select 1 as done from t`,
  };
}

/** The stored bytes can be shown again, like those of a transfer. */
const STORED = `stored as (
        insert into transfer_payload (tenant_id, transmission_id, payload)
          select t.tenant_id, t.transmission_id, $4 from t
      ), `;

const END = { closed: endBy('logout'), cancelled: endBy('cancel') };
const END_UNCHANGED = { closed: endBy('logout', true), cancelled: endBy('cancel', true) };

/** Several processes may run this at once: each takes rows that no other has locked. */
const EXPIRE_DUE: NamedStatement = {
  name: 'transmission-expire-due',
  tells: true,
  text: `
    with due as (
      select t.tenant_id, t.transmission_id, t.status from transmission t
      where ${IS_DUE}
      order by ${DEADLINE} limit $1 for update skip locked
    ), t as (
      update transmission t set status = ${toStatus('time')}, shown_cart = null, cart_notices = null from due
      where t.tenant_id = due.tenant_id and t.transmission_id = due.transmission_id
      returning t.tenant_id, t.transmission_id, t.protocol, t.status, t.cart, t.clone, due.status as from_status
    ), cleaned as (
      insert into job (tenant_id, kind, input)
        select t.tenant_id, 'clear-cart', jsonb_build_object('cart', t.cart) from t where t.cart is not null
      union all select ${CLONE_REMOVAL} from t where ${HAS_CLONE}
    ), audited as (
      insert into audit (tenant_id, transmission_id, from_status, to_status, event, actor)
      select t.tenant_id, t.transmission_id, t.from_status, t.status, 'time', 'clock' from t
    )
    select count(*)::int as moved from t`,
};

/** Writes nothing if the transmission does not exist. */
const AUDIT: NamedStatement = {
  name: 'transmission-audit',
  text: `
    insert into audit (tenant_id, transmission_id, event, actor, details)
    select t.tenant_id, t.transmission_id, $3, 'browser', $4::jsonb from transmission t
    where t.tenant_id = $1 and t.transmission_id = $2`,
};

/** Changes neither status nor revision: a transfer in progress is not disturbed. */
const NOTE_SUMMARY: NamedStatement = {
  name: 'transmission-note-summary',
  text: `
    update transmission t set summary = $3::jsonb
    where t.tenant_id = $1 and t.transmission_id = $2 and t.status = 'active' and t.summary is distinct from $3::jsonb`,
};

export interface TransmissionEnds {
  end(key: TransmissionKey, to: 'closed' | 'cancelled', actor: string, payload?: TransferPayload): Promise<boolean>;
  expireDue(limit: number): Promise<number>;
  audit(key: TransmissionKey, event: string, details: Record<string, string>): Promise<void>;
  noteSummary(key: TransmissionKey, summary: PayloadSummary): Promise<void>;
}

export function transmissionEnds({ query }: Database): TransmissionEnds {
  return {
    async end({ tenantId, transmissionId }, to, actor, payload) {
      const values = [tenantId, transmissionId, actor];
      return (
        (
          await (payload === undefined
            ? query(END[to], values)
            : query(END_UNCHANGED[to], [...values, JSON.stringify(payload)]))
        ).length > 0
      );
    },
    async expireDue(limit) {
      return (await query<{ moved: number }>(EXPIRE_DUE, [limit]))[0]?.moved ?? 0;
    },
    async audit({ tenantId, transmissionId }, event, details) {
      await query(AUDIT, [tenantId, transmissionId, event, JSON.stringify(details)]);
    },
    async noteSummary({ tenantId, transmissionId }, summary) {
      await query(NOTE_SUMMARY, [tenantId, transmissionId, JSON.stringify(summary)]);
    },
  };
}
