import type { CxmlVersion, ConnectionSettings } from '../../../domain/access/connection.js';
import { bundlesOf, type Bundles } from '../../../domain/cart/bundles.js';
import type { CartLine } from '../../../domain/cart/cart.js';
import { cartTotal, lineAmount, pricePerBasis, type PricedLine } from '../../../domain/cart/cart-total.js';
import { currencyDigits } from '../../../domain/currency.js';
import {
  add,
  type Decimal,
  type DecimalText,
  formatDecimal,
  isDecimalText,
  parseDecimal,
  trimZeros,
  compare,
  divide,
  multiply,
  round,
} from '../../../domain/decimal.js';
import { accept, type Outcome, refuse } from '../../../domain/error-codes.js';
import type { MappedCart, MappedLine } from '../../../domain/mapping/mapping.js';
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

/** Checked lines, ready to be written, with their sums. */
export interface OrderLines {
  lines: readonly MappedLine[];
  /** Attributes of each line, without the quantity. Set only if there are bundles or line numbers. */
  attributes: readonly string[] | undefined;
  /** 1 for a line that is written at price 0 because its parts have the price. Set only if there are bundles. */
  isPricedAtParts: Uint8Array | undefined;
  total: DecimalText;
  itemsCount: DecimalText;
}

/**
 * Chooses the lines that the DTD version can hold, and adds them up. Before 1.2.036 there are no parts: of a bundle
 * only the lines whose price counts are written. Refuses with CART_NOT_ENCODABLE a line that cannot be written, and
 * names it. Also refuses if the written lines do not add up to the total of the cart, so that no amount is ever lost.
 */
export function orderLines(cart: MappedCart, version: CxmlVersion): Outcome<OrderLines> {
  const all = bundlesOf(cart.lines);
  const lines =
    version === '1.2.014' && all !== undefined ? cart.lines.filter((_, index) => all.counts[index] === 1) : cart.lines;
  const bundles = version === '1.2.014' ? undefined : all;
  let total: Decimal = { units: 0n, scale: currencyDigits(cart.currency) };
  let itemsCount: Decimal = { units: 0n, scale: 0 };
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as MappedLine;
    const fault = faultOf(line, cart.currency, version);
    if (fault !== undefined)
      return refuse('CART_NOT_ENCODABLE', `Line ${line.sku.slice(0, 60)}: ${fault}`, {
        line: line.lineId,
        sku: line.sku,
      });
    if (bundles?.counts[index] === 0) continue;
    total = add(total, lineAmount(line, cart.currency));
    itemsCount = add(itemsCount, parseDecimal(line.quantity));
  }
  const sum = formatDecimal(total);
  // Where all lines are written, it is the same sum.
  if (lines !== cart.lines && sum !== cartTotal(cart.lines, cart.currency))
    return refuse('CART_NOT_ENCODABLE', 'The lines that can be written do not add up to the total of the cart.', {
      field: 'Total',
    });
  return accept({
    lines,
    attributes: version === '1.2.014' ? numbersOnly(lines) : lineAttributes(lines, bundles),
    isPricedAtParts: bundles?.hasParts.map((has, index) =>
      has === 1 && lines[index]?.pricedAt === 'itemLevel' ? 1 : 0,
    ),
    total: sum,
    itemsCount: formatDecimal(trimZeros(itemsCount)),
  });
}

function faultOf(line: CartLine, currency: string, version: CxmlVersion): string | undefined {
  const { conversionFactor = '1', shipping, tax } = line;
  if (line.sku.trim() === '') return 'it has no article number';
  if (!isDecimalText(line.quantity) || line.quantity.startsWith('-'))
    return 'its quantity is not a decimal number of 0 or more';
  if (!isDecimalText(line.unitPrice)) return 'its price is not a decimal number';
  if (shipping !== undefined && !isDecimalText(shipping.amount)) return 'its shipping is not a decimal number';
  if (tax !== undefined && !isDecimalText(tax.amount)) return 'its tax is not a decimal number';
  if (line.priceBasis === '1' && conversionFactor === '1') return undefined;
  if (!isAboveZero(line.priceBasis)) return 'its price basis is not a decimal number above 0';
  if (!isAboveZero(conversionFactor)) return 'its conversion factor is not a decimal number above 0';
  if (version === '1.2.014' && pricePerUnit(line, currency) === undefined) {
    return (
      `its price for ${line.priceBasis} units cannot be written for one unit, ` +
      `and DTD ${version} has no price basis`
    );
  }
  return undefined;
}

function isAboveZero(text: string): boolean {
  return isDecimalText(text) && !text.startsWith('-') && /[1-9]/.test(text);
}

/** Line numbers, if the shop set any. They have no meaning in a cart (cxml.md 7), but the shop may need them. */
function numbersOnly(lines: readonly CartLine[]): string[] | undefined {
  if (!lines.some(({ lineNumber }) => lineNumber !== undefined)) return undefined;
  return lineNumbers(lines).map((number) => ` lineNumber="${number}"`);
}

/** A line with parts is a composite, whatever its kind. A bundle without parts is one too. */
function lineAttributes(lines: readonly CartLine[], bundles: Bundles | undefined): string[] | undefined {
  if (bundles === undefined && !lines.some(({ kind }) => kind === 'bundle')) return numbersOnly(lines);
  const numbers = lineNumbers(lines);
  return lines.map(({ kind, pricedAt }, index) => {
    const parent = bundles?.parents[index];
    const hasParts = bundles?.hasParts[index] === 1;
    const type =
      hasParts || kind === 'bundle'
        ? ` itemType="composite" compositeItemType="${hasParts && pricedAt === 'itemLevel' ? pricedAt : 'groupLevel'}"`
        : parent === undefined
          ? ''
          : ' itemType="item"';
    const under = parent === undefined ? '' : ` parentLineNumber="${numbers[parent]}"`;
    return ` lineNumber="${numbers[index]}"${under}${type}`;
  });
}

/** Line numbers of the shop that are sent unchanged. */
export const LINE_NUMBER = /^[1-9]\d{0,9}$/;

/** The shop's line numbers if they are numbers and unique; else the position from 1, or the next free number. */
function lineNumbers(lines: readonly CartLine[]): string[] {
  const given = new Set<string>();
  for (const { lineNumber } of lines) if (lineNumber !== undefined) given.add(lineNumber);
  if (given.size === 0) return lines.map((_, index) => String(index + 1));
  const used = new Set<string>();
  let next = 1;
  return lines.map(({ lineNumber }) => {
    let number = lineNumber;
    if (number === undefined || !LINE_NUMBER.test(number) || used.has(number)) {
      while (given.has(String(next)) || used.has(String(next))) next += 1;
      number = String(next);
    }
    used.add(number);
    return number;
  });
}

/** Maximum number of digits after the decimal point in decimal text. */
const MOST_DIGITS = 30;

/**
 * The price of one order unit, for documents without a price basis: exact if decimal digits can express it, else with
 * the fewest digits that give the same line amount. Undefined if no number of digits does; the line then cannot be
 * written.
 */
export function pricePerUnit(line: PricedLine, currency: string): DecimalText | undefined {
  const price = pricePerBasis(line);
  const basis = parseDecimal(line.priceBasis);
  const fewestDigits = Math.max(currencyDigits(currency), trimZeros(price).scale);
  const finest = divide(price, basis, MOST_DIGITS);
  if (compare(multiply(finest, basis), price) === 0) {
    const exact = trimZeros(finest);
    return writable(formatDecimal(round(exact, Math.max(exact.scale, currencyDigits(currency)))));
  }
  const target = lineAmount(line, currency);
  for (let digits = fewestDigits; digits <= MOST_DIGITS; digits += 1) {
    const unitPrice = writable(formatDecimal(divide(price, basis, digits)));
    if (unitPrice === undefined) return undefined;
    if (compare(lineAmount({ quantity: line.quantity, unitPrice, priceBasis: '1' }, currency), target) === 0)
      return unitPrice;
  }
  return undefined;
}

/** A product of two long numbers may be too long for decimal text. */
function writable(text: DecimalText): DecimalText | undefined {
  return isDecimalText(text) ? text : undefined;
}
