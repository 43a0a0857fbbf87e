import type { CartRef } from '../../domain/cart/cart.js';
import type { ShownAnswer } from '../../domain/cart/shown-cart.js';

/**
 * Defines what a buyer's browser may use of a shop's own API during a punchout, and how a request names its cart. The
 * proxy (http/store-proxy) transports; a policy only decides and never does any I/O.
 */
export interface StoreProxyPolicy {
  /** Path that browsers call: `/store-api`. */
  readonly mountPath: string;
  /** The matching URL at the shop, without trailing slash: `https://shop.example.com/store-api`. */
  readonly target: string;
  /** Request headers of this API (lower case) that a session's request may pass on, in addition to those of HTTP. */
  readonly passes: readonly string[];
  /**
   * Headers (lower case) with the shop's credentials. They are never accepted from a session's browser, and never sent
   * to it.
   */
  readonly credentialHeaders: readonly string[];
  /** Added to a request without a session that has no such headers. */
  readonly publicHeaders: Readonly<Record<string, string>>;
  /** Deny by default: every call of a session is refused unless it is known to be harmless. */
  judge(call: ProxiedCall): ProxyVerdict;
  /** How to address a cart at the shop. Throws STORE_UNAVAILABLE for another store's cart. */
  access(cart: CartRef): ProxyAccess;
  /**
   * What the answer to a call shows the browser of the cart: the whole cart, and what the call requested; `as_before`
   * if the call does not change the cart. Undefined: the current content is unknown. For a read it is called only if
   * the call `showsCart`. Absent for a shop that never changes carts by itself.
   */
  shownCart?(call: JudgedCall, answer: { status: number; body: string }): ShownAnswer | 'as_before' | undefined;
  /**
   * Runs `act`, which calls the shop about a cart, in its turn: reads in parallel, a write alone. The turn ends when
   * `act` ends, so `act` must not return while the shop still works on it. Absent for a shop that handles reads during
   * writes.
   */
  inTurn?<T>(cart: CartRef, kind: 'read' | 'write', act: () => Promise<T>): Promise<T>;
  /** True if the headers (lower case) of an answer show that the shop has lost the cart's session. */
  isLost?(headers: Readonly<Record<string, string>>, access: ProxyAccess): boolean;
}

/** A call as the browser sent it. */
export interface ProxiedCall {
  /** HEAD is passed as GET. */
  method: string;
  /** Below the mount path, undecoded and without query: `/checkout/cart`. Empty for the mount path itself. */
  path: string;
  /** As written, without question mark. */
  query: string;
  /** In lower case, without parameters. */
  contentType: string | undefined;
  /** Undefined: no body. */
  body: string | undefined;
}

/**
 * `call` is built again from the parsed values, never from the browser's text, so that the shop cannot read it
 * differently.
 */
export type ProxyVerdict = { ok: true; call: JudgedCall } | { ok: false; reason: string };

export interface JudgedCall {
  method: string;
  /** Below the mount path. */
  path: string;
  /** Without question mark. */
  query: string;
  /** JSON. */
  body?: string;
  /** A `write` runs alone on its cart, increases the cart's revision, and is refused once the transfer has started. */
  effect: 'read' | 'write';
  /** A read whose answer is the cart. */
  showsCart?: true;
  /** A write that may change the cart's currency, language or country (see `Store.shownContext`). */
  movesContext?: true;
}

export interface ProxyAccess {
  headers: Readonly<Record<string, string>>;
  /** Parameters to add. They replace parameters of the call with the same names. */
  query?: Readonly<Record<string, string>>;
  /** Texts (ASCII) that no answer may show to the browser, in headers or body. */
  secrets: readonly string[];
}
