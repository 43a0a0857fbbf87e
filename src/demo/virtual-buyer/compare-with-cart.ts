import { compareOrder } from '../../domain/orders/compare-order.js';
import { pairLines } from '../../domain/orders/pair-lines.js';
import type { OrderMismatch, OrderMoney, PurchaseLine } from '../../domain/orders/purchase-order.js';
import { TRANSFER_LIMITS } from '../../protocols/cxml/cxml-document.js';
import { linesOfPayload } from '../../protocols/cxml/lines-of-payload.js';
import { parseCxml } from '../../protocols/cxml/parse-cxml.js';

type Kind = OrderMismatch['kind'];

interface Side {
  quantity: string;
  unit?: string | undefined;
  price?: OrderMoney | undefined;
  priceBasis?: string | undefined;
}

/** A line of the order beside its line of the cart. */
export interface ComparedLine {
  /** Article number; '' where the order names none. */
  article: string;
  /** Absent for a line that was not in the cart. */
  sent?: Side | undefined;
  /** Absent for a line that was not ordered. */
  ordered?: Side | undefined;
  differences: Kind[];
}

export interface OrderComparison {
  lines: ComparedLine[];
  /** Differences of the order as a whole. */
  whole: OrderMismatch[];
}

/** Compares two cXML documents by the rules of the shop: the cart that came back, and the order for it. */
export function compareWithCart(cartDocument: string, orderDocument: string): OrderComparison {
  const sent = linesOfPayload({ kind: 'cxml', fields: [{ name: 'cxml-urlencoded', value: cartDocument }] });
  const parsed = parseCxml(orderDocument, undefined, TRANSFER_LIMITS);
  if (sent === undefined || !parsed.ok || parsed.value.kind !== 'OrderRequest') return { lines: [], whole: [] };
  const { order } = parsed.value;
  const mismatches = compareOrder(order, sent);
  const { ordered, cart, pairs } = pairLines(order.lines, sent.lines);
  const taken = new Set(pairs.values());
  const kindsOf = ({ supplierPartId, lineNumber }: PurchaseLine): Kind[] =>
    kinds(mismatches.filter((one) => one.supplierPartId === supplierPartId && one.lineNumber === lineNumber));
  return {
    lines: [
      ...ordered.map((one) => ({
        article: one.line.supplierPartId,
        sent: sideOf(pairs.get(one)?.line),
        ordered: sideOf(one.line),
        differences: kindsOf(one.line),
      })),
      ...cart
        .filter((was) => !taken.has(was))
        .map(({ line }) => ({
          article: line.supplierPartId,
          sent: sideOf(line),
          differences: kindsOf({ ...line, lineNumber: undefined }),
        })),
    ],
    whole: mismatches.filter(({ kind, comparedWith }) => kind === 'total' || comparedWith !== undefined),
  };
}

function kinds(mismatches: readonly OrderMismatch[]): Kind[] {
  return [...new Set(mismatches.map(({ kind }) => kind))];
}

function sideOf(line: PurchaseLine | undefined): Side | undefined {
  if (line === undefined) return undefined;
  const { quantity, unit, unitPrice, priceBasis } = line;
  return { quantity, unit, price: unitPrice, priceBasis };
}
