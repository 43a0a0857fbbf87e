import type { Cart, CartLine } from '../../domain/cart/cart.js';
import { accept, type Outcome, refuse } from '../../domain/error-codes.js';
import type { PromotionRule } from '../../domain/mapping/mapping.js';
import { amountOf, discountShares, type Price, priceForAmount } from '../../domain/mapping/mapping-discount.js';

/**
 * Lines with their discounts as the connection wants them (DESIGN decision 8). A discount is a `promotion` line of a negative
 * price; parts of bundles are left alone, their price is in their bundle's. One of no price at all only shows a code (a promotion on shipping costs, which
 * are what they are after it): it is left out.
 * - `negative_line`: as it is, the quantity positive and the price negative (RULES 7).
 * - `spread`: taken off the other lines in proportion, to the smallest unit of the currency; the total stays the same.
 * - `refuse`: CART_NOT_ENCODABLE.
 * `writable` says which prices the protocol can express; where a spread price is none of them the cart is refused.
 */
export function settlePromotions({ lines, currency }: Pick<Cart, 'lines' | 'currency'>, rule: PromotionRule, writable: (price: Price) => boolean): Outcome<CartLine[]> {
  if (!lines.some((line) => line.kind === 'promotion')) return accept(lines);
  const upright = lines.filter((line) => !isForShow(line)).map((line) => (line.kind === 'promotion' ? withPositiveQuantity(line) : line));
  const discounts = new Map<string, bigint>();
  for (const line of upright) {
    const amount = isDiscount(line) ? amountOf(line, currency) : undefined;
    if (amount !== undefined) discounts.set(line.lineId, -amount);
  }
  if (discounts.size === 0 || rule === 'negative_line') return accept(upright);
  if (rule === 'refuse') return refuse('CART_NOT_ENCODABLE', 'The cart has a discount, and this connection takes none.', { field: 'promotion' });
  const kept = upright.filter(({ lineId, parentLineId }) => !discounts.has(lineId) && (parentLineId === undefined || !discounts.has(parentLineId)));
  return spread(kept, [...discounts.values()].reduce((sum, discount) => sum + discount, 0n), currency, writable);
}

function spread(lines: CartLine[], discount: bigint, currency: string, writable: (price: Price) => boolean): Outcome<CartLine[]> {
  const amounts = lines.map((line) => (line.parentLineId === undefined && line.kind !== 'promotion' ? positive(amountOf(line, currency)) : 0n));
  if (discount > amounts.reduce((sum, amount) => sum + amount, 0n)) {
    return refuse('CART_NOT_ENCODABLE', 'The discounts of the cart are more than its articles cost, so they cannot be spread.', { field: 'promotion' });
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
      return refuse('CART_NOT_ENCODABLE', `Line ${place + 1}: its price with the discount in it cannot be written exactly.`, { line: place + 1, lineId: line.lineId, field: 'promotion' });
    }
    // The tax that the store worked out is that of the price before.
    const { taxAmount: _, ...rest } = line;
    settled.push({ ...rest, ...price });
  }
  return accept(settled);
}

/** By its price: one of less than half the smallest unit amounts to nothing and is a discount all the same. */
function isDiscount({ kind, parentLineId, unitPrice }: CartLine): boolean {
  return kind === 'promotion' && parentLineId === undefined && unitPrice.startsWith('-') && /[1-9]/.test(unitPrice);
}

function isForShow({ kind, parentLineId, unitPrice, quantity }: CartLine): boolean {
  return kind === 'promotion' && parentLineId === undefined && (/^-?[0.]+$/.test(unitPrice) || /^-?[0.]+$/.test(quantity));
}

/** A store may say a discount either way round. */
function withPositiveQuantity(line: CartLine): CartLine {
  if (!line.quantity.startsWith('-')) return line;
  return { ...line, quantity: line.quantity.slice(1), unitPrice: line.unitPrice.startsWith('-') ? line.unitPrice.slice(1) : `-${line.unitPrice}` };
}

function positive(amount: bigint | undefined): bigint {
  return amount === undefined || amount < 0n ? 0n : amount;
}
