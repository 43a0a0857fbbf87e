import type { CartLine } from '../../../domain/cart/cart.js';
import { lineAmount } from '../../../domain/cart/cart-total.js';
import { currencyDigits } from '../../../domain/currency.js';
import { divide, formatDecimal, multiply, parseDecimal, trimZeros } from '../../../domain/decimal.js';
import type { ItemKey } from '../../../domain/transmission/setup-request.js';
import { findProduct } from './catalogue/catalogue.js';
import type { Product } from './catalogue/product.js';
import { type DemoCurrency, priceOf } from './price.js';

const LINE_PREFIX = 'line-';

/** One line per article and cart: its id follows from the article, so it stays the same through edit and inspect. */
export function lineIdOf(product: Product): string {
  return LINE_PREFIX + product.sku;
}

/** Finds an article by its number. */
export type FindProduct = (sku: string) => Product | undefined;

/** The article number that a line id holds. */
export function skuOfLine(lineId: string): string | undefined {
  return lineId.startsWith(LINE_PREFIX) ? lineId.slice(LINE_PREFIX.length) : undefined;
}

/** The article that a line id stands for. */
export function productOfLine(lineId: string, find: FindProduct = findProduct): Product | undefined {
  const sku = skuOfLine(lineId);
  return sku === undefined ? undefined : find(sku);
}

/** The article that a buyer names: by our own cookie on the line or the product's key, else by article number (DESIGN decision 6). */
export function productOfItem(
  { supplierPartId, auxiliaryId }: ItemKey,
  find: FindProduct = findProduct,
): Product | undefined {
  return (
    (auxiliaryId === undefined ? undefined : (productOfLine(auxiliaryId, find) ?? find(auxiliaryId))) ??
    find(supplierPartId)
  );
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
  const [unitPrice, priceBasis] = [priceOf(product, quantity, currency), product.priceBasis ?? '1'];
  const taxRate = product.taxRate ?? '19';
  const lineId = lineIdOf(product);
  return {
    lineId,
    kind: 'product',
    sku: product.sku,
    productKey: product.sku,
    auxiliaryId: lineId,
    quantity,
    unitPrice,
    priceBasis,
    unit: product.unit,
    name: product.name[language],
    description: product.description[language],
    classifications: [
      ...(product.unspsc === undefined ? [] : [{ domain: 'UNSPSC', code: product.unspsc }]),
      ...(product.eclass === undefined ? [] : [{ domain: 'eClass', code: product.eclass }]),
    ],
    categoryIds: [product.category],
    manufacturerName: product.manufacturer,
    manufacturerPartId: product.manufacturerPartId,
    gtin: product.gtin,
    leadTimeDays: product.leadTimeDays,
    url: `${publicUrl}/detail/${encodeURIComponent(product.sku)}`,
    taxRate,
    taxAmount: formatDecimal(
      divide(
        multiply(lineAmount({ quantity, unitPrice, priceBasis }, currency), parseDecimal(taxRate)),
        parseDecimal('100'),
        currencyDigits(currency),
      ),
    ),
    customFields: {},
  };
}
