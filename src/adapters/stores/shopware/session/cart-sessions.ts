import type { CartRef } from '../../../../domain/cart/cart.js';
import type { SharedTurns } from '../../../../ports/store/store-extras.js';
import { type TokenSeal, tokenSeal } from '../../exchange/sealed-token.js';
import { Deadline } from '../../exchange/throttle.js';
import type { StoreApi, StoreApiSession } from '../api/store-api.js';
import { CartTurns } from '../cart/cart-turns.js';
import { ContextKeeper } from './cart-opener.js';
import { assertPermissions } from './open-context.js';
import {
  assertCustomer,
  type CartHandle,
  openHandle,
  readContext,
  sealHandle,
  type ShopContext,
} from './shop-context.js';

/** The session in which a cart is read or written. */
export type CartSession = StoreApiSession & { contextToken: string };

interface Deps {
  api: StoreApi;
  sealingSecret: string | readonly string[];
  sharedTurns: SharedTurns | undefined;
  /** Longest time of one operation with all its requests. */
  operationMs: number;
  now: () => number;
}

/** The shop's sessions behind our carts: their sealed tokens, the order of their requests, and their life. */
export class CartSessions {
  readonly #api: StoreApi;
  readonly #seal: TokenSeal;
  readonly #turns: CartTurns;
  readonly #keeper: ContextKeeper;
  readonly #operationMs: number;
  readonly #now: () => number;

  constructor({ api, sealingSecret, sharedTurns, operationMs, now }: Deps) {
    this.#api = api;
    this.#seal = tokenSeal(sealingSecret, 'shopware');
    this.#turns = new CartTurns(sharedTurns);
    this.#keeper = new ContextKeeper(api, now);
    this.#operationMs = operationMs;
    this.#now = now;
  }

  /** The handle of a cart that was opened now. */
  sealed(cartId: string, opened: Omit<Parameters<typeof sealHandle>[2], 'openedAt'>): NonNullable<CartRef['handle']> {
    return sealHandle(this.#seal, cartId, { ...opened, openedAt: this.#now() });
  }

  tokenOf(ref: CartRef): string {
    return openHandle(this.#seal, ref).contextToken;
  }

  /** Runs `act` alone for a write, beside other reads for a read. */
  turn<T>(
    ref: CartRef,
    kind: 'read' | 'write',
    act: (session: CartSession, handle: CartHandle) => Promise<T>,
  ): Promise<T> {
    return this.#turns.run(ref.id, kind, () => {
      const handle = openHandle(this.#seal, ref);
      const { contextToken, languageId } = handle;
      return act({ contextToken, languageId, deadline: new Deadline(this.#operationMs) }, handle);
    });
  }

  /** The same with the session kept alive before `act`. */
  keptTurn<T>(
    ref: CartRef,
    kind: 'read' | 'write',
    act: (session: CartSession, handle: CartHandle) => Promise<T>,
  ): Promise<T> {
    return this.turn(ref, kind, async (session, handle) => {
      await this.#keeper.keep(session, handle.openedAt);
      return act(session, handle);
    });
  }

  /** For calls whose answers go to the browser: the order of requests only. */
  passing<T>(ref: CartRef, kind: 'read' | 'write', act: () => Promise<T>): Promise<T> {
    return this.#turns.run(ref.id, kind, act);
  }

  async keep(ref: CartRef): Promise<void> {
    const { contextToken, openedAt } = openHandle(this.#seal, ref);
    if (this.#keeper.isDue(contextToken, openedAt)) await this.keptTurn(ref, 'read', () => Promise.resolve());
  }

  /** Something was written to the context, which prolongs its life. */
  wrote({ contextToken }: CartSession): void {
    this.#keeper.wrote(contextToken);
  }

  /** Throws StoreSessionLost when the context no longer belongs to our customer. */
  async readContext(session: CartSession, { customerId, isOwn }: CartHandle): Promise<ShopContext> {
    const context = await readContext(this.#api, session);
    assertCustomer(context, customerId);
    if (!isOwn) assertPermissions(context, 'GET /store-api/context');
    return context;
  }
}
