import type { Cart, CartRef } from '../../domain/cart/cart.js';
import { accept, type Outcome } from '../../domain/error-codes.js';
import type { LineRequest, LineResult, Store } from '../../ports/store/store.js';
import type { ShopConnector, ShopSession } from './shop-connector.js';

/** The cart of whoever asks; pages and forms do not care whose it is. */
export interface ShopperCart {
  add(line: LineRequest): Promise<Outcome<LineResult[]>>;
  change(lineId: string, quantity: string): Promise<Outcome<LineResult>>;
  remove(lineId: string): Promise<Outcome<void>>;
  read(): Promise<Cart>;
}

export function sessionCart(connector: ShopConnector, session: ShopSession): ShopperCart {
  return {
    add: (line) => connector.cart.add(session, [line]),
    change: (lineId, quantity) => connector.cart.change(session, lineId, quantity),
    remove: (lineId) => connector.cart.remove(session, lineId),
    read: () => connector.cart.read(session),
  };
}

export function visitorCart(store: Store, ref: CartRef): ShopperCart {
  return {
    add: async (line) => accept(await store.addLines(ref, [line])),
    change: async (lineId, quantity) => accept(await store.changeLine(ref, lineId, quantity)),
    remove: async (lineId) => accept(await store.removeLine(ref, lineId)),
    read: () => store.readCart(ref),
  };
}
