import type { Cart, CartCharge, CartLine } from '../../domain/cart/cart.js';
import { CURRENCY_CODE } from '../../domain/currency.js';
import { accept, type Outcome, refuse } from '../../domain/error-codes.js';
import { readDecimal } from '../../domain/read-decimal.js';
import type { CxmlCharge, CxmlOrderLine, CxmlOrderMessage } from './cxml-document.js';

/** What a foreign order message says of a cart; its buyer's language where a description names one. */
export type MessageCart = Pick<Cart, 'currency' | 'lines' | 'shipping' | 'tax'> & { language?: string };

/**
 * The lines of a PunchOutOrderMessage as lines of a cart, with the one currency they have. Line and part numbers stand in for missing
 * names, UNIT defaults to EA, a classification may be missing: what the DTD demands is added when the cart is written.
 * Refuses INVALID_REQUEST (details: line, field) for a quantity of 0 and for currencies that differ.
 */
export function cartOfOrderMessage(message: CxmlOrderMessage): Outcome<MessageCart> {
  const currency = (message.lines[0]?.unitPrice.currency ?? message.total?.currency ?? '').toUpperCase();
  if (!CURRENCY_CODE.test(currency)) return refuse('INVALID_REQUEST', 'The cart names no currency.', { field: 'currency' });
  const lines: CartLine[] = [];
  for (const [index, line] of message.lines.entries()) {
    if (line.unitPrice.currency.toUpperCase() !== currency) return refuse('INVALID_REQUEST', `Line ${index + 1}: its currency differs from that of the lines before.`, { line: index + 1, field: 'currency' });
    if (!/[1-9]/.test(line.quantity)) return refuse('INVALID_REQUEST', `Line ${index + 1}: its quantity is 0.`, { line: index + 1, field: 'quantity' });
    lines.push(cartLine(line, index));
  }
  const language = message.lines.flatMap(({ descriptions }) => descriptions.flatMap((description) => description.language ?? [])).at(0);
  return accept({ currency, lines, shipping: charge(message.shipping), tax: charge(message.tax), ...(language === undefined ? {} : { language }) });
}

function cartLine(line: CxmlOrderLine, index: number): CartLine {
  const { shortName, text } = line.descriptions[0] ?? {};
  const days = Number(readDecimal(line.leadTime) ?? Number.NaN);
  return {
    lineId: line.lineNumber ?? String(index + 1),
    kind: line.itemType === 'composite' ? 'bundle' : line.unitPrice.amount.startsWith('-') ? 'promotion' : 'product',
    parentLineId: line.parentLineNumber,
    sku: line.supplierPartId,
    productKey: line.supplierPartId,
    auxiliaryId: line.auxiliaryId ?? '',
    quantity: line.quantity,
    unitPrice: line.unitPrice.amount,
    priceBasis: line.priceBasis?.quantity ?? '1',
    unit: line.unit ?? 'EA',
    name: shortName ?? text ?? line.supplierPartId,
    description: shortName === undefined ? undefined : text,
    classifications: [...line.classifications],
    manufacturerPartId: line.manufacturerPartId,
    manufacturerName: line.manufacturerName,
    url: line.url,
    leadTimeDays: Number.isFinite(days) ? days : undefined,
    taxAmount: line.tax?.amount,
    customFields: Object.fromEntries(line.extrinsics.map(({ name, value }) => [name, value])),
  };
}

function charge(given: CxmlCharge | undefined): CartCharge | undefined {
  return given === undefined ? undefined : { amount: given.amount, description: given.description ?? '' };
}
