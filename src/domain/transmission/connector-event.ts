import type { Cart } from '../cart/cart.js';
import type { NotCarried, TransferPayload } from './transfer-payload.js';
import type { ConnectOrder } from '../orders/connect-order.js';
import type { Connection } from '../access/connection.js';
import type { Refusal } from '../error-codes.js';
import type { SessionContext } from '../context/session-context.js';
import type { Transmission } from './transmission.js';

/**
 * Input of the answering handler: the transmission of the live session, its connection settings, and the cart, read
 * once.
 */
export interface ConnectorTransferEvent {
  transmission: Transmission;
  connection: Connection;
  cart: Cart;
  /** The buyer returns without changes: no lines are sent, and the buyer's system keeps its cart (cxml.md 7). */
  unchanged?: true;
  /** Integers for the `categoryIds` of the lines, where the protocol needs them (custom store integration). */
  categoryNumbers?: ReadonlyMap<string, number>;
  /**
   * Only for a cart that the shop posted as a document: its protocol, and data of the document that `cart` cannot hold.
   */
  given?: { protocol: 'cxml' | 'oci'; notCarried: readonly NotCarried[] };
}

/** Events for observers, after the fact; they cannot veto and cannot affect each other. */
export interface ConnectorEvents {
  /** A call-up was accepted. */
  setup: { transmission: Transmission };
  /** A call-up was refused. */
  'setup-refused': { refusal: Refusal; via: 'cxml' | 'oci' | 'json' | 'repost' };
  login: { transmission: Transmission };
  /** The payload is stored; the browser will now carry it. */
  transfer: { transmission: Transmission; payload: TransferPayload };
  /** The session ended without a transfer. */
  logout: { transmission: Transmission };
  /** An order was recorded together with its events; one for each supplier. */
  order: { order: ConnectOrder };
  /** The status, payment status or tracking of an order has changed. */
  'order-changed': { order: ConnectOrder };
  /** The context of a session has changed; `before` is absent where there was none. */
  'context-changed': { context: SessionContext; before: SessionContext | undefined };
}

export type ConnectorEventName = keyof ConnectorEvents;
