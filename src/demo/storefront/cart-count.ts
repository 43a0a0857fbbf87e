import type { Cart } from '../../domain/cart/cart.js';
import { add, formatDecimal, parseDecimal, trimZeros } from '../../domain/decimal.js';

/** How much is in a cart. */
export interface CartCount {
  /** Sum of quantities, decimal text (architecture.md section 6: 2 + 1 = 3). */
  pieces: string;
  /** Number of lines. */
  articles: number;
}

export function cartCount({ lines }: Pick<Cart, 'lines'>): CartCount {
  const sum = lines.reduce((pieces, line) => add(pieces, parseDecimal(line.quantity)), parseDecimal('0'));
  return { pieces: formatDecimal(trimZeros(sum)), articles: lines.length };
}
