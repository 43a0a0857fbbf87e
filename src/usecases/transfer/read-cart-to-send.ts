import type { Cart, CartNotice, CartRef } from '../../domain/cart/cart.js';
import { keyOf, unknownChanges } from '../../domain/cart/shown-cart.js';
import { PunchoutError } from '../../domain/error-codes.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { CartKnowledge, Store } from '../../ports/store/store.js';
import type { TransmissionRepository } from '../../ports/transmission/transmission-repository.js';

interface Deps {
  transmissions: Pick<TransmissionRepository, 'findShown' | 'noteUntold'>;
  store: Pick<Store, 'readCart'>;
}

/**
 * Reads the cart of the shop. Its notices are all changes by the shop that the buyer has not seen, including those that
 * only we received. Reading again gives the same notices until the buyer sees the cart in the shop or writes to it.
 */
export function readCartToSend(deps: Deps): (transmission: Transmission, known: CartKnowledge) => Promise<Cart> {
  return async (transmission, known) => {
    if (transmission.cart === undefined) throw new PunchoutError('STORE_UNAVAILABLE', 'the session has no cart yet');
    // Side by side. What the buyer sees meanwhile is at worst asked about once more.
    const [{ notices: said = [], ...cart }, before] = await Promise.all([
      deps.store.readCart(transmission.cart, known),
      deps.transmissions.findShown(transmission),
    ]);
    const fresh = freshNotices(said, before.untold);
    if (fresh.length > 0) await deps.transmissions.noteUntold(transmission, fresh);
    // Notices as they are stored: the buyer's confirmation is bound to their text.
    const { shown, untold } = fresh.length > 0 ? await deps.transmissions.findShown(transmission) : before;
    const notices = unknownChanges(cart, shown, untold);
    return notices.length === 0 ? cart : { ...cart, notices };
  };
}

/**
 * Reads a cart without showing it to the buyer, and keeps its notices for the buyer: the shop gives each notice once.
 */
export function readUnseen({
  transmissions,
  store,
}: Deps): (transmission: Transmission, cart: CartRef, known?: CartKnowledge) => Promise<Cart> {
  return async (transmission, ref, known) => {
    const cart = await store.readCart(ref, known);
    const { notices = [] } = cart;
    if (notices.length === 0) return cart;
    const fresh = freshNotices(notices, (await transmissions.findShown(transmission)).untold);
    if (fresh.length > 0) await transmissions.noteUntold(transmission, fresh);
    return cart;
  };
}

function freshNotices(notices: readonly CartNotice[], untold: readonly CartNotice[]): CartNotice[] {
  const kept = new Set(untold.map(keyOf));
  return notices.filter((notice) => !kept.has(keyOf(notice)));
}
