import type { CartRef } from '../domain/cart/cart.js';
import { PunchoutError } from '../domain/error-codes.js';
import type { Job } from '../ports/job-queue.js';
import type { Store } from '../ports/store/store.js';
import type { CustomerClone } from '../domain/access/customer-clone.js';
import type { Transmission, TransmissionKey } from '../domain/transmission/transmission.js';

/**
 * Deletes a cart whose payload is stored (or whose session ended), if it still is what was read. A `fresh` cart lost the race for its session: it
 * goes only while it is empty, because a shop may have handed out the same cart twice.
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

/** Removes the account that was made for a transmission, once that is over. */
export async function removeClone({ customers }: Pick<Store, 'customers'>, { tenantId, input }: Job): Promise<void> {
  const { transmissionId, clone } = input as { transmissionId: string; clone: CustomerClone | null };
  await customers?.remove({ tenantId, transmissionId, ...(clone === null ? {} : { clone }) });
}

interface Deps {
  find: (key: TransmissionKey) => Promise<Transmission | undefined>;
  /** Restores what is missing; nothing to do for a session that is over. */
  ready: (transmission: Transmission) => Promise<unknown>;
}

/** Finishes a cart whose lines took longer to restore than its login could wait. */
export async function restoreCart({ find, ready }: Deps, job: Job): Promise<void> {
  const transmission = await find({ tenantId: job.tenantId, transmissionId: String(job.input['transmissionId']) });
  if (transmission !== undefined) await ready(transmission);
}
