import { expectStatus } from '../api/shop-http.js';
import type { StoreApi, StoreApiSession } from '../api/store-api.js';
import { StoreSessionLost } from '../api/store-fault.js';
import { logOut } from '../session/open-context.js';
import { contentMarkOf, shopCartOf } from './shop-cart.js';

/**
 * Deletes a cart while it is what `contentMark` says, then ends its context; `isOwn`: a login's, which stays. A context that is forgotten, or a cart that is
 * empty, counts as deleted.
 */
export async function deleteCart(
  api: StoreApi,
  session: StoreApiSession,
  { contentMark, isOwn }: { contentMark: string | undefined; isOwn: boolean | undefined },
): Promise<'deleted' | 'changed'> {
  try {
    const shopCart = shopCartOf(await api.read(session, { method: 'GET', path: '/checkout/cart' }));
    if (contentMark !== undefined && shopCart.lines.length > 0 && contentMarkOf(shopCart) !== contentMark)
      return 'changed';
    expectStatus(
      await api.send(session, { method: 'DELETE', path: '/checkout/cart' }),
      204,
      'DELETE /store-api/checkout/cart',
    );
    if (isOwn !== true) await logOut(api, session);
  } catch (fault) {
    if (!(fault instanceof StoreSessionLost)) throw fault;
  }
  return 'deleted';
}
