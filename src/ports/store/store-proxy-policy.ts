import type { CartRef } from '../../domain/cart/cart.js';
import type { ShownAnswer } from '../../domain/cart/shown-cart.js';

/**
 * What of a shop's own API a buyer's browser may use during a punchout, and how the shop is told whose cart it is about. The proxy
 * (http/store-proxy) carries; a policy only judges, names and orders, and never does any I/O.
 */
export interface StoreProxyPolicy {
  /** Path that browsers ask at: `/store-api`. */
  readonly mountPath: string;
  /** What stands for it at the shop, without slash at the end: `https://shop.example.com/store-api`. */
  readonly target: string;
  /** Request headers of this API (lower case) that may go along with a session's request, beside those of HTTP. */
  readonly passes: readonly string[];
  /** Headers (lower case) that hold the shop's credentials, in either direction: of a session's browser none is taken, to it none is given. */
  readonly credentialHeaders: readonly string[];
  /** Lent to a request without a session that brings none of its own. */
  readonly publicHeaders: Readonly<Record<string, string>>;
  /** Deny by default: every call of a session that is not known to be harmless is refused. */
  judge(call: ProxiedCall): ProxyVerdict;
  /** How the shop is addressed for a cart. Throws STORE_UNAVAILABLE for one that is not its own. */
  access(cart: CartRef): ProxyAccess;
  /**
   * What the browser sees of the cart in the answer to a call: the whole cart, and what the call was to do to it; or
   * `as_before` where the call changes nothing in it. Undefined: what is in the cart now is unknown. For a read it is
   * called only if the call `showsCart`. Absent for a shop that never changes carts by itself.
   */
  shownCart?(call: JudgedCall, answer: { status: number; body: string }): ShownAnswer | 'as_before' | undefined;
  /**
   * Runs `act`, which asks the shop about a cart, in its turn: reads beside each other, a write alone. Absent in a shop that takes writes beside reads. The
   * turn ends with `act`, so `act` must not give up what the shop goes on doing.
   */
  inTurn?<T>(cart: CartRef, kind: 'read' | 'write', act: () => Promise<T>): Promise<T>;
  /** The shop no longer knows the cart's session, by the headers (lower case) of its answer. */
  isLost?(headers: Readonly<Record<string, string>>, access: ProxyAccess): boolean;
}

/** A call as the browser sent it. */
export interface ProxiedCall {
  /** HEAD comes as GET. */
  method: string;
  /** Below the mount path, exactly as written, without query: `/checkout/cart`; empty at the mount path itself. Nothing is decoded. */
  path: string;
  /** As written, without question mark. */
  query: string;
  /** In lower case, without parameters. */
  contentType: string | undefined;
  /** Undefined: there is none. */
  body: string | undefined;
}

/** `call` is made anew from what was understood, never the browser's own text, so that the shop cannot read it otherwise. */
export type ProxyVerdict = { ok: true; call: JudgedCall } | { ok: false; reason: string };

export interface JudgedCall {
  method: string;
  /** Below the mount path. */
  path: string;
  /** Without question mark. */
  query: string;
  /** JSON. */
  body?: string;
  /** A `write` runs alone on its cart, moves the cart's revision, and is refused once the cart is on its way. */
  effect: 'read' | 'write';
  /** A read whose answer is the cart. */
  showsCart?: true;
  /** A write that may move the cart to another currency, language or country (`Store.shownContext` tells). */
  movesContext?: true;
}

export interface ProxyAccess {
  headers: Readonly<Record<string, string>>;
  /** Parameters that go along, in place of those of the call that have the same names. */
  query?: Readonly<Record<string, string>>;
  /** Texts (ASCII) that no answer may show to the browser, in headers or body. */
  secrets: readonly string[];
}
