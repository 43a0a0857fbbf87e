import type { DecimalText } from '../decimal.js';
import type { PartyAddress } from '../transmission/setup-request.js';

export const PURCHASE_ORDER_KINDS = ['new', 'update', 'delete'] as const;
export type PurchaseOrderKind = (typeof PURCHASE_ORDER_KINDS)[number];

/** Content of a buyer's purchase order. */
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
  /** Possible names of the order's cart: our order number in it, and ids of referenced documents. */
  references: string[];
  lines: PurchaseLine[];
}

export interface OrderMoney {
  amount: DecimalText;
  /** ISO 4217, upper case; '' where the document names none. */
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
  /** Number of units that `unitPrice` buys; '1' where absent. */
  priceBasis?: DecimalText;
  /** Number of price units in one `unit`; 1 where absent. */
  conversionFactor?: DecimalText;
  unit?: string;
  /** Unit of the price; `unit` where absent. */
  priceUnit?: string;
  /** For the whole line. */
  tax?: DecimalText;
  /** For the whole line. */
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
  'expired',
] as const;

/** One difference between an order and the cart that was sent. */
export interface OrderMismatch {
  /**
   * `unidentified`: the line names no article. `total`, `expired`: for the order as a whole. `expired`: the prices were
   * offered for `sent` days, and the order came after `ordered` days.
   */
  kind: (typeof MISMATCH_KINDS)[number];
  /** '' for the order as a whole, and for a line without one. */
  supplierPartId: string;
  /** In the order; absent for a missing line and for the order as a whole. */
  lineNumber?: string;
  /**
   * For mismatches of the Total: compared with the total of the sent cart, or with the sum of the order's own lines.
   */
  comparedWith?: 'cart' | 'lines';
  /** For quantities in different units: the two units. */
  units?: { sent: string; ordered: string };
  sent?: string;
  ordered?: string;
}

/** `unmatched`: it belongs to no known punchout. */
export const ORDER_VERDICTS = ['matched', 'mismatch', 'unmatched'] as const;
export type OrderVerdict = (typeof ORDER_VERDICTS)[number];

/** One stored document of a purchase order. */
export interface KeptOrder {
  tenantId: string;
  connectionId: string;
  /** '' where the document names none. */
  payloadId: string;
  /** SHA-256 (hex) of the document's content, without its envelope. */
  digest: string;
  /** 1 for the first document with this order number, and so on. */
  version: number;
  order: PurchaseOrder;
  transmissionId?: string;
  verdict: OrderVerdict;
  mismatches: OrderMismatch[];
  attachments: OrderAttachment[];
  receivedAt: Date;
  /** The shop's number, where the order was placed there. */
  storeNumber?: string;
  /** Why the shop refused it. */
  storeRefusal?: string;
}

export interface OrderAttachment {
  name: string;
  contentType: string;
  /** Bytes. */
  size: number;
  /** Of its content, in hex; absent in data of earlier versions. */
  sha256?: string;
}

/** Describes the difference. */
export function mismatchText({
  kind,
  supplierPartId,
  lineNumber,
  comparedWith,
  units,
  sent,
  ordered,
}: OrderMismatch): string {
  if (kind === 'expired')
    return `the order came ${String(ordered)} days after the cart, whose prices were offered for ${String(sent)} days`;
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
