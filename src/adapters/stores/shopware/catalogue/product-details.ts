import type { DecimalText } from '../../../../domain/decimal.js';
import { BoundedCache } from '../../bounded-cache.js';
import type { Json } from '../../exchange/decimal-json.js';
import { at, decimalAt, entriesAt, listAt, textAt } from '../../exchange/json-reading.js';
import type { StoreApi, StoreApiSession } from '../api/store-api.js';
import { inChunks, MAX_PER_REQUEST } from './find-products.js';
import { plainText } from '../../plain-text.js';

/** What the payload of a cart line does not tell (FACTS 2.2). Texts in the language that was asked for. */
export interface ProductDetails {
  productId: string;
  productNumber: string | undefined;
  name: string | undefined;
  description: string | undefined;
  manufacturerName: string | undefined;
  manufacturerNumber: string | undefined;
  ean: string | undefined;
  packUnit: string | undefined;
  /** Short code of the unit of measure; with `purchaseUnit` '1' it is what one piece of the cart is. */
  unitCode: string | undefined;
  purchaseUnit: DecimalText | undefined;
  /** Names from the first level below the root down to the product's own category. */
  categoryPath: string[];
  /** Of the categories that it is assigned to itself; a variant's are its parent's where it has none. */
  categoryIds: string[];
  customFields: Record<string, string>;
}

const FIELDS = {
  product: ['id', 'productNumber', 'name', 'translated', 'description', 'ean', 'manufacturerNumber', 'manufacturer', 'unit', 'categories', 'categoryIds', 'customFields', 'purchaseUnit', 'packUnit'],
  product_manufacturer: ['id', 'name', 'translated'],
  unit: ['id', 'shortCode', 'name', 'translated'],
  category: ['id', 'name', 'parentId', 'breadcrumb', 'translated'],
};

/** Details of products, remembered per language and currency. */
export class ProductDetailsCache {
  readonly #api: StoreApi;
  readonly #cache: BoundedCache<ProductDetails>;

  constructor(api: StoreApi, limits: { maxEntries: number; lifeSeconds: number; now: () => number }) {
    this.#api = api;
    this.#cache = new BoundedCache(limits);
  }

  /**
   * Products that the shop does not show (any more) are missing in the answer. What was loaded before a deadline passed
   * stays remembered, so that the next try for a very large cart gets further.
   */
  async load(session: StoreApiSession, currency: string, productIds: Iterable<string>): Promise<Map<string, ProductDetails>> {
    const keyOf = (productId: string): string => `${session.languageId ?? ''}|${currency}|${productId}`;
    const details = new Map<string, ProductDetails>();
    const missing: string[] = [];
    for (const productId of new Set(productIds)) {
      const known = this.#cache.get(keyOf(productId));
      if (known === undefined) missing.push(productId);
      else details.set(productId, known);
    }
    await inChunks(missing, async (ids) => {
      const body = { ids, limit: MAX_PER_REQUEST, associations: { manufacturer: {}, unit: {}, categories: {} }, includes: FIELDS };
      for (const product of listAt(await this.#api.read(session, { method: 'POST', path: '/product', body }), 'elements')) {
        const read = detailsOf(product);
        if (read === undefined) continue;
        details.set(read.productId, read);
        this.#cache.set(keyOf(read.productId), read);
      }
      return [];
    });
    return details;
  }

  drop(): void {
    this.#cache.drop();
  }
}

/** Names of variants are null; `translated` has the inherited ones. */
function detailsOf(product: Json): ProductDetails | undefined {
  const productId = textAt(product, 'id');
  if (productId === undefined) return undefined;
  const description = textAt(product, 'translated', 'description') ?? textAt(product, 'description');
  return {
    productId,
    productNumber: textAt(product, 'productNumber'),
    name: translatedAt(product, 'name'),
    description: description === undefined ? undefined : plainText(description),
    manufacturerName: translatedAt(at(product, 'manufacturer'), 'name'),
    manufacturerNumber: textAt(product, 'manufacturerNumber'),
    ean: textAt(product, 'ean'),
    packUnit: translatedAt(product, 'packUnit'),
    unitCode: translatedAt(at(product, 'unit'), 'shortCode'),
    purchaseUnit: decimalAt(product, 'purchaseUnit'),
    categoryPath: categoryPathOf(product),
    categoryIds: listAt(product, 'categoryIds').filter((id) => typeof id === 'string'),
    customFields: { ...customFieldsAt(product, 'customFields'), ...customFieldsAt(product, 'translated', 'customFields') },
  };
}

function translatedAt(entity: Json | undefined, field: string): string | undefined {
  return textAt(entity, 'translated', field) ?? textAt(entity, field);
}

/** The deepest of its categories. */
function categoryPathOf(product: Json): string[] {
  let deepest: string[] = [];
  for (const category of listAt(product, 'categories')) {
    const translated = listAt(category, 'translated', 'breadcrumb');
    const names = (translated.length > 0 ? translated : listAt(category, 'breadcrumb')).filter((name) => typeof name === 'string');
    if (names.length > deepest.length) deepest = names;
  }
  return deepest.slice(1);
}

/** Simple values only; a map that is empty comes as []. */
function customFieldsAt(product: Json, ...path: string[]): Record<string, string> {
  return Object.fromEntries(entriesAt(product, ...path).flatMap(([name, value]) => (typeof value === 'string' || typeof value === 'boolean' ? [[name, String(value)]] : [])));
}
