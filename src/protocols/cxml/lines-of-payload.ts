import type { OrderMoney, PurchaseLine, SentLines } from '../../domain/orders/purchase-order.js';
import type { TransferPayload } from '../../domain/transmission/transfer-payload.js';
import { escapeTrimmedXmlText } from '../xml/escape-xml.js';
import { type CxmlMoney, type CxmlOrderLine, TRANSFER_LIMITS } from './cxml-document.js';
import { readCxmlForm } from './cxml-form.js';
import { parseCxml } from './parse-cxml.js';

/**
 * The lines of a cart that was sent as cXML. Undefined for another protocol, and for a cart without one of the
 * `articles`; a text search decides that before any parsing.
 */
export function linesOfPayload(
  { kind, fields }: Pick<TransferPayload, 'kind' | 'fields'>,
  articles: readonly string[] = [],
): SentLines | undefined {
  const form = kind === 'cxml' ? readCxmlForm(fields) : undefined;
  if (form?.ok !== true) return undefined;
  // Carts are written in pure ASCII.
  const text = typeof form.value === 'string' ? form.value : Buffer.from(form.value).toString('latin1');
  if (!articles.every((article) => text.includes(escapeTrimmedXmlText(article, true)))) return undefined;
  const parsed = parseCxml(form.value, undefined, TRANSFER_LIMITS);
  if (!parsed.ok || parsed.value.kind !== 'PunchOutOrderMessage') return undefined;
  const { lines, total } = parsed.value.message;
  return { lines: lines.map(sentLine), total: total === undefined ? undefined : moneyOf(total) };
}

function sentLine(line: CxmlOrderLine): PurchaseLine {
  const { itemType, compositeItemType, unitPrice, priceBasis } = line;
  return {
    lineNumber: line.lineNumber,
    supplierPartId: line.supplierPartId,
    auxiliaryId: line.auxiliaryId,
    quantity: line.quantity,
    unitPrice: moneyOf(unitPrice),
    priceBasis: priceBasis?.quantity,
    conversionFactor: priceBasis?.conversionFactor,
    priceUnit: priceBasis?.unit,
    unit: line.unit,
    tax: line.tax?.amount,
    parentLineNumber: line.parentLineNumber,
    isBundle: itemType === 'composite' || compositeItemType !== undefined,
    pricedAt: compositeItemType === 'groupLevel' || compositeItemType === 'itemLevel' ? compositeItemType : undefined,
  };
}

function moneyOf({ amount, currency }: CxmlMoney): OrderMoney {
  return { amount, currency: currency.toUpperCase() };
}
