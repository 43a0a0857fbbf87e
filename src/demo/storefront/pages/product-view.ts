import type { Product } from '../../../adapters/stores/demo/catalogue/product.js';
import { type DemoCurrency, priceOf } from '../../../adapters/stores/demo/price.js';
import { amountText, numberText } from '../../../http/views/page/amount-text.js';
import type { Language } from '../../../http/views/texts.js';
import { unitText } from './shop-texts.js';

/** An article as a page shows it: finished texts only. */
export interface ProductView {
  sku: string;
  href: string;
  category: string;
  name: string;
  price: string;
  /** "per 100 piece", or the unit alone. */
  per: string;
  unit: string;
  maker: string;
  /** Caption of the picture: the maker's number, else ours. */
  plate: string;
  step: string;
  soldOut: boolean;
}

export function productView(product: Product, language: Language, currency: DemoCurrency): ProductView {
  const unit = unitText(product.unit, language);
  const basis = product.priceBasis === undefined ? '' : `${numberText(product.priceBasis, language)} `;
  return {
    sku: product.sku,
    href: `/detail/${encodeURIComponent(product.sku)}`,
    category: product.category,
    name: product.name[language],
    price: priceText(priceOf(product, '1', currency), currency, language),
    per: `${language === 'de' ? 'je' : 'per'} ${basis}${unit}`,
    unit,
    maker: product.manufacturer ?? '',
    plate: product.manufacturerPartId ?? product.sku,
    step: product.step ?? '1',
    soldOut: product.soldOut === true,
  };
}

/** A unit price with the digits that say something, two at least. */
export function priceText(price: string, currency: string, language: Language): string {
  return amountText(price.replace(/(\.\d\d(?:\d*[1-9])?)0+$/, '$1'), currency, language);
}
