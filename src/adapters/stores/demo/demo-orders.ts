import { digestOf } from '../../../domain/digest.js';
import { PunchoutError } from '../../../domain/error-codes.js';
import type { NamedStatement, StatementRunner } from '../../../ports/statement-runner.js';
import type { PlacedOrder, StoreOrder } from '../../../ports/store/store.js';

const PLACE: NamedStatement = {
  name: 'demo-order-place',
  text: 'insert into demo_order (tenant_id, order_id, content) values ($1, $2, $3) on conflict do nothing',
};

/** The demo shop takes every order whose articles it sells; it delivers nothing. Its number follows from the order's key. */
export async function placeDemoOrder(
  query: StatementRunner,
  { tenantId, orderKey, transmissionId, order }: StoreOrder,
  isSold: (sku: string) => boolean,
): Promise<PlacedOrder> {
  const unknown = order.lines.find(({ supplierPartId }) => !isSold(supplierPartId));
  if (unknown !== undefined) return { ok: false, reason: `article ${unknown.supplierPartId} is not sold any more` };
  const number = `D-${digestOf(orderKey).slice(0, 10).toUpperCase()}`;
  try {
    // jsonb has no U+0000.
    await query(PLACE, [
      tenantId,
      number,
      JSON.stringify({ transmissionId, ...order }).replaceAll(String.raw`\u0000`, ''),
    ]);
    return { ok: true, number };
  } catch (cause) {
    throw new PunchoutError('STORE_UNAVAILABLE', undefined, { cause });
  }
}
