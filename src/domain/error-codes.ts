import type { ChangedCart } from './cart/shown-cart.js';

/**
 * Every reason we have to say no, with its plain English sentence. A code is all that travels inside;
 * each API family maps it to its own dialect (http/<family>/envelope.ts). README's error table repeats this table.
 */
export const ERROR_CODES = {
  INVALID_CREDENTIALS: 'The credentials are not valid.',
  INVALID_XML: 'The XML document is not valid.',
  INVALID_REQUEST: 'The request is not valid.',
  RETURN_URL_REFUSED: 'The return URL is not on the list of this connection.',
  OPERATION_NOT_SUPPORTED: 'The request or operation is not supported.',
  OPERATION_NOT_ALLOWED: 'This connection does not allow that operation.',
  ADDRESS_NOT_ALLOWED: 'These credentials may not be used from this address.',
  RATE_LIMITED: 'Too many requests; try again later.',
  REQUEST_TOO_LARGE: 'The request is larger than allowed.',
  CLONE_REFUSED: 'No account can be made for this user.',
  GET_NOT_ALLOWED: 'This connection does not take call-ups by GET.',
  TRANSMISSION_NOT_FOUND: 'There is no such punchout session.',
  START_TOKEN_INVALID: 'The start link is not valid.',
  START_LINK_USED: 'The start link was already used in another browser.',
  SESSION_ACTIVE: 'Another punchout session is active in this browser.',
  SESSION_CANCELLED: 'The punchout session was cancelled.',
  SESSION_CLOSED: 'The punchout session has ended.',
  SESSION_TRANSFERRED: 'The cart of this punchout session was already transferred.',
  ORDER_CREATED: 'The cart of this punchout session was already ordered.',
  SESSION_EXPIRED: 'The punchout session has expired.',
  NO_SESSION: 'There is no active punchout session in this browser.',
  ROUTE_BLOCKED: 'This page is not available during a punchout session.',
  COOKIES_REFUSED: 'The browser did not keep our cookies.',
  SESSION_AMBIGUOUS: 'Which punchout session is meant is not clear.',
  CART_EMPTY: 'The cart is empty.',
  CART_CHANGED: 'The shop has changed the cart; the buyer must confirm it.',
  CART_CHANGING: 'The cart is being changed; try again.',
  CART_NOT_ENCODABLE: 'The cart cannot be written for the procurement system.',
  PRODUCT_NOT_FOUND: 'There is no such product.',
  QUANTITY_INVALID: 'The quantity is not valid.',
  READ_ONLY_SESSION: 'This punchout session may look but not change.',
  STORE_UNAVAILABLE: 'The shop does not answer.',
  STORE_SESSION_LOST: 'The shop no longer knows the cart of this punchout session.',
  SERVICE_UNAVAILABLE: 'The service is not available at the moment.',
  NOT_FOUND: 'There is nothing at this address.',
  METHOD_NOT_ALLOWED: 'This address does not take that method.',
  IDEMPOTENCY_CONFLICT: 'This Idempotency-Key was used for another request.',
  ORDER_NOT_FOUND: 'There is no such order.',
  ORDER_STEP_NOT_ALLOWED: 'The order cannot take that step.',
  ORDER_CONFLICT: 'The order is in conflict with another one.',
  HOOK_URL_REFUSED: 'This address cannot be a hook.',
  CONTEXT_VERSION: 'The session context has another version by now.',
  CONTEXT_REFUSED: 'The session cannot have this context.',
  INSUFFICIENT_SCOPE: 'The access token lacks the scope for this.',
  CUSTOMER_MISMATCH: 'Customer token and customer do not belong together.',
  INTERNAL_ERROR: 'Something went wrong on our side.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/**
 * A refusal: the code, and facts about the place and the reason that may be told. Never secrets; of the input at most
 * the characters at fault.
 */
export interface Refusal {
  code: ErrorCode;
  /** A sentence more exact than the table's; English. */
  reason?: string;
  details?: Record<string, string | number | boolean | null>;
  /** Only with CART_CHANGED: what the buyer is asked. */
  changed?: ChangedCart;
  /** The reason for the message log of the tenant. No answer holds it. */
  note?: string;
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export function accept<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refuse(
  code: ErrorCode,
  reason?: string,
  details?: Refusal['details'],
): { ok: false; refusal: Refusal } {
  return {
    ok: false,
    refusal: { code, ...(reason === undefined ? {} : { reason }), ...(details === undefined ? {} : { details }) },
  };
}

/** For broken promises deep inside (a store that is down); expected refusals of input are `Outcome`s. */
export class PunchoutError extends Error {
  /** Told to the caller: what is wrong and what to do. `message` is for our own log. */
  readonly reason: string | undefined;
  /** What to check in the settings; shown by `punchout doctor`. */
  readonly cure: string | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string = ERROR_CODES[code],
    options?: { cause?: unknown; reason?: string; cure?: string },
  ) {
    super(message, options);
    this.name = 'PunchoutError';
    this.reason = options?.reason;
    this.cure = options?.cure;
  }
}

/** A dependency does not do it now; later it may. */
export function isAway(error: unknown): boolean {
  return error instanceof PunchoutError && error.code === 'SERVICE_UNAVAILABLE';
}

/** Catches what a reader can do without: notes that a database that takes no writes does not keep. */
export function unlessAway(error: unknown): void {
  if (!isAway(error)) throw error;
}
