import {
  compare,
  type DecimalText,
  divide,
  formatDecimal,
  multiply,
  parseDecimal,
  round,
  type Decimal,
  trimZeros,
} from '../../../domain/decimal.js';
import type { Product } from './catalogue/product.js';

export type DemoCurrency = 'EUR' | 'CHF' | 'USD';

/** Fixed exchange rates: the price of one EUR. */
const FACTORS: Record<DemoCurrency, DecimalText> = { EUR: '1', CHF: '0.9420', USD: '1.0850' };

export const DEMO_CURRENCIES: readonly DemoCurrency[] = ['EUR', 'CHF', 'USD'];

export function isDemoCurrency(code: string): code is DemoCurrency {
  return Object.hasOwn(FACTORS, code);
}

/** Currency of a cart: the requested one where the shop has it, else EUR. */
export function demoCurrency(code: string | undefined): DemoCurrency {
  return code !== undefined && isDemoCurrency(code) ? code : 'EUR';
}

/** Customers of the demo shop with prices of their own, by number: what they pay, in percent. Others pay the list. */
const SHARES: ReadonlyMap<string, DecimalText> = new Map([
  ['10042', '95'],
  ['10043', '87.5'],
]);

/** Whose prices, in which currency. */
export interface DemoTerms {
  currency: DemoCurrency;
  /** Number of a customer. */
  customer?: string | undefined;
}

/**
 * Net price of `priceBasis` units at this quantity; a tier price takes precedence over a price in the currency. The
 * price of a customer is rounded to the digits of the list price.
 */
export function priceOf(product: Product, quantity: DecimalText, { currency, customer = '' }: DemoTerms): DecimalText {
  const amount = parseDecimal(quantity);
  const tier = product.tiers?.findLast(({ from }) => compare(amount, parseDecimal(from)) >= 0);
  const own = tier !== undefined || currency === 'EUR' ? undefined : product.prices?.[currency];
  const listed = own ?? convert(tier?.price ?? product.price, currency);
  const share = SHARES.get(customer);
  if (share === undefined) return listed;
  const price = parseDecimal(listed);
  return formatDecimal(divide(multiply(price, parseDecimal(share)), parseDecimal('100'), price.scale));
}

function convert(price: DecimalText, currency: DemoCurrency): DecimalText {
  if (currency === 'EUR') return price;
  const euro = parseDecimal(price);
  return formatDecimal(round(multiply(euro, parseDecimal(FACTORS[currency])), euro.scale));
}

/** Largest quantity of a line. */
export const MAX_QUANTITY: DecimalText = '999999999';

/** Sold by measure, with at most three decimals; all other units only in whole pieces. */
const MEASURED_UNITS = new Set(['MTR', 'KGM', 'LTR']);

/**
 * The sellable quantity: undefined for an invalid one (0, negative, too large, no decimal text, part of a piece), else
 * rounded up to the article's purchase step.
 */
export function sellableQuantity(product: Product, wanted: string): DecimalText | undefined {
  if (!/^\d{1,12}(\.\d{1,12})?$/.test(wanted)) return undefined;
  const quantity = trimZeros(parseDecimal(wanted));
  if (quantity.units <= 0n || quantity.scale > (MEASURED_UNITS.has(product.unit) ? 3 : 0)) return undefined;
  const stepped = product.step === undefined ? quantity : roundUp(quantity, parseDecimal(product.step));
  return compare(stepped, parseDecimal(MAX_QUANTITY)) > 0 ? undefined : formatDecimal(stepped);
}

function roundUp(quantity: Decimal, step: Decimal): Decimal {
  const scale = Math.max(quantity.scale, step.scale);
  const [units, size] = [quantity, step].map((value) => value.units * 10n ** BigInt(scale - value.scale));
  if (units === undefined || size === undefined) return quantity;
  return trimZeros(multiply({ units: (units + size - 1n) / size, scale: 0 }, { units: size, scale }));
}
