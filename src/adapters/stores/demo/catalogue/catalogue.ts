import { CLEANING } from './cleaning.js';
import { ELECTRICAL } from './electrical.js';
import { FASTENERS } from './fasteners.js';
import { OFFICE } from './office.js';
import type { Bilingual, CategoryId, Product, ProductData } from './product.js';
import { SAFETY } from './safety.js';
import { TOOLS } from './tools.js';
import { WAREHOUSE } from './warehouse.js';

export interface Category {
  id: CategoryId;
  name: Bilingual;
}

export const CATEGORIES: readonly Category[] = [
  { id: 'tools', name: { de: 'Werkzeug', en: 'Tools' } },
  { id: 'fasteners', name: { de: 'Befestigung', en: 'Fasteners' } },
  { id: 'electrical', name: { de: 'Elektro & Kabel', en: 'Electrical & cable' } },
  { id: 'safety', name: { de: 'Arbeitsschutz', en: 'Safety' } },
  { id: 'warehouse', name: { de: 'Lager & Versand', en: 'Warehouse & shipping' } },
  { id: 'cleaning', name: { de: 'Reinigung & Chemie', en: 'Cleaning & chemicals' } },
  { id: 'office', name: { de: 'Büro', en: 'Office' } },
];

const BY_CATEGORY: Record<CategoryId, ProductData[]> = {
  tools: TOOLS,
  fasteners: FASTENERS,
  electrical: ELECTRICAL,
  safety: SAFETY,
  warehouse: WAREHOUSE,
  cleaning: CLEANING,
  office: OFFICE,
};

/** All articles, in the order of the shop. */
export const PRODUCTS: readonly Product[] = CATEGORIES.flatMap(({ id }) =>
  BY_CATEGORY[id].map((data) => ({ ...data, category: id })),
);

/** All articles, one of each category in turn, so that the first page shows every category. */
export const MIXED_PRODUCTS: readonly Product[] = PRODUCTS.map((product) => ({
  product,
  turn: PRODUCTS.filter(({ category }) => category === product.category).indexOf(product),
}))
  .sort((a, b) => a.turn - b.turn)
  .map(({ product }) => product);

const BY_SKU = new Map(PRODUCTS.map((product) => [product.sku, product]));

/** By article number, exactly as written. */
export function findProduct(sku: string): Product | undefined {
  return BY_SKU.get(sku);
}

export interface CatalogueSearch {
  category?: CategoryId | undefined;
  /** Words that must all occur in article number, name, text, manufacturer, part number or GTIN. */
  words?: string | undefined;
}

export function searchProducts({ category, words = '' }: CatalogueSearch): Product[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return PRODUCTS.filter(
    (product) =>
      (category === undefined || product.category === category) &&
      wanted.every((word) => searchText(product).includes(word)),
  );
}

const SEARCH_TEXTS = new Map<string, string>();

function searchText(product: Product): string {
  const known = SEARCH_TEXTS.get(product.sku);
  if (known !== undefined) return known;
  const { sku, name, description, manufacturer = '', manufacturerPartId = '', gtin = '' } = product;
  const text = [sku, name.de, name.en, description.de, description.en, manufacturer, manufacturerPartId, gtin]
    .join('\n')
    .toLowerCase();
  SEARCH_TEXTS.set(sku, text);
  return text;
}
