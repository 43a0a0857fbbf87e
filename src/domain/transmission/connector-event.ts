import type { Cart } from '../cart/cart.js';
import type { NotCarried, TransferPayload } from './transfer-payload.js';
import type { ConnectOrder } from '../orders/connect-order.js';
import type { Connection } from '../access/connection.js';
import type { Refusal } from '../error-codes.js';
import type { SessionContext } from '../context/session-context.js';
import type { Transmission } from './transmission.js';

/** What the answering handler gets: the live session's transmission, how its buyer is configured, and the cart, read once. */
export interface ConnectorTransferEvent {
  transmission: Transmission;
  connection: Connection;
  cart: Cart;
  /** The buyer returns without changes: no lines are sent, and his system keeps what it has (cxml.md 7). */
  unchanged?: true;
  /** Integers for the `categoryIds` of the lines, where the protocol wants them (custom store integration). */
  categoryNumbers?: ReadonlyMap<string, number>;
  /**
   * Only for a cart that the shop posted as a document: its protocol, and what of the document `cart` does not hold.
   */
  given?: { protocol: 'cxml' | 'oci'; notCarried: readonly NotCarried[] };
}

/** Told to observers after the fact; they cannot veto and cannot break one another. */
export interface ConnectorEvents {
  /** A call-up was accepted. */
  setup: { transmission: Transmission };
  /** A call-up was refused. */
  'setup-refused': { refusal: Refusal; via: 'cxml' | 'oci' | 'json' | 'repost' };
  login: { transmission: Transmission };
  /** The payload is stored; the browser is about to carry it. */
  transfer: { transmission: Transmission; payload: TransferPayload };
  /** The session ended without a transfer. */
  logout: { transmission: Transmission };
  /** An order was recorded, and its events with it; one for each supplier. */
  order: { order: ConnectOrder };
  /** The status, payment status or tracking of an order is another. */
  'order-changed': { order: ConnectOrder };
  /** A session is shopped in another context; `before` is absent where there was none. */
  'context-changed': { context: SessionContext; before: SessionContext | undefined };
}

export type ConnectorEventName = keyof ConnectorEvents;
