import { compare, type Decimal, multiply, parseDecimal, add, divide, formatDecimal, round } from '../decimal.js';
import { isPriceWithin, isTolerant, type OrderTolerance } from './order-tolerance.js';
import { pairLines, costs, type RankedLine, rankLines } from './pair-lines.js';
import type { OrderMismatch, PurchaseLine, PurchaseOrder, SentLines, OrderMoney } from './purchase-order.js';
import { orderedUnits } from '../cart/cart-total.js';
import { currencyDigits } from '../currency.js';

/** The fields of an order that are compared. */
type Ordered = Pick<PurchaseOrder, 'lines' | 'total' | 'tax' | 'shipping'>;
type Difference = Pick<OrderMismatch, 'kind' | 'units' | 'sent' | 'ordered'>;
/** The shop's unit to the buyer's, from the connection. */
type Units = Readonly<Record<string, string>>;

const ONE: Decimal = { units: 1n, scale: 0 };

/** A line of an order beside the line of the cart that it pairs with; one of the two is absent where nothing pairs. */
export interface LineBesideLine {
  ordered?: PurchaseLine;
  sent?: PurchaseLine;
  mismatches: OrderMismatch[];
}

export interface OrderBesideCart {
  /** In the order of the purchase order; then the lines of the cart that were not ordered. */
  lines: LineBesideLine[];
  /** Of the order as a whole. */
  whole: OrderMismatch[];
}

/**
 * Compares an order with the cart that was sent: units, prices per unit, quantities, added and missing lines, and the
 * total. An order may leave out units. Each line of the order, including parts of bundles, must be a line of the sent
 * document: the order's own statements about bundles make no unknown line free. A cart that was sent without its parts
 * (DTD 1.2.014) does not contain them, so they are `added`. Each line of the cart must be ordered, except the head of a
 * bundle that is priced at its parts: the parts may be ordered as plain lines.
 */
export function compareOrder(
  order: Ordered,
  sent: SentLines,
  units: Units = {},
  tolerance: OrderTolerance = {},
): OrderMismatch[] {
  return mismatchesOf(orderBesideCart(order, sent, units, tolerance));
}

/**
 * Faults of an order without a cart to compare it with: lines that name no article, and a Total that is not the sum of
 * its lines.
 */
export function faultsOfOrder(order: Ordered): OrderMismatch[] {
  return mismatchesOf(orderBesideCart(order, undefined));
}

export function mismatchesOf({ lines, whole }: OrderBesideCart): OrderMismatch[] {
  return [...lines.flatMap(({ mismatches }) => mismatches), ...whole];
}

/**
 * The comparison of `compareOrder`, line by line; of `faultsOfOrder` where there is no cart. If a difference was
 * tolerated, the totals of order and cart differ by it and are not compared.
 */
export function orderBesideCart(
  order: Ordered,
  sent: SentLines | undefined,
  units: Units = {},
  tolerance: OrderTolerance = {},
): OrderBesideCart {
  const compared = besideCart(order, sent, units, tolerance);
  if (sent === undefined || !isTolerant(tolerance)) return compared;
  const strict = besideCart(order, sent, units, {});
  const differing = ({ lines }: OrderBesideCart): number => lines.flatMap(({ mismatches }) => mismatches).length;
  if (differing(strict) === differing(compared)) return compared;
  return { ...compared, whole: compared.whole.filter(({ comparedWith }) => comparedWith !== 'cart') };
}

function besideCart(
  order: Ordered,
  sent: SentLines | undefined,
  units: Units,
  tolerance: OrderTolerance,
): OrderBesideCart {
  if (sent === undefined) {
    const lines = order.lines.map((ordered) => ({
      ordered,
      mismatches: ordered.supplierPartId === '' ? [unidentified(ordered)] : [],
    }));
    return { lines, whole: [...totalMismatches(order, pricedOf(rankLines(order.lines)), undefined)] };
  }
  const { ordered, cart, pairs } = pairLines(order.lines, sent.lines);
  const taken = new Set(pairs.values());
  const lines = ordered.map((one): LineBesideLine => {
    const was = pairs.get(one);
    const name = nameOf(one.line);
    const mismatches: OrderMismatch[] = [];
    if (name.supplierPartId === '') mismatches.push(unidentified(one.line));
    else if (was === undefined) mismatches.push({ kind: 'added', ...name, ordered: one.line.quantity });
    if (was === undefined) return { ordered: one.line, mismatches };
    for (const difference of differences(one, was, units, tolerance)) mismatches.push({ ...difference, ...name });
    // Without a Total it is unknown whether the head's price includes the price of a part that is a plain line here.
    if (order.total === undefined && isUnbundled(one) && !one.hasPrice && costs(one.line)) {
      mismatches.push({ kind: 'price', ...name, sent: '0', ordered: one.line.unitPrice?.amount });
    }
    return { ordered: one.line, sent: was.line, mismatches };
  });
  for (const was of cart) {
    if (taken.has(was)) continue;
    const { supplierPartId, quantity } = was.line;
    lines.push({
      sent: was.line,
      mismatches:
        tolerance.fewerPieces === true || isHeadPricedAtParts(was)
          ? []
          : [{ kind: 'missing', supplierPartId, sent: quantity }],
    });
  }
  return { lines, whole: [...totalMismatches(order, pricedOf(ordered), sent.total)] };
}

function isUnbundled({ head, parts }: RankedLine): boolean {
  return head === undefined && parts.length === 0;
}

/** The line costs nothing, and is no part of a bundle whose head has the price. */
function isHeadPricedAtParts({ included, hasPrice }: RankedLine): boolean {
  return !included && !hasPrice;
}

function* differences(
  one: RankedLine,
  other: RankedLine,
  units: Units,
  tolerance: OrderTolerance,
): Generator<Difference> {
  const [line, was] = [one.line, other.line];
  const sameUnit = line.unit === undefined || was.unit === undefined || isSameUnit(line.unit, was.unit, units);
  if (!sameUnit) yield { kind: 'unit', sent: was.unit, ordered: line.unit };
  // The units differ, but both prices are for the same unit: compare in that unit.
  const inPriceUnits = !sameUnit && isSameUnit(priceUnitOf(line), priceUnitOf(was), units);
  const count = ({ quantity, conversionFactor = '1' }: PurchaseLine): Decimal =>
    multiply(parseDecimal(quantity), inPriceUnits ? parseDecimal(conversionFactor) : ONE);
  const more = compare(count(line), count(was));
  if (more > 0 || (more < 0 && tolerance.fewerPieces !== true)) {
    const unitsOf = sameUnit ? undefined : { sent: was.unit ?? '', ordered: line.unit ?? '' };
    yield { kind: 'quantity', units: unitsOf, sent: was.quantity, ordered: line.quantity };
  }
  if (one.hasPrice && other.hasPrice) yield* priceDifference(line, was, inPriceUnits, tolerance);
  // Only one side has a price here. That is a difference unless the price is 0.
  else if (one.hasPrice && costs(line)) yield { kind: 'price', sent: '0', ordered: line.unitPrice?.amount };
  else if (other.hasPrice && costs(was)) yield { kind: 'price', sent: was.unitPrice?.amount, ordered: '0' };
}

function* priceDifference(
  line: PurchaseLine,
  was: PurchaseLine,
  inPriceUnits: boolean,
  tolerance: OrderTolerance,
): Generator<Difference> {
  if (was.unitPrice === undefined) return;
  const [sent, ordered] = [was.unitPrice, line.unitPrice];
  if (ordered === undefined) yield { kind: 'price', sent: sent.amount };
  else if (ordered.currency !== '' && ordered.currency !== sent.currency) {
    yield { kind: 'currency', sent: sent.currency, ordered: ordered.currency };
  } else if (isSamePrice(line, was, inPriceUnits, tolerance)) return;
  else if (isEqual(ordered.amount, sent.amount))
    yield { kind: 'price', sent: priceText(was), ordered: priceText(line) };
  else yield { kind: 'price', sent: sent.amount, ordered: ordered.amount };
}

/** a/b = c/d is compared as a*d = c*b. */
function isSamePrice(line: PurchaseLine, was: PurchaseLine, inPriceUnits: boolean, tolerance: OrderTolerance): boolean {
  const price = ({ unitPrice, conversionFactor = '1' }: PurchaseLine, { priceBasis = '1' }: PurchaseLine): Decimal => {
    const perUnit = multiply(
      parseDecimal(unitPrice?.amount ?? '0'),
      inPriceUnits ? ONE : parseDecimal(conversionFactor),
    );
    return multiply(perUnit, parseDecimal(priceBasis));
  };
  const hasBases = [line, was].every(({ priceBasis = '1' }) => parseDecimal(priceBasis).units !== 0n);
  return hasBases && isPriceWithin(price(was, line), price(line, was), tolerance);
}

/** Price with its basis: the amounts alone may be equal. */
function priceText({ unitPrice, priceBasis = '1', conversionFactor = '1' }: PurchaseLine): string {
  const factor = isEqual(conversionFactor, '1') ? '' : ` (conversion factor ${conversionFactor})`;
  return `${unitPrice?.amount ?? ''} for ${priceBasis}${factor}`;
}

function priceUnitOf({ unit = '', priceUnit = unit }: PurchaseLine): string {
  return priceUnit;
}

/** Each unit may be the shop's or the buyer's name. */
function isSameUnit(one: string, other: string, units: Units): boolean {
  const namesOf = (unit: string): string[] => {
    const asked = unit.toLowerCase();
    const mapped = Object.entries(units).filter(([shops]) => shops.toLowerCase() === asked);
    return [asked, ...mapped.map(([, buyers]) => buyers.toLowerCase())];
  };
  const names = namesOf(one);
  return namesOf(other).some((name) => names.includes(name));
}

function pricedOf(lines: readonly RankedLine[]): PurchaseLine[] {
  return lines.filter(({ hasPrice }) => hasPrice).map(({ line }) => line);
}

function unidentified(line: PurchaseLine): OrderMismatch {
  return { kind: 'unidentified', ...nameOf(line), ordered: line.quantity };
}

function nameOf({ supplierPartId, lineNumber }: PurchaseLine): Pick<OrderMismatch, 'supplierPartId' | 'lineNumber'> {
  return { supplierPartId, lineNumber };
}

function isEqual(a: string, b: string): boolean {
  return compare(parseDecimal(a), parseDecimal(b)) === 0;
}

/** Enough digits that rounding a line does not change the sum of the unrounded ones. */
const FINE = 30;

/**
 * Compares the Total of the order with the sum of its own lines and with the total of the sent cart. Both are net; a
 * Total that includes the order's own tax, shipping or both is also accepted. Nothing is compared where the order has
 * no Total, or a line has no price. `priced`: the lines whose price counts.
 */
function* totalMismatches(
  order: Pick<PurchaseOrder, 'lines' | 'total' | 'tax' | 'shipping'>,
  priced: readonly PurchaseLine[],
  cart: OrderMoney | undefined,
): Generator<OrderMismatch> {
  const { total } = order;
  if (total === undefined) return;
  const currency = total.currency || currencyOf(priced) || cart?.currency || '';
  const digits = currencyDigits(currency);
  const taxes = chargesOf(
    order.tax,
    order.lines.map(({ tax }) => tax),
  );
  const charges = sums(
    taxes,
    chargesOf(
      order.shipping,
      order.lines.map(({ shipping }) => shipping),
    ),
  );
  const isTotal = (net: Decimal): boolean => {
    const said = round(parseDecimal(total.amount), digits);
    return charges.some((charge) => compare(said, round(add(net, charge), digits)) === 0);
  };
  const own = sumsOfLines(priced, digits);
  const spoken = currencyOf(priced);
  const inLines = { supplierPartId: '', comparedWith: 'lines' } as const;
  if (own !== undefined && spoken !== '' && spoken !== currency) {
    yield { kind: 'currency', ...inLines, sent: spoken, ordered: currency };
  } else if (own !== undefined && !own.some(isTotal)) {
    yield { kind: 'total', ...inLines, sent: formatDecimal(own[0]), ordered: total.amount };
    // The cart has the same sum as the lines: this would repeat the same mismatch.
    if (cart !== undefined && compare(own[0], parseDecimal(cart.amount)) === 0) return;
  }
  if (cart === undefined || cart.currency !== currency || isTotal(parseDecimal(cart.amount))) return;
  yield { kind: 'total', supplierPartId: '', comparedWith: 'cart', sent: cart.amount, ordered: total.amount };
}

/** The single currency of the lines; '' where they name none or several. */
function currencyOf(lines: readonly PurchaseLine[]): string {
  const named = new Set(lines.flatMap(({ unitPrice }) => unitPrice?.currency || []));
  return named.size === 1 ? ([...named][0] ?? '') : '';
}

/**
 * Two sums, since buyers use both: each line rounded, and only the sum rounded. Undefined where a line has no price.
 */
function sumsOfLines(lines: readonly PurchaseLine[], digits: number): [Decimal, Decimal] | undefined {
  let rounded: Decimal = { units: 0n, scale: digits };
  let exact: Decimal = { units: 0n, scale: digits };
  if (new Set(lines.flatMap(({ unitPrice }) => unitPrice?.currency || [])).size > 1) return undefined;
  for (const { quantity, unitPrice, priceBasis = '1', conversionFactor } of lines) {
    const basis = parseDecimal(priceBasis);
    if (unitPrice === undefined || basis.units === 0n) return undefined;
    const amount = multiply(orderedUnits({ quantity, conversionFactor }), parseDecimal(unitPrice.amount));
    rounded = add(rounded, divide(amount, basis, digits));
    exact = add(exact, divide(amount, basis, FINE));
  }
  return lines.length === 0 ? undefined : [rounded, exact];
}

/** Charges that the Total may include: none, those of the header, those of the lines, or all of them. */
function chargesOf(header: string | undefined, lines: readonly (string | undefined)[]): Decimal[] {
  const nothing: Decimal = { units: 0n, scale: 0 };
  const ofLines = lines.reduce((sum, charge) => (charge === undefined ? sum : add(sum, parseDecimal(charge))), nothing);
  const ofHeader = header === undefined ? [] : [parseDecimal(header)];
  return sums([nothing, ...ofHeader], ofLines.units === 0n ? [nothing] : [nothing, ofLines]);
}

function sums(some: readonly Decimal[], others: readonly Decimal[]): Decimal[] {
  return some.flatMap((one) => others.map((other) => add(one, other)));
}
