import type {
  ConnectOrder,
  OrderContent,
  OrderEventName,
  Tracking,
  OrderStatus,
  PaymentStatus,
} from '../../../domain/orders/connect-order.js';
import type { OrderRepository, PartyEvent } from '../../../ports/orders/order-repository.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { Database } from '../database/database.js';
import { fromStatuses, toStatus } from '../transmissions/step-sql.js';
import { noticeRow, writeNotice } from './order-notices.js';

const COLUMNS = `o.tenant_id, o.transaction_id, o.supplier_shop, o.supplier_order_id, o.merchant_shop,
  o.merchant_order_id, o.order_key,
  o.transmission_id, o.status, o.payment_status, o.tracking, o.content, o.ordered_at`;

const FIND_BY_KEY = {
  name: 'connect-order-by-key',
  text: `select ${COLUMNS} from connect_order o where o.tenant_id = $1 and o.order_key = $2 order by o.supplier_shop`,
};
const FIND_BY_NUMBER = {
  name: 'connect-order-by-number',
  text: `
    select ${COLUMNS} from connect_order o where o.tenant_id = $1 and o.supplier_shop = $2 and o.supplier_order_id = $3
    union all
    select ${COLUMNS} from connect_order o where o.tenant_id = $1 and o.merchant_shop = $2 and o.supplier_order_id = $3
    limit 2`,
};
const EVENTS = {
  name: 'connect-event-of-order',
  text: `
    select e.shop_id, e.revision::text as revision, e.name, e.created_at from connect_event e
    where e.transaction_id = $2 and e.tenant_id = $1 order by e.created_at, e.revision, e.shop_id limit 200`,
};
const NEXT_TRANSACTION = {
  name: 'connect-transaction-next',
  text: `
    insert into connect_transaction as t (tenant_id, last_transaction) values ($1, 1)
    on conflict (tenant_id) do update set last_transaction = t.last_transaction + 1
    returning last_transaction as next`,
};

/**
 * Common end of both statements, for the row in `changed`: locks the streams in the order of their shops, so that two
 * transactions cannot deadlock, counts them up, and writes each event with its revision and the trace of its punchout.
 * `events`: JSON; `transmission`: its id. Both are SQL.
 */
function tell(events: string, transmission: string): string {
  return `
    event as (
      select e.*, row_number() over (partition by e.shop_id order by e.ordinality) as nth
      from rows from (json_to_recordset(${events}::json)
        as (shop_id int, name text, transaction_id bigint, supplier_shop int, head text, tail text))
        with ordinality as e (shop_id, name, transaction_id, supplier_shop, head, tail, ordinality)
    ), locked as (
      select s.shop_id, s.last_revision from connect_stream s
      where s.tenant_id = $1 and s.shop_id in (select shop_id from event) and exists (select from changed)
      order by s.shop_id for update
    ), counted as (
      update connect_stream s
        set last_revision = locked.last_revision + (select count(*) from event where event.shop_id = s.shop_id)
      from locked where s.tenant_id = $1 and s.shop_id = locked.shop_id
    ), told as (
      insert into connect_event (tenant_id, shop_id, revision, name, transaction_id, supplier_shop, document,
        trace_parent)
      select $1, e.shop_id, locked.last_revision + e.nth, e.name, e.transaction_id, e.supplier_shop,
        e.head || (locked.last_revision + e.nth) || e.tail,
        (select t.trace_parent from transmission t where t.tenant_id = $1 and t.transmission_id = ${transmission})
      from event e join locked on locked.shop_id = e.shop_id
    )`;
}

const CREATE: NamedStatement = {
  name: 'connect-order-create',
  tells: true,
  text: `
    with changed as (
      insert into connect_order (tenant_id, transaction_id, supplier_shop, supplier_order_id, merchant_shop,
        merchant_order_id, order_key, transmission_id, status, payment_status, content, ordered_at)
      select $1, p.transaction_id, p.supplier_shop, p.supplier_order_id, p.merchant_shop, p.merchant_order_id,
        p.order_key, $4, p.status, p.payment_status, p.content, p.ordered_at
      from json_to_recordset($2::json) as p (transaction_id bigint, supplier_shop int, supplier_order_id text,
        merchant_shop int, merchant_order_id text, order_key text, status text, payment_status text, content json,
        ordered_at timestamptz)
      order by p.supplier_shop
      on conflict (tenant_id, order_key, supplier_shop) do nothing
      returning 1
    ), ${tell('$3', '$4')}, ordered as (
      update transmission t set status = ${toStatus('order')}
      where t.tenant_id = $1 and t.transmission_id = $4 and t.status in (${fromStatuses('order')})
        and exists (select from changed)
      returning t.tenant_id, t.transmission_id, t.status
    ), audited as (
      insert into audit (tenant_id, transmission_id, from_status, to_status, event, actor)
      select tenant_id, transmission_id, ${fromStatuses('order')}, status, 'order', 'order' from ordered
    )
    select count(*)::int as created from changed`,
};

const CHANGE = {
  name: 'connect-order-change',
  text: `
    with changed as (
      update connect_order o set status = coalesce($6, o.status), payment_status = coalesce($7, o.payment_status),
        tracking = coalesce($8::json, o.tracking), changed_at = now()
      where o.tenant_id = $1 and o.transaction_id = $2 and o.supplier_shop = $3 and o.status = $4
        and o.payment_status = $5
      returning o.transmission_id
    ), ${tell('$9', '(select transmission_id from changed)')}, ${writeNotice('$10')}
    select 1 as done from changed`,
};

interface OrderRow {
  tenant_id: string;
  transaction_id: string;
  supplier_shop: number;
  supplier_order_id: string;
  merchant_shop: number;
  merchant_order_id: string;
  order_key: string;
  transmission_id: string | null;
  status: OrderStatus;
  payment_status: PaymentStatus;
  tracking: Tracking | null;
  content: OrderContent;
  ordered_at: Date;
}

export function orderRepository({ query }: Database): OrderRepository {
  return {
    async findByKey(tenantId, orderKey) {
      return (await query<OrderRow>(FIND_BY_KEY, [tenantId, orderKey])).map(orderOf);
    },
    async findByNumber(tenantId, shopId, supplierOrderId) {
      return supplierOrderId.includes('\0')
        ? []
        : (await query<OrderRow>(FIND_BY_NUMBER, [tenantId, shopId, supplierOrderId])).map(orderOf);
    },
    async nextTransactionId(tenantId) {
      const [row] = await query<{ next: string }>(NEXT_TRANSACTION, [tenantId]);
      return row?.next ?? '1';
    },
    async eventsOf(tenantId, transactionId) {
      const rows = await query<{ shop_id: number; revision: string; name: OrderEventName; created_at: Date }>(EVENTS, [
        tenantId,
        transactionId,
      ]);
      return rows.map(({ shop_id: shopId, revision, name, created_at: at }) => ({ shopId, revision, name, at }));
    },
    async create({ parts, events, transmission }) {
      const [first] = parts;
      if (first === undefined) throw new TypeError('an order without parts');
      try {
        const [row] = await query<{ created: number }>(CREATE, [
          first.tenantId,
          JSON.stringify(parts.map(partRow)),
          eventRows(events),
          transmission?.transmissionId ?? null,
        ]);
        return row?.created === 0 ? 'known' : 'created';
      } catch (error) {
        if (typeof error === 'object' && error !== null && 'code' in error && error.code === '23505')
          return 'number_taken';
        throw error;
      }
    },
    async change(order, { status, paymentStatus, tracking }, events, notice) {
      const values = [
        order.tenantId,
        order.transactionId,
        order.supplierShop,
        order.status,
        order.paymentStatus,
        status ?? null,
        paymentStatus ?? null,
        tracking === undefined ? null : JSON.stringify(tracking),
        eventRows(events),
        noticeRow(notice),
      ];
      return (await query(CHANGE, values)).length > 0;
    },
  };
}

function partRow(part: ConnectOrder): object {
  return {
    transaction_id: part.transactionId,
    supplier_shop: part.supplierShop,
    supplier_order_id: part.supplierOrderId,
    merchant_shop: part.merchantShop,
    merchant_order_id: part.merchantOrderId,
    order_key: part.orderKey,
    status: part.status,
    payment_status: part.paymentStatus,
    content: part.content,
    ordered_at: part.orderedAt,
  };
}

function eventRows(events: readonly PartyEvent[]): string {
  return JSON.stringify(
    events.map(({ shopId, name, transactionId, supplierShop, document: { head, tail } }) => ({
      shop_id: shopId,
      name,
      transaction_id: transactionId,
      supplier_shop: supplierShop,
      head,
      tail,
    })),
  );
}

function orderOf(row: OrderRow): ConnectOrder {
  return {
    tenantId: row.tenant_id,
    transactionId: row.transaction_id,
    orderedAt: row.ordered_at,
    supplierShop: row.supplier_shop,
    supplierOrderId: row.supplier_order_id,
    merchantShop: row.merchant_shop,
    merchantOrderId: row.merchant_order_id,
    orderKey: row.order_key,
    transmissionId: row.transmission_id ?? undefined,
    status: row.status,
    paymentStatus: row.payment_status,
    tracking: row.tracking ?? undefined,
    content: row.content,
  };
}
