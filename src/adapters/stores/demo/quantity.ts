import {
  compare,
  type Decimal,
  type DecimalText,
  formatDecimal,
  multiply,
  parseDecimal,
  trimZeros,
} from '../../../domain/decimal.js';
import type { Product } from './catalogue/product.js';

/** Largest quantity of a line. */
export const MAX_QUANTITY: DecimalText = '999999999';

/** Sold by measure, in thousandths at the finest; everything else only in whole pieces. */
const MEASURED_UNITS = new Set(['MTR', 'KGM', 'LTR']);

/**
 * What the shop makes of a wanted quantity: undefined when it is no quantity (0, negative, too large, no decimal text,
 * part of a piece), else the quantity rounded up to the article's purchase step.
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
