import type { ConnectionSettings } from '../../../domain/access/connection.js';
import type { DecimalText } from '../../../domain/decimal.js';
import type { MappedCart } from '../../../domain/mapping/mapping.js';
import type { PartyAddress, PartyCredential } from '../../../domain/transmission/setup-request.js';

/** All that goes into a PunchOutOrderMessage. */
export interface OrderMessageInput {
  /** `…@host`, see `newPayloadId`; the same on every retry (cxml.md 1.5). */
  payloadId: string;
  at: Date;
  /** BCP 47 of the document; the texts carry the cart's own. */
  language: string;
  /** The request's. */
  deploymentMode: 'production' | 'test';
  /**
   * Parties as they stand in the message: swapped against the request by the caller (cxml.md 7). `from` empty: the
   * supplier.
   */
  from: PartyCredential[];
  to: PartyCredential[];
  /** Product and version. */
  userAgent: string;
  /** Returned byte for byte. */
  buyerCookie: string;
  /** What later sessions may do with these lines (cxml.md 6). */
  operationAllowed: 'create' | 'inspect' | 'edit';
  /** payloadID of the call-up. */
  inReplyTo?: string;
  /** With what the connection's mapping adds, if it was applied. */
  cart: MappedCart;
  /** The shop posted the cart as a document: what it holds beyond an ordinary cart is written as it was. */
  given?: boolean;
  /** The shop's, else the call-up's. */
  shipTo?: PartyAddress;
  supplierOrderInfo?: { orderId: string };
  settings: Pick<ConnectionSettings, 'units' | 'defaultClassification' | 'cxml'>;
  /** The session ended and nothing changes: Status 204 and no lines (cxml.md 7). */
  unchanged?: boolean;
}

/** A message and what it says in numbers. */
export interface WrittenOrderMessage {
  document: string;
  /** Total: the sum of the emitted lines, without shipping and tax. */
  total: DecimalText;
  linesCount: number;
  /** Sum of the quantities of the lines that count towards the total. */
  itemsCount: DecimalText;
}
