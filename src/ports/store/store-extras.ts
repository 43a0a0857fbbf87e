import type { CustomerClone, CustomerRole } from '../../domain/access/customer-clone.js';
import type { Transmission, TransmissionKey } from '../../domain/transmission/transmission.js';

/**
 * Accounts for buyers of a middleware (custom store integration). May throw PunchoutError('STORE_UNAVAILABLE') like the
 * store itself.
 */
export interface StoreCustomers {
  /**
   * Creates an account with the group, prices and addresses of the template user `username`, for this transmission
   * alone and without its own login. Refuses a template user above `roleCeiling`. The account is named after the
   * transmission, so that `remove` finds it even if the answer was lost.
   */
  clone(username: string, transmission: Transmission, roleCeiling: CustomerRole): Promise<CloneResult>;
  /**
   * Removes or permanently disables the account that `clone` made for this transmission. `clone` is absent if the
   * answer was lost. It is no error if there is nothing to remove.
   */
  remove(transmission: TransmissionKey & { clone?: CustomerClone | undefined }): Promise<void>;
}

export type CloneResult =
  { ok: true; clone: CustomerClone } | { ok: false; fault: 'unknown_customer' | 'role_too_high' };

/**
 * Integers for a shop's categories (custom store integration). They never change, whatever the shop's own ids look
 * like.
 */
export interface CategoryNumbers {
  /** One number for each id. Missing ones are created. */
  numbersOf(tenantId: string, categoryIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/**
 * Orders requests about a cart among all processes, for shops in which a read during a write undoes the write. Reads
 * run in parallel, a write runs alone.
 */
export interface SharedTurns {
  /**
   * Resolves when the turn begins: when no other process blocks it, or after `waitMs`. Returns the function that ends
   * the turn. Never rejects: if the order cannot be kept, the request continues without it.
   */
  enter(cartId: string, kind: 'read' | 'write', waitMs: number): Promise<() => void>;
}
