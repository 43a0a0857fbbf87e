import { add, compare, type Decimal, type DecimalText, multiply, parseDecimal } from '../decimal.js';
import type { OrderMismatch } from './purchase-order.js';

/** How much an order may differ from its cart and still equal it. */
export interface OrderTolerance {
  /** Difference of a price up or down, in percent of the price that was sent. */
  pricePercent?: DecimalText;
  /** Fewer pieces than in the cart, and lines that are not ordered, are no difference. */
  fewerPieces?: boolean;
}

export function isTolerant({ pricePercent = '0', fewerPieces = false }: OrderTolerance): boolean {
  return fewerPieces || parseDecimal(pricePercent).units > 0n;
}

/** Two prices for the same unit. |ordered - sent| * 100 <= sent * percent. */
export function isPriceWithin(sent: Decimal, ordered: Decimal, { pricePercent = '0' }: OrderTolerance): boolean {
  const difference = add(ordered, { units: -sent.units, scale: sent.scale });
  return compare(multiply(size(difference), HUNDRED), multiply(size(sent), parseDecimal(pricePercent))) <= 0;
}

const HUNDRED: Decimal = { units: 100n, scale: 0 };

function size({ units, scale }: Decimal): Decimal {
  return { units: units < 0n ? -units : units, scale };
}

const DAY_MS = 86_400_000;

/**
 * The offer had ended when the order came: the cart's prices were offered for `offerDays` days of 24 hours. Undefined:
 * it had not, or the offer has no end.
 */
export function endedOffer(offerDays: number | undefined, sentAt: Date, orderedAt: Date): OrderMismatch | undefined {
  const days = Math.floor((orderedAt.getTime() - sentAt.getTime()) / DAY_MS);
  return offerDays === undefined || days < offerDays
    ? undefined
    : { kind: 'expired', supplierPartId: '', sent: String(offerDays), ordered: String(days) };
}
