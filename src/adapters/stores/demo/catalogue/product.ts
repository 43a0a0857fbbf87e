import type { DecimalText } from '../../../../domain/decimal.js';

export type CategoryId = 'office' | 'tools' | 'fasteners' | 'electrical' | 'safety' | 'cleaning' | 'warehouse';

/** A text in both languages of the demo shop. */
export interface Bilingual {
  de: string;
  en: string;
}

/** One article in the data files of the demo shop. */
export interface ProductData {
  sku: string;
  name: Bilingual;
  /** May have line breaks. */
  description: Bilingual;
  manufacturer?: string;
  manufacturerPartId?: string;
  /** GTIN-13 of the range 952, which GS1 reserves for examples. */
  gtin?: string;
  /** UN/CEFACT Recommendation 20. */
  unit: string;
  /** Net EUR for `priceBasis` units. */
  price: DecimalText;
  /** Number of units that the price buys; '1' where absent. */
  priceBasis?: DecimalText;
  /** Fixed prices in other currencies; other prices are converted. */
  prices?: Partial<Record<'CHF' | 'USD', DecimalText>>;
  /** Lower prices from a quantity on, ascending; EUR for `priceBasis` units. */
  tiers?: { from: DecimalText; price: DecimalText }[];
  unspsc?: string;
  eclass?: string;
  leadTimeDays?: number;
  /** Percent; '19' where absent. */
  taxRate?: DecimalText;
  /** Sold in multiples of this quantity. */
  step?: DecimalText;
  soldOut?: boolean;
}

export interface Product extends ProductData {
  category: CategoryId;
}
