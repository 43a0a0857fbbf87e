import type { Cart, CartCharge, CartLine, LineText } from '../../domain/cart/cart.js';
import { type Bundles, bundlesOf } from '../../domain/cart/bundles.js';
import { cartTotal } from '../../domain/cart/cart-total.js';
import { type NotCarried, noteNotCarried } from '../../domain/transmission/transfer-payload.js';
import { CURRENCY_CODE } from '../../domain/currency.js';
import { compare, parseDecimal, readDecimal } from '../../domain/decimal.js';
import { accept, type Outcome, refuse } from '../../domain/error-codes.js';
import { bundlesOfMessage, type LinePlace } from './bundles-of-message.js';
import type { CxmlCharge, CxmlDescription, CxmlOrderLine, CxmlOrderMessage, CxmlMoney } from './cxml-document.js';

/** The cart in a foreign order message, with the buyer's language if a description states one. */
export interface MessageCart {
  cart: Pick<Cart, 'currency' | 'lines' | 'shipping' | 'tax' | 'quoteStatus' | 'operationAllowed' | 'shipTo'> & {
    language?: string;
  };
  /** Parts of the message that the cart does not hold. */
  notCarried: NotCarried[];
}

/**
 * Reads the lines of a PunchOutOrderMessage as cart lines in one currency. Line and part numbers replace missing names.
 * UNIT defaults to EA. A classification may be missing: the writer adds what the DTD requires. `unchanged`: the message
 * has Status 204 and no lines, so the session ends without a change (cxml.md 7.8). Refuses INVALID_REQUEST (details:
 * line, field) for a quantity of 0, different currencies, a failure Status, and a message without lines whose Status is
 * neither 200 nor 204.
 */
export function cartOfOrderMessage(message: CxmlOrderMessage): Outcome<MessageCart | 'unchanged'> {
  const notCarried: NotCarried[] = [];
  const code = message.status?.code ?? '200';
  if (message.lines.length === 0 && code === '204') return accept('unchanged');
  if (message.lines.length === 0 ? code !== '200' : /^[45]\d\d$/.test(code)) {
    return refuse(
      'INVALID_REQUEST',
      `Status ${code.slice(0, 20)} is not that of a ` +
        `cart${message.lines.length === 0 ? ' without lines; 200 empties it, 204 leaves it as it is' : ''}.`,
      { field: 'Status' },
    );
  }
  if (code === '204')
    noteNotCarried(notCarried, {
      field: 'Status',
      reason: 'Status 204 says that nothing changes, but the message has lines: they are sent.',
    });
  const currency = (message.lines[0]?.unitPrice.currency ?? message.total?.currency ?? '').toUpperCase();
  if (!CURRENCY_CODE.test(currency))
    return refuse('INVALID_REQUEST', 'The cart names no currency.', { field: 'currency' });
  for (const [index, line] of message.lines.entries()) {
    if (line.unitPrice.currency.toUpperCase() !== currency)
      return refuse('INVALID_REQUEST', `Line ${index + 1}: its currency differs from that of the lines before.`, {
        line: index + 1,
        field: 'currency',
      });
    if (!/[1-9]/.test(line.quantity))
      return refuse('INVALID_REQUEST', `Line ${index + 1}: its quantity is 0.`, { line: index + 1, field: 'quantity' });
  }
  const language = message.lines
    .flatMap(({ descriptions }) => descriptions.flatMap((description) => description.language ?? []))
    .at(0);
  const charge = (field: string, given: CxmlCharge | undefined, line?: number): CartCharge | undefined => {
    if (given === undefined) return undefined;
    if (given.currency.toUpperCase() === currency) {
      const { amount, description = '', language: own } = given;
      return { amount, description, language: own === language ? undefined : own };
    }
    noteNotCarried(notCarried, { line, field, reason: `Its currency is not ${currency}, the currency of the lines.` });
    return undefined;
  };
  const headers = headerOf(message, language, notCarried);
  const shipping = charge('Shipping', message.shipping);
  const tax = charge('Tax', message.tax);
  const places = bundlesOfMessage(message.lines);
  const lines = places.map((place, index) => {
    const line = message.lines[index] as CxmlOrderLine;
    return cartLine(
      line,
      place,
      index,
      language,
      charge('Shipping', line.shipping, index + 1),
      charge('Tax', line.tax, index + 1),
    );
  });
  settleByTotal(lines, places, message.total, currency, notCarried);
  const bundles = bundlesOf(lines);
  for (const [index, place] of places.entries())
    noteLine(message.lines[index] as CxmlOrderLine, lines[index] as CartLine, place, bundles, index, notCarried);
  noteTotal(message.total, lines, currency, notCarried);
  return accept({ cart: { currency, lines, shipping, tax, language, ...headers }, notCarried });
}

function headerOf(
  { operationAllowed, quoteStatus, shipTo, shipToLanguage, unread = [] }: CxmlOrderMessage,
  language: string | undefined,
  notCarried: NotCarried[],
): Pick<Cart, 'operationAllowed' | 'quoteStatus' | 'shipTo'> {
  const operation = (['create', 'inspect', 'edit'] as const).find((known) => known === operationAllowed);
  const quote = (['pending', 'final'] as const).find((known) => known === quoteStatus);
  if (operationAllowed !== undefined && operation === undefined)
    noteNotCarried(notCarried, { field: 'operationAllowed', reason: 'It is not create, inspect or edit.' });
  if (quoteStatus !== undefined && quote === undefined)
    noteNotCarried(notCarried, { field: 'quoteStatus', reason: 'It is neither pending nor final.' });
  for (const field of unread) {
    const reason = field.endsWith('/SupplierOrderInfo')
      ? 'Our own order number is sent: it links an order to the session.'
      : 'A cart cannot hold it.';
    noteNotCarried(notCarried, { field, reason });
  }
  // The number was in a part that is not kept. That part is listed as unread.
  return {
    operationAllowed: operation,
    quoteStatus: quote,
    shipTo:
      shipTo === undefined
        ? undefined
        : { ...shipTo, phone: undefined, nameLanguage: shipToLanguage === language ? undefined : shipToLanguage },
  };
}

function cartLine(
  line: CxmlOrderLine,
  place: LinePlace,
  index: number,
  language: string | undefined,
  shipping: CartCharge | undefined,
  tax: CartCharge | undefined,
): CartLine {
  const first = line.descriptions.find(({ shortName, text }) => shortName !== undefined || text !== undefined);
  const { shortName, text } = first ?? {};
  return {
    lineId: place.lineId,
    lineNumber: place.lineNumber,
    kind: place.isGroup ? 'bundle' : line.unitPrice.amount.startsWith('-') ? 'promotion' : 'product',
    parentLineId: place.parentLineId,
    pricedAt: place.pricedAt,
    sku: line.supplierPartId,
    productKey: line.supplierPartId,
    auxiliaryId: line.auxiliaryId ?? '',
    quantity: line.quantity,
    unitPrice: line.unitPrice.amount,
    priceBasis: line.priceBasis?.quantity ?? '1',
    conversionFactor: line.priceBasis?.conversionFactor,
    priceUnit: line.priceBasis?.unit === line.unit ? undefined : line.priceBasis?.unit,
    unit: line.unit ?? 'EA',
    name: shortName ?? text ?? line.supplierPartId,
    description: shortName === undefined ? undefined : text,
    textLanguages: foreignLanguage(first?.language, language),
    texts: line.descriptions.length > 1 ? furtherTexts(line.descriptions, first) : undefined,
    classifications: [...line.classifications],
    manufacturerPartId: line.manufacturerPartId,
    manufacturerName: line.manufacturerName,
    url: line.url,
    leadTimeDays: daysOf(line.leadTime),
    buyerPartId: line.buyerPartId,
    references: line.references === undefined ? undefined : [...line.references],
    shipping,
    tax,
    taxAmount: tax?.amount,
    customFields: Object.fromEntries(line.extrinsics.map(({ name, value }) => [name, value])),
  };
}

function foreignLanguage(own: string | undefined, cart: string | undefined): CartLine['textLanguages'] {
  return own === undefined || own === cart ? undefined : { name: own, description: own };
}

function furtherTexts(descriptions: readonly CxmlDescription[], first: CxmlDescription | undefined): LineText[] {
  return descriptions.flatMap((description) => {
    const { language = '', shortName, text } = description;
    return description === first || (shortName === undefined && text === undefined)
      ? []
      : [{ language, name: shortName, description: text }];
  });
}

function daysOf(leadTime: string | undefined): number | undefined {
  const days = Number(readDecimal(leadTime) ?? Number.NaN);
  return Number.isFinite(days) && days >= 0 ? days : undefined;
}

function noteLine(
  given: CxmlOrderLine,
  line: CartLine,
  place: LinePlace,
  bundles: Bundles | undefined,
  index: number,
  notCarried: NotCarried[],
): void {
  const note = (field: string, reason: string): void => noteNotCarried(notCarried, { line: index + 1, field, reason });
  if (place.isOwnParent === true)
    note('parentLineNumber', 'It is the number of this line: it becomes a separate line.');
  else if (line.parentLineId !== undefined && bundles?.parents[index] === undefined)
    note('parentLineNumber', 'It makes the line a part of itself: it becomes a separate line.');
  else if (place.unknownParent !== undefined)
    note('parentLineNumber', `No line has the number ${place.unknownParent.slice(0, 20)}: it becomes a separate line.`);
  else if (place.looseParentId !== undefined && line.parentLineId === undefined)
    note(
      'parentLineNumber',
      'The named line is not a group (itemType "composite"): this line becomes a separate line.',
    );
  if (place.hasIdlePrice === true)
    note(
      'UnitPrice',
      bundles?.included[index] === 1
        ? 'The line is a part of a groupLevel group: the price of the group counts, its own does not.'
        : 'The line is an itemLevel group: the prices of its parts count, its own does not.',
    );
  const { itemType, compositeItemType, extrinsics, leadTime, unread = [] } = given;
  if (itemType !== undefined && itemType !== 'composite' && itemType !== 'item')
    note('itemType', 'A cart cannot hold it.');
  if (compositeItemType !== undefined && compositeItemType !== line.pricedAt)
    note(
      'compositeItemType',
      `The line is sent as ${line.pricedAt ?? 'an ordinary one'}, because that is where the prices are.`,
    );
  if (leadTime !== undefined && line.leadTimeDays === undefined) note('LeadTime', 'It is not a number of days.');
  if (extrinsics.length > 1 && new Set(extrinsics.map(({ name }) => name)).size < extrinsics.length)
    note('Extrinsic', 'Several have the same name: the last one is sent.');
  for (const field of unread) note(field, 'A cart cannot hold it.');
}

function noteTotal(
  total: CxmlOrderMessage['total'],
  lines: readonly CartLine[],
  currency: string,
  notCarried: NotCarried[],
): void {
  if (total === undefined) return;
  const sum = cartTotal(lines, currency);
  if (total.currency.toUpperCase() === currency && compare(parseDecimal(total.amount), parseDecimal(sum)) === 0) return;
  noteNotCarried(notCarried, {
    field: 'Total',
    reason:
      `The message says ${total.amount} ${total.currency.slice(0, 10)}; the sum of its lines ` +
      `is ${sum} ${currency}, which is sent.`,
  });
}

/**
 * Uses the message's Total to decide what its lines leave open, and changes `lines`:
 * - Parts of a line that is not marked as a group stand alone, unless only the other reading matches the Total.
 * - Conversion factors are applied, unless only the sum without them matches the Total. They are then left out and
 * reported. Without a Total in the currency of the lines, or if no reading matches it, the lines stay unchanged.
 */
function settleByTotal(
  lines: CartLine[],
  places: readonly LinePlace[],
  total: CxmlMoney | undefined,
  currency: string,
  notCarried: NotCarried[],
): void {
  const hasLooseParts = places.some(({ looseParentId }) => looseParentId !== undefined);
  const hasFactors = lines.some(hasFactor);
  if (total?.currency.toUpperCase() !== currency || (!hasLooseParts && !hasFactors)) return;
  const isTotal = (read: readonly CartLine[]): boolean =>
    compare(parseDecimal(cartTotal(read, currency)), parseDecimal(total.amount)) === 0;
  const grouped = (read: readonly CartLine[]): CartLine[] =>
    read.map((line, index) => ({ ...line, parentLineId: line.parentLineId ?? places[index]?.looseParentId }));
  const plain = lines.map((line) => (hasFactor(line) ? { ...line, conversionFactor: undefined } : line));
  if (isTotal(lines)) return;
  const right = [grouped(lines), plain, grouped(plain)].find(isTotal);
  if (right === undefined) return;
  for (const [index, line] of lines.entries()) {
    const settled = right[index];
    if (settled === undefined) continue;
    if (hasFactor(line) && !hasFactor(settled))
      noteNotCarried(notCarried, {
        line: index + 1,
        field: 'PriceBasisQuantity',
        reason:
          `The Total of the document says that the conversion factor ${line.conversionFactor ?? ''} is not ` +
          'applied: it is left out.',
      });
    lines[index] = settled;
  }
}

function hasFactor({ conversionFactor = '1' }: CartLine): boolean {
  return compare(parseDecimal(conversionFactor), { units: 1n, scale: 0 }) !== 0;
}
