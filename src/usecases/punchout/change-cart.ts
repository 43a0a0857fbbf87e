import type { Cart, CartRef } from '../../domain/cart/cart.js';
import { type AskedChange, shownCartOf } from '../../domain/cart/shown-cart.js';
import { type DecimalText, sumOf } from '../../domain/decimal.js';
import { type Outcome, PunchoutError, accept, refuse, unlessAway } from '../../domain/error-codes.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { LineRequest, LineResult, Store } from '../../ports/store/store.js';
import type { ShownAfter, TransmissionRepository } from '../../ports/transmission/transmission-repository.js';
import { readyCart } from './ready-cart.js';

interface Deps {
  transmissions: TransmissionRepository;
  store: Store;
}

export interface LiveSession {
  transmission: Transmission;
}

/**
 * Cart writes of a live session. They run one at a time among all processes and are refused once the transfer has
 * started, so every added line is in the payload or was refused. Results tell what the store could not do as requested.
 */
export interface CartWrites {
  add(session: LiveSession, lines: LineRequest[]): Promise<Outcome<LineResult[]>>;
  change(session: LiveSession, lineId: string, quantity: DecimalText): Promise<Outcome<LineResult>>;
  remove(session: LiveSession, lineId: string): Promise<Outcome<void>>;
  read(session: LiveSession): Promise<Cart>;
}

export function cartWrites(deps: Deps): CartWrites {
  const { store } = deps;
  const ready = readyCart(deps);
  const write = exclusiveWrite(deps);
  const own = <T>(
    session: LiveSession,
    act: (cart: CartRef) => Promise<T>,
    asked: (value: T) => AskedChange,
  ): Promise<Outcome<T>> => {
    let written: CartRef | undefined;
    return write(
      session,
      (cart) => act((written = cart)),
      (value) => {
        const cart = written === undefined ? undefined : store.shownCart?.(written);
        return cart === undefined ? undefined : { cart, asked: asked(value) };
      },
    );
  };
  return {
    add: (session, lines) => own(session, (cart) => store.addLines(cart, lines), addedBy),
    change: (session, lineId, quantity) =>
      own(
        session,
        (cart) => store.changeLine(cart, lineId, quantity),
        () => ({ changed: [lineId] }),
      ),
    remove: (session, lineId) =>
      own(
        session,
        (cart) => store.removeLine(cart, lineId),
        () => ({ changed: [lineId] }),
      ),
    async read({ transmission }) {
      const live = await ready(transmission);
      const cart = await store.readCart(cartOf(live));
      await deps.transmissions.noteShown(live, shownCartOf(cart)).catch(unlessAway);
      return cart;
    },
  };
}

function addedBy(results: readonly LineResult[]): AskedChange {
  const added = new Map<string, DecimalText>();
  for (const { supplierPartId, got } of results)
    added.set(supplierPartId, sumOf(added.get(supplierPartId) ?? '0', got));
  return { added };
}

export type ExclusiveWrite = <T>(
  session: LiveSession,
  act: (cart: CartRef) => Promise<T>,
  shownAfter?: ShownAfter<T>,
) => Promise<Outcome<T>>;

/** Wraps every write to a session's cart, by any route to the store. */
export function exclusiveWrite({ transmissions, store }: Deps): ExclusiveWrite {
  const ready = readyCart({ transmissions, store });
  return async ({ transmission }, act, shownAfter) => {
    if (transmission.operation === 'inspect') return refuse('READ_ONLY_SESSION');
    const cart = cartOf(await ready(transmission));
    const written = await transmissions.writeCart(transmission, (held) => act(held ?? cart), shownAfter);
    if (written.ok) return accept(written.value);
    return refuse(written.refused === 'busy' ? 'CART_CHANGING' : 'NO_SESSION');
  };
}

/** Throws for a session that ended before it had a cart. */
export function cartOf({ cart }: Transmission): CartRef {
  if (cart === undefined) throw new PunchoutError('STORE_UNAVAILABLE', 'the session has no cart yet');
  return cart;
}
