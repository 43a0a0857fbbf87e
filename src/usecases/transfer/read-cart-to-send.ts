import type { Cart, CartRef } from '../../domain/cart/cart.js';
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
  const read = readUnseen(deps);
  return async (transmission, known) => {
    if (transmission.cart === undefined) throw new PunchoutError('STORE_UNAVAILABLE', 'the session has no cart yet');
    const { notices: _, ...cart } = await read(transmission, transmission.cart, known);
    const { shown, untold } = await deps.transmissions.findShown(transmission);
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
    const kept = new Set((await transmissions.findShown(transmission)).untold.map(keyOf));
    const fresh = notices.filter((notice) => !kept.has(keyOf(notice)));
    if (fresh.length > 0) await transmissions.noteUntold(transmission, fresh);
    return cart;
  };
}
