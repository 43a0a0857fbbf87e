import type { ConnectionSettings } from '../../../domain/access/connection.js';
import type { DecimalText } from '../../../domain/decimal.js';
import type { MappedCart } from '../../../domain/mapping/mapping.js';
import type { PartyAddress, PartyCredential } from '../../../domain/transmission/setup-request.js';

/** Everything that goes into a PunchOutOrderMessage. */
export interface OrderMessageInput {
  /** `…@host`, see `newPayloadId`; the same on every retry (cxml.md 1.5). */
  payloadId: string;
  at: Date;
  /** Language of the document (BCP 47); the texts have the cart's language. */
  language: string;
  /** From the request. */
  deploymentMode: 'production' | 'test';
  /**
   * Parties as they appear in the message: the caller has already swapped them against the request (cxml.md 7). An
   * empty `from` means the supplier.
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
  /** Includes the fields of the connection's mapping, if it was applied. */
  cart: MappedCart;
  /** The shop posted the cart as a document: parts that an ordinary cart lacks are written unchanged. */
  given?: boolean;
  /** From the shop, else from the call-up. */
  shipTo?: PartyAddress;
  supplierOrderInfo?: { orderId: string };
  settings: Pick<ConnectionSettings, 'units' | 'defaultClassification' | 'cxml'>;
  /** The session ended without a change: Status 204 and no lines (cxml.md 7). */
  unchanged?: boolean;
}

/** A written message with its totals. */
export interface WrittenOrderMessage {
  document: string;
  /** Total: the sum of the written lines, without shipping and tax. */
  total: DecimalText;
  linesCount: number;
  /** Sum of the quantities of the lines that count towards the total. */
  itemsCount: DecimalText;
}
