import type { Cart, CartLine } from '../cart/cart.js';
import { bundlesOf } from '../cart/bundles.js';
import { isForShow } from '../cart/cart-total.js';
import { accept, type Outcome, refuse } from '../error-codes.js';
import type { PromotionRule } from './mapping.js';
import { amountOf, discountShares, type Price, priceForAmount } from './mapping-discount.js';

/**
 * Lines with their discounts as the connection wants them (architecture.md decision 8). A discount is a `promotion`
 * line with a negative price; a line whose price is included in its bundle is unchanged. A promotion line without a
 * price only shows a code (of a promotion that is already in the shipping costs): it is left out.
 * - `negative_line`: unchanged, the quantity positive and the price negative (cxml.md 7).
 * - `spread`: taken off the other lines in proportion, to the smallest unit of the currency; the total stays the same.
 * - `refuse`: CART_NOT_ENCODABLE.
 * `writable` says which prices the protocol can express; the cart is refused if a spread price cannot be expressed.
 */
export function settlePromotions(
  { lines, currency }: Pick<Cart, 'lines' | 'currency'>,
  rule: PromotionRule,
  writable: (price: Price) => boolean,
): Outcome<CartLine[]> {
  if (!lines.some((line) => line.kind === 'promotion')) return accept(lines);
  const upright = lines
    .filter((line) => !isForShow(line))
    .map((line) => (line.kind === 'promotion' ? withPositiveQuantity(line) : line));
  const bundles = bundlesOf(upright);
  const counts = (index: number): boolean => bundles?.counts[index] !== 0;
  const discounts = new Set<number>();
  let discount = 0n;
  for (const [index, line] of upright.entries()) {
    const amount = counts(index) && isDiscount(line) ? amountOf(line, currency) : undefined;
    if (amount === undefined) continue;
    discounts.add(index);
    discount -= amount;
  }
  if (discounts.size === 0 || rule === 'negative_line') return accept(upright);
  if (rule === 'refuse')
    return refuse('CART_NOT_ENCODABLE', 'The cart has a discount, and this connection takes none.', {
      field: 'promotion',
    });
  const isKept = (index: number): boolean => !discounts.has(index) && !discounts.has(bundles?.parents[index] ?? -1);
  const kept = upright.filter((_, index) => isKept(index));
  const amounts = upright.flatMap((line, index) =>
    !isKept(index) ? [] : [counts(index) && line.kind !== 'promotion' ? positive(amountOf(line, currency)) : 0n],
  );
  return spread(kept, amounts, discount, currency, writable);
}

/** `amounts`: the amount of each line of `lines`, 0 for lines that the discount must not change. */
function spread(
  lines: CartLine[],
  amounts: readonly bigint[],
  discount: bigint,
  currency: string,
  writable: (price: Price) => boolean,
): Outcome<CartLine[]> {
  if (discount > amounts.reduce((sum, amount) => sum + amount, 0n)) {
    return refuse(
      'CART_NOT_ENCODABLE',
      'The discounts of the cart are more than its articles cost, so they cannot be spread.',
      { field: 'promotion' },
    );
  }
  const shares = discountShares(amounts, discount);
  const settled: CartLine[] = [];
  for (const [place, line] of lines.entries()) {
    const share = shares[place] ?? 0n;
    if (share === 0n) {
      settled.push(line);
      continue;
    }
    const price = priceForAmount(line, (amounts[place] ?? 0n) - share, currency, writable);
    if (price === undefined) {
      return refuse(
        'CART_NOT_ENCODABLE',
        `Line ${place + 1}: its price with the discount in it cannot be written exactly.`,
        { line: place + 1, lineId: line.lineId, field: 'promotion' },
      );
    }
    // The tax from the store belongs to the old price.
    const { taxAmount: _, tax: __, ...rest } = line;
    settled.push({ ...rest, ...price });
  }
  return accept(settled);
}

/** Decided by the price: a discount of less than half the smallest unit has the amount 0. */
function isDiscount({ kind, unitPrice }: CartLine): boolean {
  return kind === 'promotion' && unitPrice.startsWith('-') && /[1-9]/.test(unitPrice);
}

/** A store may negate the quantity or the price of a discount. */
function withPositiveQuantity(line: CartLine): CartLine {
  if (!line.quantity.startsWith('-')) return line;
  return {
    ...line,
    quantity: line.quantity.slice(1),
    unitPrice: line.unitPrice.startsWith('-') ? line.unitPrice.slice(1) : `-${line.unitPrice}`,
  };
}

function positive(amount: bigint | undefined): bigint {
  return amount === undefined || amount < 0n ? 0n : amount;
}
