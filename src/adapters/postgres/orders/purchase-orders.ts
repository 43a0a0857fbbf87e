import {
  type KeptOrder,
  ORDER_VERDICTS,
  type OrderAttachment,
  type OrderMismatch,
  type OrderVerdict,
  type PurchaseOrder,
} from '../../../domain/orders/purchase-order.js';
import type { TransferPayload } from '../../../domain/transmission/transfer-payload.js';
import type { PurchaseOrders } from '../../../ports/orders/order-repository.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { Database } from '../database/database.js';
import { indexedNumber } from './order-notices.js';
import { fromStatuses, toStatus } from '../transmissions/step-sql.js';

const COLUMNS =
  'tenant_id, connection_id, payload_id, order_id, version, kind, digest, transmission_id, verdict, mismatches, ' +
  'attachments, content, received_at, store_number, store_refusal';

const FIND = {
  name: 'purchase-order-find',
  text: `
    select ${COLUMNS} from purchase_order where tenant_id = $1 and connection_id = $2 and order_id = $3
      order by version`,
};
const FIND_BY_PAYLOAD = {
  name: 'purchase-order-find-by-payload',
  text: `
    select ${COLUMNS} from purchase_order where tenant_id = $1 and connection_id = $2 and payload_id = $3
      order by received_at, version`,
};
const OF_TRANSMISSION = {
  name: 'purchase-order-of-transmission',
  text: `
    select ${COLUMNS} from purchase_order where tenant_id = $1 and transmission_id = $2 order by received_at, version`,
};
const MICROS = `'epoch'::timestamptz + $4::bigint * interval '1 microsecond'`;
/** One index range for each verdict. The last condition selects their index (migrations/purchase-order-received.ts). */
function listOf(verdicts: readonly OrderVerdict[]): string {
  const ranges = verdicts.map(
    (verdict) => `
      (select ${COLUMNS} from purchase_order
        where tenant_id = $1 and verdict = '${verdict}' and received_at > '-infinity'
          and ($3::bool or (received_at, digest, connection_id) < (${MICROS}, $5, $6))
        order by received_at desc, digest desc, connection_id desc limit $2)`,
  );
  return `
    select *, (extract(epoch from received_at) * 1000000)::bigint::text || '~' || digest || '~' || connection_id as mark
    from (${ranges.join(' union all ')}) o order by received_at desc, digest desc, connection_id desc limit $2`;
}
const LIST = { name: 'purchase-order-list', text: listOf(ORDER_VERDICTS) };
const LIST_OF = Object.fromEntries(
  ORDER_VERDICTS.map((verdict) => [verdict, { name: `purchase-order-list-${verdict}`, text: listOf([verdict]) }]),
);
const OF_NUMBER = {
  name: 'purchase-order-of-number',
  text: `
    select ${COLUMNS} from purchase_order
    where tenant_id = $1 and order_id = $2
      and connection_id in (select c.connection_id from connection c where c.tenant_id = $1)
    order by received_at desc, version desc limit $3`,
};
/** The request itself records a new order for the parties; the job `record-order` does it if the request failed. */
const KEEP: NamedStatement = {
  name: 'purchase-order-keep',
  tells: true,
  text: `
    with kept as (
      insert into purchase_order (tenant_id, connection_id, payload_id, order_id, version, kind, digest,
        transmission_id, verdict, mismatches, attachments, content, document, content_type)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      on conflict do nothing returning 1
    ), ordered as (
      update transmission t set status = ${toStatus('order')}
      where t.tenant_id = $1 and t.transmission_id = $8 and t.status in (${fromStatuses('order')}) and $6 <> 'delete'
        and $9 = 'matched' and exists (select from kept)
      returning t.tenant_id, t.transmission_id, t.status
    ), audited as (
      insert into audit (tenant_id, transmission_id, from_status, to_status, event, actor)
      select tenant_id, transmission_id, ${fromStatuses('order')}, status, 'order', 'purchase order' from ordered
    ), queued as (
      insert into job (tenant_id, kind, input, due_at)
      select $1, 'place-purchase-order',
        json_build_object('connectionId', $2::text, 'orderId', $4::text, 'version', $5::integer), now()
        from kept where $15::boolean
      union all
      select $1, 'record-order',
        json_build_object('connectionId', $2::text, 'orderId', $4::text, 'version', $5::integer),
        now() + interval '30 seconds'
        from kept where $6 = 'new' and $9 = 'matched' and $8::text is not null
      union all
      select $1, 'compare-prices',
        json_build_object('connectionId', $2::text, 'orderId', $4::text, 'version', $5::integer), now()
        from kept where $6 <> 'delete' and $8::text is not null
    )
    select 1 as done from kept`,
};
/** The index lets one job wait for each order (migrations/purchase-order-received.ts). */
const PLACE_AGAIN = {
  name: 'purchase-order-place-again',
  text: `
    insert into job (tenant_id, kind, input)
    select o.tenant_id, 'place-purchase-order',
      jsonb_build_object('connectionId', o.connection_id, 'orderId', o.order_id, 'version', o.version)
    from purchase_order o
    where o.tenant_id = $1 and o.connection_id = $2 and o.order_id = $3 and o.version = $4 and not exists (
      select from purchase_order p
      where p.tenant_id = $1 and p.connection_id = $2 and p.order_id = $3 and p.store_number is not null)
    on conflict (tenant_id, (input->>'connectionId'), md5(input->>'orderId')) where kind = 'place-purchase-order'
      do update set due_at = now(), failing_since = null, given_up_at = null where job.given_up_at is not null
    returning 1 as queued`,
};
const PLACED = {
  name: 'purchase-order-placed',
  text: `
    update purchase_order set store_number = $4, store_refusal = $5
    where tenant_id = $1 and connection_id = $2 and order_id = $3 and version = $6`,
};
/**
 * Searches the payload for its payloadId as text: it is JSON, but may hold characters that PostgreSQL's json type
 * refuses.
 */
const SENT = {
  name: 'purchase-order-sent-carts',
  text: `
    with looked_at as (
      select t.transmission_id, t.created_at, coalesce(t.ended_at, t.created_at) as sent_at, p.payload
      from transmission t join transfer_payload p on p.tenant_id = t.tenant_id and p.transmission_id = t.transmission_id
      where t.tenant_id = $1 and t.connection_id = $2
        and (t.status = 'transferred' or (t.status = 'order_created' and not $5::boolean))
        and ($3::text[] is null or t.transmission_id = any($3))
        and ($6::text is null or (t.created_at, t.transmission_id) < ($6::timestamptz, $7::text))
      order by t.created_at desc, t.transmission_id desc limit $8
    )
    select transmission_id, created_at::text as created_at, sent_at, now() as read_at, payload from looked_at
    where $4::text[] is null or exists (select from unnest($4::text[]) as named where position(named in payload) > 0)
    order by looked_at.created_at desc, transmission_id desc`,
};

interface OrderRow {
  tenant_id: string;
  connection_id: string;
  payload_id: string;
  version: number;
  digest: string;
  transmission_id: string | null;
  verdict: OrderVerdict;
  mismatches: OrderMismatch[];
  attachments: OrderAttachment[];
  content: PurchaseOrder;
  received_at: Date;
  store_number: string | null;
  store_refusal: string | null;
}

interface SentRow {
  transmission_id: string;
  created_at: string;
  sent_at: Date;
  read_at: Date;
  payload: string;
}

export function purchaseOrders({ query, asTenant }: Database): PurchaseOrders {
  return {
    find: async (tenantId, connectionId, orderId) =>
      (await asTenant(tenantId, (read) => read<OrderRow>(FIND, [tenantId, connectionId, indexedNumber(orderId)]))).map(
        keptOf,
      ),
    findByPayloadId: async (...key) =>
      (await asTenant(key[0], (read) => read<OrderRow>(FIND_BY_PAYLOAD, key))).map(keptOf),
    ofTransmission: async (...key) =>
      (await asTenant(key[0], (read) => read<OrderRow>(OF_TRANSMISSION, key))).map(keptOf),
    async list(tenantId, { limit, verdict, orderId, after }) {
      if (orderId !== undefined)
        return {
          orders: (
            await asTenant(tenantId, (read) => read<OrderRow>(OF_NUMBER, [tenantId, indexedNumber(orderId), limit]))
          )
            .map(keptOf)
            .filter((kept) => verdict === undefined || kept.verdict === verdict),
        };
      const statement = (verdict === undefined ? undefined : LIST_OF[verdict]) ?? LIST;
      const [micros = '0', digest = '', connection = ''] = after?.split('~') ?? [];
      const values = [tenantId, limit + 1, after === undefined, micros, digest, connection];
      const rows = await asTenant(tenantId, (read) => read<OrderRow & { mark: string }>(statement, values));
      const next = rows.length > limit ? rows[limit - 1]?.mark : undefined;
      return { orders: rows.slice(0, limit).map(keptOf), ...(next === undefined ? {} : { next }) };
    },
    placeAgain: async ({ tenantId, connectionId, order, version }) =>
      (await query(PLACE_AGAIN, [tenantId, connectionId, indexedNumber(order.orderId), version])).length > 0,
    async keep(
      { tenantId, connectionId, payloadId, version, digest, order, transmissionId, verdict, mismatches, attachments },
      { document, contentType, place },
    ) {
      const json = [mismatches, attachments, order].map((value) => JSON.stringify(value));
      const rows = await query(KEEP, [
        tenantId,
        connectionId,
        payloadId,
        indexedNumber(order.orderId),
        version,
        order.kind,
        digest,
        transmissionId ?? null,
        verdict,
        ...json,
        Buffer.from(document),
        contentType,
        place,
      ]);
      return rows.length > 0;
    },
    async placed({ tenantId, connectionId, order, version }, answer) {
      await query(PLACED, [
        tenantId,
        connectionId,
        indexedNumber(order.orderId),
        'number' in answer ? answer.number : null,
        'refusal' in answer ? answer.refusal : null,
        version,
      ]);
    },
    async sentCarts(tenantId, connectionId, { limit, transmissionIds, payloadIds, unordered = false, before }) {
      const members = payloadIds?.map((id) => `"payloadId":${JSON.stringify(id)}`) ?? null;
      const wish = [
        transmissionIds ?? null,
        members,
        unordered,
        before?.createdAt ?? null,
        before?.transmissionId ?? null,
        limit,
      ];
      const rows = await query<SentRow>(SENT, [tenantId, connectionId, ...wish]);
      return rows.map(({ transmission_id: transmissionId, created_at: createdAt, payload, ...row }) => {
        const sent: TransferPayload = JSON.parse(payload);
        return { transmissionId, createdAt, sentAt: row.sent_at, readAt: row.read_at, payload: sent };
      });
    },
  };
}

function keptOf(row: OrderRow): KeptOrder {
  return {
    tenantId: row.tenant_id,
    connectionId: row.connection_id,
    payloadId: row.payload_id,
    digest: row.digest,
    version: row.version,
    order: row.content,
    verdict: row.verdict,
    mismatches: row.mismatches,
    attachments: row.attachments,
    receivedAt: row.received_at,
    storeNumber: row.store_number ?? undefined,
    storeRefusal: row.store_refusal ?? undefined,
    transmissionId: row.transmission_id ?? undefined,
  };
}
