import type { NoticeKey, NoticedStatus, NoticeState, OrderNotice } from '../../../domain/orders/order-notice.js';
import type { OrderNotices } from '../../../ports/orders/order-repository.js';
import type { Database } from '../database/database.js';
import { digestOf } from '../../../domain/digest.js';

const COLUMNS =
  'tenant_id, transaction_id, supplier_shop, status, connection_id, order_id, transmission_id, content, ' +
  'noticed_at, sent_at, given_up_at, last_error';
const KEY = 'tenant_id = $1 and transaction_id = $2 and supplier_shop = $3 and status = $4';

const FIND = { name: 'order-notice-find', text: `select ${COLUMNS} from order_notice where ${KEY}` };
const OF_ORDER = {
  name: 'order-notice-of-order',
  text: `
    select ${COLUMNS} from order_notice where tenant_id = $1 and connection_id = $2 and order_id = $3
      order by noticed_at, transaction_id, supplier_shop`,
};
const UNSENT = {
  name: 'order-notice-unsent',
  text: `
    select ${COLUMNS} from order_notice where tenant_id = $1 and sent_at is null
      order by noticed_at desc, transaction_id desc, supplier_shop limit $2`,
};
const SENT = {
  name: 'order-notice-sent',
  text: `update order_notice set sent_at = now(), last_error = null where ${KEY} and sent_at is null`,
};
const FAILED = {
  name: 'order-notice-failed',
  text: `
    update order_notice set last_error = $5, given_up_at = case when $6::boolean then now() else given_up_at end
      where ${KEY} and sent_at is null`,
};
const RESEND = {
  name: 'order-notice-resend',
  text: `
    with again as (
      update order_notice set given_up_at = null, noticed_at = now()
      where tenant_id = $1 and connection_id = $2 and order_id = $3 and given_up_at is not null and sent_at is null
      returning tenant_id, transaction_id, supplier_shop, status
    )
    insert into job (tenant_id, kind, input)
    select tenant_id, 'send-notice',
      json_build_object('transactionId', transaction_id::text, 'supplierShop', supplier_shop, 'status', status)
      from again
    returning 1 as queued`,
};

/**
 * For the statement that changes an order: `$notice` is a `noticeRow`, `changed` holds a row if the order was changed.
 */
export function writeNotice(notice: string): string {
  return `
    noticed as (
      insert into order_notice (tenant_id, transaction_id, supplier_shop, status, connection_id, order_id,
        transmission_id, content)
      select $1, $2, $3, n->>'status', n->>'connectionId', number, n->>'transmissionId', n
      from changed, (select said->'notice' as n, said->>'number' as number
        from (select ${notice}::json as said) given) said where n is not null
      on conflict do nothing
      returning tenant_id, transaction_id, supplier_shop, status
    ), queued as (
      insert into job (tenant_id, kind, input)
      select tenant_id, 'send-notice',
        json_build_object('transactionId', transaction_id::text, 'supplierShop', supplier_shop, 'status', status)
        from noticed
    )`;
}

export function noticeRow(notice: Omit<OrderNotice, 'noticedAt'> | undefined): string | null {
  return notice === undefined ? null : JSON.stringify({ number: indexedNumber(notice.orderId), notice });
}

interface NoticeRow {
  tenant_id: string;
  transaction_id: string;
  supplier_shop: number;
  status: NoticedStatus;
  connection_id: string;
  order_id: string;
  transmission_id: string | null;
  content: Omit<OrderNotice, 'noticedAt'>;
  noticed_at: Date;
  sent_at: Date | null;
  given_up_at: Date | null;
  last_error: string | null;
}

export function orderNotices({ query, asTenant }: Database): OrderNotices {
  const keyOf = ({ tenantId, transactionId, supplierShop, status }: NoticeKey): unknown[] => [
    tenantId,
    transactionId,
    supplierShop,
    status,
  ];
  return {
    async find(key) {
      const [row] = await query<NoticeRow>(FIND, keyOf(key));
      return row === undefined ? undefined : stateOf(row);
    },
    ofOrder: async (tenantId, connectionId, orderId) =>
      (
        await asTenant(tenantId, (read) => read<NoticeRow>(OF_ORDER, [tenantId, connectionId, indexedNumber(orderId)]))
      ).map(stateOf),
    unsent: async (tenantId, limit) =>
      (await asTenant(tenantId, (read) => read<NoticeRow>(UNSENT, [tenantId, limit]))).map(stateOf),
    async sent(key) {
      await query(SENT, keyOf(key));
    },
    async failed(key, reason, givenUp) {
      await query(FAILED, [...keyOf(key), reason.replaceAll('\0', ''), givenUp]);
    },
    resend: async (tenantId, connectionId, orderId) =>
      (await query(RESEND, [tenantId, connectionId, indexedNumber(orderId)])).length,
  };
}

function stateOf(row: NoticeRow): NoticeState {
  return {
    ...row.content,
    noticedAt: row.noticed_at,
    sentAt: row.sent_at ?? undefined,
    givenUpAt: row.given_up_at ?? undefined,
    lastError: row.last_error ?? undefined,
  };
}

/** Bytes (UTF-8). PostgreSQL allows 2,704 for an index entry, which also holds tenant and connection. */
const LONGEST = 2_000;

/**
 * The order number as used in an index: the number itself, or the SHA-256 of a longer one. The content of the row has
 * the whole number.
 */
export function indexedNumber(orderId: string): string {
  return Buffer.byteLength(orderId) > LONGEST ? `sha256:${digestOf(orderId)}` : orderId;
}
