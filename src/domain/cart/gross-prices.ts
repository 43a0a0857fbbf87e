import { currencyDigits } from '../currency.js';
import { add, compare, type Decimal, formatDecimal, multiply, parseDecimal, round, trimZeros } from '../decimal.js';
import { type Outcome, accept, refuse } from '../error-codes.js';
import type { Cart, CartCharge, CartLine } from './cart.js';
import { lineAmount, orderedUnits } from './cart-total.js';

/**
 * The cart with prices that include the tax, and without amounts of tax beside them. The amount of a line is its net
 * amount and its tax, as the shop calculated them: where a price at the tax rate would give another amount, the price
 * is written for the whole quantity. Refuses CART_NOT_ENCODABLE if the shop gives neither rate nor amount of a tax.
 */
export function grossCart(cart: Cart): Outcome<Cart> {
  const { tax: _, shipping, ...rest } = cart;
  const lines: CartLine[] = [];
  for (const [index, line] of cart.lines.entries()) {
    const gross = grossLine(line, cart.currency);
    if (gross === undefined)
      return refuse(
        'CART_NOT_ENCODABLE',
        `Line ${index + 1}, ${line.sku.slice(0, 60)}: the shop gives no tax for it, so its price with tax is unknown ` +
          '(setting prices: "gross").',
        { line: index + 1, sku: line.sku, field: 'taxRate' },
      );
    lines.push(gross);
  }
  const charged = shipping === undefined ? undefined : grossShipping(shipping, cart);
  return accept({ ...rest, ...(charged === undefined ? {} : { shipping: charged }), lines });
}

/** Undefined: the tax is unknown. */
function grossLine(line: CartLine, currency: string): CartLine | undefined {
  const { taxAmount, tax: _, ...rest } = line;
  const known = taxAmount ?? line.tax?.amount;
  if (parseDecimal(line.unitPrice).units === 0n) return rest;
  const wanted = known === undefined ? undefined : add(lineAmount(line, currency), parseDecimal(known));
  if (line.taxRate !== undefined) {
    const gross = { ...rest, unitPrice: withRate(line.unitPrice, line.taxRate, currencyDigits(currency)) };
    if (wanted === undefined || compare(lineAmount(gross, currency), wanted) === 0) return gross;
  }
  if (wanted === undefined) return undefined;
  return { ...rest, unitPrice: formatDecimal(wanted), priceBasis: formatDecimal(trimZeros(orderedUnits(line))) };
}

/** Exact, with the digits of the currency at least. */
function withRate(price: string, rate: string, digits: number): string {
  const percent = add(parseDecimal('100'), parseDecimal(rate));
  const { units, scale } = multiply(parseDecimal(price), percent);
  const exact: Decimal = trimZeros({ units, scale: scale + 2 });
  return formatDecimal(exact.scale < digits ? round(exact, digits) : exact);
}

/** With what the tax of the cart is more than that of its lines; as it is where that is unknown. */
function grossShipping(shipping: CartCharge, { tax, lines }: Cart): CartCharge {
  const known = lines.map((line) => line.taxAmount ?? line.tax?.amount);
  if (tax === undefined || known.includes(undefined)) return shipping;
  const ofLines = known.reduce<Decimal>((sum, amount) => add(sum, parseDecimal(amount ?? '0')), parseDecimal('0'));
  const rest = add(parseDecimal(tax.amount), { units: -ofLines.units, scale: ofLines.scale });
  return rest.units <= 0n ? shipping : { ...shipping, amount: formatDecimal(add(parseDecimal(shipping.amount), rest)) };
}
