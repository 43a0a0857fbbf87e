import type { Cart } from './cart.js';
import type { Connection } from './connection.js';
import type { Refusal } from './error-codes.js';
import type { Transmission } from './transmission.js';
import type { TransferPayload } from './transfer-payload.js';

/** What the answering handler gets: the live session's transmission, how its buyer is configured, and the cart, read once. */
export interface ConnectorTransferEvent {
  transmission: Transmission;
  connection: Connection;
  cart: Cart;
  /** The buyer returns without changes: no lines are sent, and his system keeps what it has (RULES 7). */
  unchanged?: true;
}

/** Told to observers after the fact; they cannot veto and cannot break one another. */
export interface ConnectorEvents {
  /** A call-up was accepted. */
  setup: { transmission: Transmission };
  /** A call-up was refused. */
  'setup-refused': { refusal: Refusal; via: 'cxml' | 'oci' | 'json' };
  login: { transmission: Transmission };
  /** The payload is stored; the browser is about to carry it. */
  transfer: { transmission: Transmission; payload: TransferPayload };
  /** The session ended without a transfer. */
  logout: { transmission: Transmission };
}

export type ConnectorEventName = keyof ConnectorEvents;
