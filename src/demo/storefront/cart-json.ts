import type { Cart } from '../../domain/cart/cart.js';
import { cartTotal, lineAmount } from '../../domain/cart/cart-total.js';
import { add, formatDecimal, parseDecimal, trimZeros } from '../../domain/decimal.js';

/** `/checkout/cart.json`: amounts as decimal text; quantities, which have 12 digits at most, as numbers. */
export function cartJson(cart: Cart): object {
  return {
    currency: cart.currency,
    total: cartTotal(cart.lines, cart.currency),
    items_count: Number(itemsCount(cart)),
    lines: cart.lines.map((line) => ({
      line_id: line.lineId,
      sku: line.sku,
      name: line.name,
      quantity: Number(line.quantity),
      unit_price: line.unitPrice,
      price_basis: Number(line.priceBasis),
      line_total: formatDecimal(lineAmount(line, cart.currency)),
      unit: line.unit,
    })),
    ...(cart.notices === undefined ? {} : { notices: cart.notices }),
  };
}

/** Sum of quantities, decimal text (DESIGN 6: 2 + 1 = 3). */
export function itemsCount(cart: Cart): string {
  return formatDecimal(
    trimZeros(cart.lines.reduce((sum, line) => add(sum, parseDecimal(line.quantity)), parseDecimal('0'))),
  );
}
