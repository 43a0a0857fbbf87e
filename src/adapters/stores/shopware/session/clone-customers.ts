import { createHash } from 'node:crypto';
import { exceedsRole } from '../../../../domain/access/customer-clone.js';
import type { StoreCustomers } from '../../../../ports/store/store-customers.js';
import type { Deadline } from '../../exchange/deadline.js';
import type { ShopCustomers } from './shop-customers.js';

/**
 * Guests made after a customer, named by his e-mail or number. Shopware has customer groups but no roles: every customer is a buyer, and an
 * administrator of the shop is no customer at all. A guest has no password and cannot log in.
 */
export function cloneCustomers(customers: ShopCustomers, newDeadline: () => Deadline): StoreCustomers {
  return {
    async clone(username, { transmissionId }, roleCeiling) {
      if (exceedsRole('buyer', roleCeiling)) return { ok: false, fault: 'role_too_high' };
      const deadline = newDeadline();
      const templateId = await customers.look(
        username.includes('@') ? { email: username } : { customerNumber: username },
        deadline,
      );
      if (templateId === undefined) return { ok: false, fault: 'unknown_customer' };
      return {
        ok: true,
        clone: { customerId: await customers.cloneAsGuest(templateId, deadline, guestIdOf(transmissionId)) },
      };
    },
    remove: ({ transmissionId }) => customers.remove(guestIdOf(transmissionId), newDeadline()),
  };
}

/** Shopware lets the client make ids: 32 hex digits, always the same for a transmission. */
function guestIdOf(transmissionId: string): string {
  return createHash('sha256').update(`punchout-clone\0${transmissionId}`).digest('hex').slice(0, 32);
}
