import { type CustomerRole, exceedsRole } from '../../../domain/access/customer-clone.js';
import { PunchoutError } from '../../../domain/error-codes.js';
import type { NamedStatement, StatementRunner } from '../../../ports/statement-runner.js';
import type { StoreCustomers } from '../../../ports/store/store-extras.js';
import { digestOf } from '../../../domain/digest.js';
import type { PlacedOrder, StoreOrder } from '../../../ports/store/store.js';

/** Users of the demo shop that can be used as templates. */
const USERS: ReadonlyMap<string, CustomerRole> = new Map([
  ['buyer123', 'buyer'],
  ['approver456', 'approver'],
  ['admin', 'admin'],
  ['10042', 'buyer'],
  ['10043', 'buyer'],
]);

const ADD: NamedStatement = {
  name: 'demo-customer-add',
  text: `
    insert into demo_customer (tenant_id, customer_id, template, role) values ($1, $2, $3, $4)
    on conflict (tenant_id, customer_id) do nothing`,
};
const REMOVE: NamedStatement = {
  name: 'demo-customer-remove',
  text: 'delete from demo_customer where tenant_id = $1 and customer_id = $2',
};

/** Accounts of the demo shop: rows, named after their transmission. */
export function demoCustomers(query: StatementRunner): StoreCustomers {
  const run = async (statement: NamedStatement, values: string[]): Promise<void> => {
    try {
      await query(statement, values);
    } catch (cause) {
      throw new PunchoutError('STORE_UNAVAILABLE', undefined, { cause });
    }
  };
  return {
    async clone(username, { tenantId, transmissionId }, roleCeiling) {
      const role = USERS.get(username);
      if (role === undefined) return { ok: false, fault: 'unknown_customer' };
      if (exceedsRole(role, roleCeiling)) return { ok: false, fault: 'role_too_high' };
      const customerId = customerIdOf(transmissionId);
      await run(ADD, [tenantId, customerId, username, role]);
      return { ok: true, clone: { customerId } };
    },
    remove: ({ tenantId, transmissionId }) => run(REMOVE, [tenantId, customerIdOf(transmissionId)]),
  };
}

function customerIdOf(transmissionId: string): string {
  return `punchout-${transmissionId}`;
}

const PLACE: NamedStatement = {
  name: 'demo-order-place',
  text: 'insert into demo_order (tenant_id, order_id, content) values ($1, $2, $3) on conflict do nothing',
};

/**
 * The demo shop accepts every order for articles that it sells; it delivers nothing. Its order number is derived from
 * the order's key.
 */
export async function placeDemoOrder(
  query: StatementRunner,
  { tenantId, orderKey, transmissionId, order }: StoreOrder,
  isSold: (sku: string) => boolean,
): Promise<PlacedOrder> {
  const unknown = order.lines.find(({ supplierPartId }) => !isSold(supplierPartId));
  if (unknown !== undefined) return { ok: false, reason: `article ${unknown.supplierPartId} is not sold any more` };
  const number = `D-${digestOf(orderKey).slice(0, 10).toUpperCase()}`;
  try {
    // jsonb cannot store U+0000.
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
