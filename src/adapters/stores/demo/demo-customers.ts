import { type CustomerRole, exceedsRole } from '../../../domain/access/customer-clone.js';
import { PunchoutError } from '../../../domain/error-codes.js';
import type { NamedStatement, StatementRunner } from '../../../ports/statement-runner.js';
import type { StoreCustomers } from '../../../ports/store/store-customers.js';

/** The users of the demo shop that something may be made after. */
const USERS: ReadonlyMap<string, CustomerRole> = new Map([
  ['buyer123', 'buyer'],
  ['approver456', 'approver'],
  ['admin', 'admin'],
]);

const ADD: NamedStatement = {
  name: 'demo-customer-add',
  text: `insert into demo_customer (tenant_id, customer_id, template, role) values ($1, $2, $3, $4) on conflict (tenant_id, customer_id) do nothing`,
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
