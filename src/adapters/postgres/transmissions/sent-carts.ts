import type { PayloadSummary } from '../../../domain/transmission/transfer-payload.js';
import type { SentCart } from '../../../domain/transmission/sent-cart.js';
import type { FoundCart, SentCarts } from '../../../ports/transmission/sent-carts.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { Database } from '../database/database.js';
import { TRANSMISSION, type TransmissionRow, transmissionOf } from './transmission-row.js';

const JOINED = `from transmission t join transfer_payload p
  on p.tenant_id = t.tenant_id and p.transmission_id = t.transmission_id`;
/** In the order of the index transmission_of_connection (migrations/session-search.ts). */
const OF_CONNECTION = `t.tenant_id = $1 and t.connection_id = $2 and t.created_at > '-infinity'
  and t.status in ('transferred', 'order_created') and p.cart is not null`;
const NEWEST = 'order by t.created_at desc, t.transmission_id desc';

const LAST: NamedStatement = {
  name: 'sent-carts-last',
  text: `
    select ${TRANSMISSION}, p.cart, p.stored_at,
      to_char(t.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as mark
    ${JOINED} where ${OF_CONNECTION} and (t.created_at, t.transmission_id) < ($3, $4) ${NEWEST} limit $5`,
};
const FIND: NamedStatement = {
  name: 'sent-carts-find',
  text: `
    select ${TRANSMISSION}, p.cart, p.stored_at ${JOINED}
    where t.tenant_id = $1 and t.transmission_id = $2 and p.cart is not null`,
};
const LIST: NamedStatement = {
  name: 'sent-carts-list',
  text: `select t.transmission_id, t.summary, p.stored_at ${JOINED} where ${OF_CONNECTION} ${NEWEST} limit $3`,
};

type CartRow = TransmissionRow & { cart: string; stored_at: Date };

export function sentCarts({ asTenant }: Pick<Database, 'asTenant'>): SentCarts {
  return {
    async last(tenantId, connectionId, { limit, after }) {
      const from = [after?.createdAt ?? 'infinity', after?.transmissionId ?? ''];
      const rows = await asTenant(tenantId, (query) =>
        query<CartRow & { mark: string }>(LAST, [tenantId, connectionId, ...from, limit]),
      );
      const carts = rows.map(foundCart);
      const last = rows.at(-1);
      if (last === undefined || rows.length < limit) return { carts };
      return { carts, next: { createdAt: last.mark, transmissionId: last.transmission.transmissionId } };
    },
    async find({ tenantId, transmissionId }) {
      const [row] = await asTenant(tenantId, (query) => query<CartRow>(FIND, [tenantId, transmissionId]));
      return row === undefined ? undefined : foundCart(row);
    },
    list: async (tenantId, connectionId, limit) =>
      (
        await asTenant(tenantId, (query) =>
          query<{ transmission_id: string; summary: PayloadSummary | null; stored_at: Date }>(LIST, [
            tenantId,
            connectionId,
            limit,
          ]),
        )
      ).map(({ transmission_id: transmissionId, summary, stored_at: sentAt }) => ({
        transmissionId,
        sentAt,
        summary: summary ?? undefined,
      })),
  };
}

function foundCart(row: CartRow): FoundCart {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by keptCartText
  return { transmission: transmissionOf(row), sent: JSON.parse(row.cart) as SentCart, sentAt: row.stored_at };
}
