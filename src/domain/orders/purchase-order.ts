import type { DecimalText } from '../decimal.js';
import type { PartyAddress } from '../transmission/setup-request.js';

export const PURCHASE_ORDER_KINDS = ['new', 'update', 'delete'] as const;
export type PurchaseOrderKind = (typeof PURCHASE_ORDER_KINDS)[number];

/** What a buyer's purchase order says. */
export interface PurchaseOrder {
  /** The buyer's number. */
  orderId: string;
  /** As written. */
  orderDate?: string;
  kind: PurchaseOrderKind;
  total?: { amount: DecimalText; currency: string };
  shipTo?: PartyAddress;
  billTo?: PartyAddress;
  shipping?: DecimalText;
  /** What may name the cart that it came from: our order number in it, and ids of documents that it refers to. */
  references: string[];
  lines: PurchaseLine[];
}

/** A line of a purchase order, or of a cart that was sent. */
export interface PurchaseLine {
  lineNumber?: string;
  supplierPartId: string;
  auxiliaryId?: string;
  quantity: DecimalText;
  unitPrice?: { amount: DecimalText; currency: string };
  /** How many units `unitPrice` buys; '1' where absent. */
  priceBasis?: DecimalText;
  unit?: string;
  /** Of the whole line. */
  tax?: DecimalText;
}

/** One way in which an order is not the cart that was sent. */
export interface OrderMismatch {
  kind: 'price' | 'currency' | 'quantity' | 'added' | 'missing';
  supplierPartId: string;
  /** Of the order; absent for a missing line. */
  lineNumber?: string;
  sent?: string;
  ordered?: string;
}

/** `unmatched`: it came from no punchout that we know. */
export type OrderVerdict = 'matched' | 'mismatch' | 'unmatched';

/** One document of a purchase order, as it is kept. */
export interface KeptOrder {
  tenantId: string;
  connectionId: string;
  payloadId: string;
  /** SHA-256 (hex) of what the document says, without its envelope. */
  digest: string;
  /** 1 for the first document with this order number, and so on. */
  version: number;
  order: PurchaseOrder;
  transmissionId?: string;
  verdict: OrderVerdict;
  mismatches: OrderMismatch[];
  attachments: OrderAttachment[];
  receivedAt: Date;
  /** The shop's number of it, where it was placed there. */
  storeNumber?: string;
  /** Why the shop would not have it. */
  storeRefusal?: string;
}

export interface OrderAttachment {
  name: string;
  contentType: string;
  /** Bytes. */
  size: number;
}
