import { compare, type DecimalText, formatDecimal, multiply, parseDecimal, round } from '../../../domain/decimal.js';
import type { Product } from './catalogue/product.js';

export type DemoCurrency = 'EUR' | 'CHF' | 'USD';

/** What one EUR costs, fixed: the demo has no market. */
const FACTORS: Record<DemoCurrency, DecimalText> = { EUR: '1', CHF: '0.9420', USD: '1.0850' };

export const DEMO_CURRENCIES: readonly DemoCurrency[] = ['EUR', 'CHF', 'USD'];

export function isDemoCurrency(code: string): code is DemoCurrency {
  return Object.hasOwn(FACTORS, code);
}

/** The currency a cart gets: the one that was asked for where the shop has it, else EUR. */
export function demoCurrency(code: string | undefined): DemoCurrency {
  return code !== undefined && isDemoCurrency(code) ? code : 'EUR';
}

/** Net price of `priceBasis` units at this quantity; the tier counts before an own price in the currency does. */
export function priceOf(product: Product, quantity: DecimalText, currency: DemoCurrency): DecimalText {
  const amount = parseDecimal(quantity);
  const tier = product.tiers?.findLast(({ from }) => compare(amount, parseDecimal(from)) >= 0);
  if (tier !== undefined) return convert(tier.price, currency);
  return (currency === 'EUR' ? undefined : product.prices?.[currency]) ?? convert(product.price, currency);
}

function convert(price: DecimalText, currency: DemoCurrency): DecimalText {
  if (currency === 'EUR') return price;
  const euro = parseDecimal(price);
  return formatDecimal(round(multiply(euro, parseDecimal(FACTORS[currency])), euro.scale));
}
