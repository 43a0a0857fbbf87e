import { textAt } from '../../exchange/json-reading.js';
import { expectStatus } from '../api/shop-http.js';
import type { StoreApi, StoreApiSession } from '../api/store-api.js';
import { type ShopCart, shopCartOf } from './shop-cart.js';

/** Adds a code to the cart, as a frontend does, and returns the cart as the shop answered it. */
export async function redeemCode(api: StoreApi, session: StoreApiSession, code: string): Promise<ShopCart> {
  const body = { items: [{ type: 'promotion', referencedId: code }] };
  const answer = await api.send(session, {
    method: 'POST',
    path: '/checkout/cart/line-item',
    body,
    bucket: 'redeem a code',
  });
  return shopCartOf(expectStatus(answer, 200, 'POST /store-api/checkout/cart/line-item').body);
}

/** A code that has an effect has a line of its own. Shopware compares codes without regard to letter case. */
export function hasCode({ lines }: ShopCart, code: string): boolean {
  const wanted = code.toLowerCase();
  return lines.some(
    ({ type, referencedId, body }) =>
      type === 'promotion' &&
      [referencedId, textAt(body, 'payload', 'code')].some((known) => known?.toLowerCase() === wanted),
  );
}
