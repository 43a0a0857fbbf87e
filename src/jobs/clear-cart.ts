import type { CartRef } from '../domain/cart/cart.js';
import type { Job } from '../ports/job-queue.js';
import type { Store } from '../ports/store/store.js';

/** Deletes a cart whose payload is stored (or whose session ended), if it still is what was read. */
export async function clearCart(store: Store, job: Job): Promise<void> {
  const { cart, contentMark } = job.input as { cart: CartRef; contentMark?: string };
  await store.deleteCart(cart, contentMark);
}
