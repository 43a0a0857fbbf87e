import { bundlesOf } from './bundles.js';
import type { Cart, CartLine } from './cart.js';
import { cartTotal } from './cart-total.js';
import { type Decimal, add, formatDecimal, parseDecimal, trimZeros } from '../decimal.js';
import type { PayloadSummary } from '../transmission/transfer-payload.js';
import type { BuyerPerson, SetupRequest } from '../transmission/setup-request.js';

/**
 * What is shown of a cart. `itemsCount` adds up the quantities of the lines whose price counts (`bundlesOf`). Promotion
 * lines that cost nothing do not count: they are not sent.
 */
export function cartSummary({ lines: all, currency }: Pick<Cart, 'lines' | 'currency'>): PayloadSummary {
  const lines = all.filter((line) => !isForShow(line));
  let items: Decimal = { units: 0n, scale: 0 };
  const bundles = bundlesOf(lines);
  for (const [index, line] of lines.entries())
    if (bundles?.counts[index] !== 0) items = add(items, parseDecimal(line.quantity));
  return {
    itemsCount: formatDecimal(trimZeros(items)),
    linesCount: lines.length,
    totalAmount: cartTotal(lines, currency),
    currency,
  };
}

const NOTHING = /^-?[0.]+$/;

/**
 * Whether a promotion line costs nothing: it only shows a code or a name, of a promotion on shipping costs. No document
 * has it, and no sum counts it.
 */
export function isForShow({ kind, parentLineId, unitPrice, quantity }: CartLine): boolean {
  return kind === 'promotion' && parentLineId === undefined && (NOTHING.test(unitPrice) || NOTHING.test(quantity));
}

/** The person behind a call-up as source 002 shows him: who gave no e-mail address is known by his identity (DESIGN section 6). */
export function buyerOf({ buyer, parties }: Pick<SetupRequest, 'buyer' | 'parties'>): BuyerPerson {
  const email = buyer.email ?? parties?.from[0]?.identity ?? buyer.userId;
  return email === undefined ? buyer : { ...buyer, email };
}
