import { expect, it } from '@jest/globals';
import type { Cart } from '../../src/domain/cart/cart.js';
import { PunchoutError } from '../../src/domain/error-codes.js';
import { clearCart } from '../../src/jobs/cart-and-order-jobs.js';

const CART = { store: 's', id: 'c' };

function storeWith(read: () => Promise<Partial<Cart>>): {
  deleted: (string | undefined)[];
  store: Parameters<typeof clearCart>[0];
} {
  const deleted: (string | undefined)[] = [];
  return {
    deleted,
    store: { readCart: read as () => Promise<Cart>, deleteCart: async (_, mark) => (deleted.push(mark), 'deleted') },
  };
}

it('a cart is deleted only if it has not changed since it was read', async () => {
  const { deleted, store } = storeWith(() => Promise.reject(new Error('must not be read')));
  await clearCart(store, { input: { cart: CART, contentMark: 'm' } });
  await clearCart(store, { input: { cart: CART } });
  expect(deleted).toEqual(['m', undefined]);
});

it('a fresh cart is deleted only if it is empty; one with lines belongs to the winner', async () => {
  const empty = storeWith(async () => ({ lines: [], contentMark: 'empty' }));
  await clearCart(empty.store, { input: { cart: CART, fresh: true } });
  expect(empty.deleted).toEqual(['empty']);
  const shared = storeWith(async () => ({ lines: [{} as Cart['lines'][number]], contentMark: 'full' }));
  await clearCart(shared.store, { input: { cart: CART, fresh: true } });
  expect(shared.deleted).toEqual([]);
});

it('a fresh cart that the shop forgot is deleted too, for its guest; an unreachable shop is retried', async () => {
  const lost = storeWith(() => Promise.reject(new PunchoutError('STORE_SESSION_LOST')));
  await clearCart(lost.store, { input: { cart: CART, fresh: true } });
  expect(lost.deleted).toEqual([undefined]);
  const away = storeWith(() => Promise.reject(new PunchoutError('STORE_UNAVAILABLE')));
  await expect(clearCart(away.store, { input: { cart: CART, fresh: true } })).rejects.toThrow();
  expect(away.deleted).toEqual([]);
});
