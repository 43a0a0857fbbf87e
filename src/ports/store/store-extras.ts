import type { CustomerClone, CustomerRole } from '../../domain/access/customer-clone.js';
import type { Transmission, TransmissionKey } from '../../domain/transmission/transmission.js';

/**
 * Accounts for the buyers that a middleware sends (custom store integration). May throw
 * PunchoutError('STORE_UNAVAILABLE') like the store itself.
 */
export interface StoreCustomers {
  /**
   * A fresh account with the group, prices and addresses of the template user `username`, for this transmission alone and without a
   * login of its own; nothing is made of a user above `roleCeiling`. Named after the transmission, so that `remove` finds it though the answer was lost.
   */
  clone(username: string, transmission: Transmission, roleCeiling: CustomerRole): Promise<CloneResult>;
  /** Removes, or disables for good, what `clone` made for this transmission. `clone` is absent where the answer was lost. Nothing to remove is no fault. */
  remove(transmission: TransmissionKey & { clone?: CustomerClone | undefined }): Promise<void>;
}

export type CloneResult =
  { ok: true; clone: CustomerClone } | { ok: false; fault: 'unknown_customer' | 'role_too_high' };

/**
 * Integers for a shop's categories (custom store integration), the same for ever, whatever the shop's own ids look
 * like.
 */
export interface CategoryNumbers {
  /** One for each id, made where there was none. */
  numbersOf(tenantId: string, categoryIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/**
 * The order among all processes in which a shop is asked about a cart, for shops in which a read beside a write undoes
 * the write. Reads go together, a write alone.
 */
export interface SharedTurns {
  /**
   * Resolves when the turn begins: when no other process is in the way, or after `waitMs`. Returns what ends the turn.
   * Never rejects: where the order cannot be kept, the request goes on without it.
   */
  enter(cartId: string, kind: 'read' | 'write', waitMs: number): Promise<() => void>;
}
