import { orderedUnits } from '../cart/cart-total.js';
import { currencyDigits } from '../currency.js';
import { add, compare, type Decimal, divide, formatDecimal, multiply, parseDecimal, round } from '../decimal.js';
import type { OrderMismatch, OrderMoney, PurchaseLine, PurchaseOrder } from './purchase-order.js';

/** Enough that rounding a line does not change the sum of the unrounded ones. */
const FINE = 30;

/**
 * Compares the Total of the order with the sum of its own lines and with the total of the cart that was sent. Both are
 * net; a Total that includes the order's own tax, shipping or both is right too. Nothing is compared where the order
 * has no Total, or a line has no price. `priced`: the lines whose price counts.
 */
export function* totalMismatches(
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
    // The cart has the same sum as the lines: this would be the same mismatch again.
    if (cart !== undefined && compare(own[0], parseDecimal(cart.amount)) === 0) return;
  }
  if (cart === undefined || cart.currency !== currency || isTotal(parseDecimal(cart.amount))) return;
  yield { kind: 'total', supplierPartId: '', comparedWith: 'cart', sent: cart.amount, ordered: total.amount };
}

/** The one currency of the lines; '' where they name none or several. */
function currencyOf(lines: readonly PurchaseLine[]): string {
  const named = new Set(lines.flatMap(({ unitPrice }) => unitPrice?.currency || []));
  return named.size === 1 ? ([...named][0] ?? '') : '';
}

/** Two sums, since buyers do both: each line rounded, and only the sum rounded. Undefined where a line has no price. */
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

/** Charges that the Total may include: none, that of the header, those of the lines, or all of them. */
function chargesOf(header: string | undefined, lines: readonly (string | undefined)[]): Decimal[] {
  const nothing: Decimal = { units: 0n, scale: 0 };
  const ofLines = lines.reduce((sum, charge) => (charge === undefined ? sum : add(sum, parseDecimal(charge))), nothing);
  const ofHeader = header === undefined ? [] : [parseDecimal(header)];
  return sums([nothing, ...ofHeader], ofLines.units === 0n ? [nothing] : [nothing, ofLines]);
}

function sums(some: readonly Decimal[], others: readonly Decimal[]): Decimal[] {
  return some.flatMap((one) => others.map((other) => add(one, other)));
}
