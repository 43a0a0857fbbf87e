import { bundlesOf } from './bundles.js';
import type { Cart } from './cart.js';
import { lineAmount } from './cart-total.js';
import { type Decimal, add, formatDecimal, parseDecimal, trimZeros } from '../decimal.js';

/** Sales of one product in one cart, for PunchFlow's `top_products`. */
export interface SoldLine {
  sku: string;
  name: string;
  /** Decimal text. */
  quantity: string;
  /** Net, in the cart's currency, decimal text. */
  revenue: string;
}

/** The products of a cart, each once: the lines whose price counts (`bundlesOf`). Promotions are no products. */
export function soldLines(cart: Pick<Cart, 'lines' | 'currency'>): SoldLine[] {
  const sold = new Map<string, { name: string; quantity: Decimal; revenue: Decimal }>();
  const bundles = bundlesOf(cart.lines);
  for (const [index, line] of cart.lines.entries()) {
    if (bundles?.counts[index] === 0 || line.kind === 'promotion') continue;
    const amount = lineAmount(line, cart.currency);
    const earlier = sold.get(line.sku);
    const quantity = parseDecimal(line.quantity);
    sold.set(
      line.sku,
      earlier === undefined
        ? { name: line.name, quantity, revenue: amount }
        : { ...earlier, quantity: add(earlier.quantity, quantity), revenue: add(earlier.revenue, amount) },
    );
  }
  return [...sold].map(([sku, { name, quantity, revenue }]) => ({
    sku,
    name,
    quantity: formatDecimal(trimZeros(quantity)),
    revenue: formatDecimal(revenue),
  }));
}
