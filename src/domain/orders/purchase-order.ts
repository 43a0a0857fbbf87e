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
  total?: OrderMoney;
  shipTo?: PartyAddress;
  billTo?: PartyAddress;
  shipping?: DecimalText;
  tax?: DecimalText;
  /** What may name the cart that it came from: our order number in it, and ids of documents that it refers to. */
  references: string[];
  lines: PurchaseLine[];
}

export interface OrderMoney {
  amount: DecimalText;
  /** ISO 4217, in capitals; '' where the document names none. */
  currency: string;
}

/** A line of a purchase order, or of a cart that was sent. */
export interface PurchaseLine {
  lineNumber?: string;
  /** '' where the order names none. */
  supplierPartId: string;
  auxiliaryId?: string;
  quantity: DecimalText;
  unitPrice?: OrderMoney;
  /** How many units `unitPrice` buys; '1' where absent. */
  priceBasis?: DecimalText;
  /** How many price units are in one `unit`; 1 where absent. */
  conversionFactor?: DecimalText;
  unit?: string;
  /** Unit that the price is for; `unit` where absent. */
  priceUnit?: string;
  /** Of the whole line. */
  tax?: DecimalText;
  /** Of the whole line. */
  shipping?: DecimalText;
  /** `lineNumber` of the bundle that this line is part of. */
  parentLineNumber?: string;
  /** The head of a bundle. */
  isBundle?: boolean;
  /** Where the price of a bundle is: `groupLevel` at its head, `itemLevel` at its parts. */
  pricedAt?: 'groupLevel' | 'itemLevel';
}

/** A cart as it was sent. */
export interface SentLines {
  lines: PurchaseLine[];
  /** Without tax and shipping. */
  total?: OrderMoney;
}

export const MISMATCH_KINDS = [
  'price',
  'currency',
  'quantity',
  'unit',
  'total',
  'added',
  'missing',
  'unidentified',
] as const;

/** One way in which an order is not the cart that was sent. */
export interface OrderMismatch {
  /** `unidentified`: the line names no article. `total`: of the order as a whole. */
  kind: (typeof MISMATCH_KINDS)[number];
  /** '' for the order as a whole, and for a line without one. */
  supplierPartId: string;
  /** Of the order; absent for a missing line and for the order as a whole. */
  lineNumber?: string;
  /**
   * For mismatches of the Total: whether it was compared with the total of the cart that was sent, or with the sum of
   * the order's own lines.
   */
  comparedWith?: 'cart' | 'lines';
  /** Of quantities in different units: the two units. */
  units?: { sent: string; ordered: string };
  sent?: string;
  ordered?: string;
}

/** `unmatched`: it came from no punchout that we know. */
export type OrderVerdict = 'matched' | 'mismatch' | 'unmatched';

/** One document of a purchase order, as it is kept. */
export interface KeptOrder {
  tenantId: string;
  connectionId: string;
  /** '' where the document names none. */
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
  /** Of its content, in hex; absent where an earlier version kept it. */
  sha256?: string;
}

/** What is different, in words. */
export function mismatchText({
  kind,
  supplierPartId,
  lineNumber,
  comparedWith,
  units,
  sent,
  ordered,
}: OrderMismatch): string {
  const said = (value = 'none', unit?: string): string => (unit === undefined ? value : `${value} ${unit}`);
  const difference = `${kind} ${said(ordered, units?.ordered)} in place of ${said(sent, units?.sent)}`;
  if (comparedWith === 'cart')
    return `the order's ${difference}, the total of the cart (both without tax and shipping)`;
  if (comparedWith === 'lines' && kind === 'total') return `the order's ${difference}, the sum of its own lines`;
  if (comparedWith === 'lines') return `the order's total has the ${difference}, that of its lines`;
  const number = lineNumber === undefined ? [] : [`line ${lineNumber}`];
  const line = [...number, ...(supplierPartId === '' ? [] : [`article ${supplierPartId}`])].join(', ') || 'a line';
  if (kind === 'unidentified') return `${line} has no SupplierPartID`;
  return kind === 'added' || kind === 'missing' ? `${line} is ${kind}` : `${line}: ${difference}`;
}
