import type { CartLine } from '../../../domain/cart.js';
import { lineAmount } from '../../../domain/cart-total.js';
import { currencyDigits } from '../../../domain/currency.js';
import { divide, formatDecimal, multiply, parseDecimal, trimZeros } from '../../../domain/decimal.js';
import type { ItemKey } from '../../../domain/setup-request.js';
import { findProduct } from './catalogue/catalogue.js';
import type { Product } from './catalogue/product.js';
import { type DemoCurrency, priceOf } from './price.js';

const LINE_PREFIX = 'line-';

/** One line per article and cart: its id follows from the article, so it stays the same through edit and inspect. */
export function lineIdOf(product: Product): string {
  return LINE_PREFIX + product.sku;
}

/** The article that a line id stands for. */
export function productOfLine(lineId: string): Product | undefined {
  return lineId.startsWith(LINE_PREFIX) ? findProduct(lineId.slice(LINE_PREFIX.length)) : undefined;
}

/** The article that a buyer names: by our own cookie on the line, else by article number (DESIGN decision 6). */
export function productOfItem({ supplierPartId, auxiliaryId }: ItemKey): Product | undefined {
  return (auxiliaryId === undefined ? undefined : productOfLine(auxiliaryId)) ?? findProduct(supplierPartId);
}

export interface LineView {
  product: Product;
  /** As the database gives it. */
  quantity: string;
  currency: DemoCurrency;
  language: 'de' | 'en';
  /** Without slash at the end. */
  publicUrl: string;
}

/** A line with everything a procurement document needs; tax is rounded per line. */
export function demoCartLine({ product, quantity: stored, currency, language, publicUrl }: LineView): CartLine {
  const quantity = formatDecimal(trimZeros(parseDecimal(stored)));
  const priced = { quantity, unitPrice: priceOf(product, quantity, currency), priceBasis: product.priceBasis ?? '1' };
  const taxRate = product.taxRate ?? '19';
  const lineId = lineIdOf(product);
  return {
    ...priced,
    lineId,
    kind: 'product',
    sku: product.sku,
    productKey: product.sku,
    auxiliaryId: lineId,
    unit: product.unit,
    name: product.name[language],
    description: product.description[language],
    classifications: [
      ...(product.unspsc === undefined ? [] : [{ domain: 'UNSPSC', code: product.unspsc }]),
      ...(product.eclass === undefined ? [] : [{ domain: 'eClass', code: product.eclass }]),
    ],
    ...(product.manufacturer === undefined ? {} : { manufacturerName: product.manufacturer }),
    ...(product.manufacturerPartId === undefined ? {} : { manufacturerPartId: product.manufacturerPartId }),
    ...(product.gtin === undefined ? {} : { gtin: product.gtin }),
    ...(product.leadTimeDays === undefined ? {} : { leadTimeDays: product.leadTimeDays }),
    url: `${publicUrl}/detail/${encodeURIComponent(product.sku)}`,
    taxRate,
    taxAmount: formatDecimal(divide(multiply(lineAmount(priced, currency), parseDecimal(taxRate)), parseDecimal('100'), currencyDigits(currency))),
    customFields: {},
  };
}
