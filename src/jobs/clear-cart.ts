import type { CartRef } from '../domain/cart/cart.js';
import { PunchoutError } from '../domain/error-codes.js';
import type { Job } from '../ports/job-queue.js';
import type { Store } from '../ports/store/store.js';

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
