import type { CartRef } from '../domain/cart/cart.js';
import { PunchoutError } from '../domain/error-codes.js';
import type { Job } from '../ports/job-queue.js';
import type { Store } from '../ports/store/store.js';
import type { CustomerClone } from '../domain/access/customer-clone.js';
import type { Transmission, TransmissionKey } from '../domain/transmission/transmission.js';

/**
 * Deletes a cart whose payload is stored (or whose session ended), if it has not changed since it was read. A `fresh`
 * cart lost the race for its session and is deleted only if it is empty, because a shop may have returned the same cart
 * twice.
 */
export async function clearCart(store: Pick<Store, 'deleteCart' | 'readCart'>, job: Pick<Job, 'input'>): Promise<void> {
  const { cart, contentMark, fresh } = job.input as { cart: CartRef; contentMark?: string; fresh?: true };
  if (fresh !== true) {
    await store.deleteCart(cart, contentMark);
    return;
  }
  const content = await store.readCart(cart).catch((error: unknown) => {
    if (error instanceof PunchoutError && error.code === 'STORE_SESSION_LOST') return undefined;
    throw error;
  });
  if (content === undefined || content.lines.length === 0) await store.deleteCart(cart, content?.contentMark);
}

/** Removes the account of a transmission that has ended. */
export async function removeClone({ customers }: Pick<Store, 'customers'>, { tenantId, input }: Job): Promise<void> {
  const { transmissionId, clone } = input as { transmissionId: string; clone: CustomerClone | null };
  await customers?.remove({ tenantId, transmissionId, clone: clone ?? undefined });
}

interface Deps {
  find: (key: TransmissionKey) => Promise<Transmission | undefined>;
  /** Restores missing lines; does nothing for a session that has ended. */
  ready: (transmission: Transmission) => Promise<unknown>;
}

/** Finishes restoring a cart that took longer than its login could wait. */
export async function restoreCart({ find, ready }: Deps, job: Job): Promise<void> {
  const transmission = await find({ tenantId: job.tenantId, transmissionId: String(job.input['transmissionId']) });
  if (transmission !== undefined) await ready(transmission);
}
