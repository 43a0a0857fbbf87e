import { CATEGORIES } from './catalogue.js';
import type { Product } from './product.js';

const PREFIX = 'GEN-';
const DIGITS = 7;
const UNITS = ['EA', 'BX', 'MTR', 'C62', 'PR'];
const MAKERS = ['Nordwerk', 'Lenne & Söhne', 'Kessler GmbH', 'Atelier "Ö"'];

/** Article number of the n-th generated article, 1 for the first. */
export function generatedNumber(nth: number): string {
  return PREFIX + String(nth).padStart(DIGITS, '0');
}

/** One of `count` articles that follow from their numbers; undefined for any other number. */
export function generatedProduct(sku: string, count: number): Product | undefined {
  if (count === 0 || !sku.startsWith(PREFIX)) return undefined;
  const nth = Number(sku.slice(PREFIX.length));
  return Number.isSafeInteger(nth) && nth >= 1 && nth <= count && generatedNumber(nth) === sku
    ? productAt(nth)
    : undefined;
}

function productAt(nth: number): Product {
  const name = `Kabelbinder ${nth} × 4,8 mm, schwarz`;
  return {
    sku: generatedNumber(nth),
    name: { de: name, en: `Cable tie ${nth} × 4.8 mm, black` },
    description: {
      de: `Polyamid 6.6, Nr. ${nth}.\nBeständig gegen UV & Öl; "halogenfrei".`,
      en: `Polyamide 6.6, no. ${nth}.\nResists UV & oil; "halogen-free".`,
    },
    manufacturer: MAKERS[nth % MAKERS.length] ?? '',
    manufacturerPartId: `KB-${nth}`,
    unit: UNITS[nth % UNITS.length] ?? 'EA',
    price: `${1 + (nth % 997)}.${String(nth % 100).padStart(2, '0')}`,
    unspsc: `3912${String(nth % 10_000).padStart(4, '0')}`,
    leadTimeDays: nth % 14,
    category: CATEGORIES[nth % CATEGORIES.length]?.id ?? 'electrical',
  };
}
