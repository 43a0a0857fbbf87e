import type { DecimalText } from '../../../../domain/decimal.js';
import { BoundedCache } from '../../bounded-cache.js';
import { type Json, at, decimalAt, entriesAt, listAt, textAt } from '../../exchange/json-reading.js';
import type { StoreApi, StoreApiSession } from '../api/store-api.js';
import { inChunks, MAX_PER_REQUEST } from '../../exchange/throttle.js';
import { plainText } from '../../plain-text.js';

/**
 * Product data that a cart line of Shopware lacks (shopware.md 2.2). Texts are in the requested language, where the
 * product has them.
 */
export interface ProductDetails {
  productId: string;
  productNumber: string | undefined;
  name: string | undefined;
  description: string | undefined;
  /** Languages of name and description where they differ from the requested one. */
  textLanguages?: TextLanguages;
  manufacturerName: string | undefined;
  manufacturerNumber: string | undefined;
  ean: string | undefined;
  packUnit: string | undefined;
  /** Short code of the unit of measure; with `purchaseUnit` '1' it is the unit of one piece. */
  unitCode: string | undefined;
  purchaseUnit: DecimalText | undefined;
  /** Names from the first level below the root down to the product's own category. */
  categoryPath: string[];
  /** Directly assigned categories; a variant without any has those of its parent. */
  categoryIds: string[];
  customFields: Record<string, string>;
}

interface TextLanguages {
  /** Ids of Shopware. */
  name: string | undefined;
  description: string | undefined;
}

/** Product fields that the details are read from. */
export const DETAIL_FIELDS = {
  product: [
    'id',
    'parentId',
    'translations',
    'productNumber',
    'name',
    'translated',
    'description',
    'ean',
    'manufacturerNumber',
    'manufacturer',
    'unit',
    'categories',
    'categoryIds',
    'customFields',
    'purchaseUnit',
    'packUnit',
  ],
  product_translation: ['languageId', 'name', 'description'],
  product_manufacturer: ['id', 'name', 'translated'],
  unit: ['id', 'shortCode', 'name', 'translated'],
  category: ['id', 'name', 'parentId', 'breadcrumb', 'translated'],
};

export const DETAIL_ASSOCIATIONS = { manufacturer: {}, unit: {}, categories: {}, translations: {} };

/** Details of products, cached per language. */
export class ProductDetailsCache {
  readonly #api: StoreApi;
  readonly #cache: BoundedCache<ProductDetails>;

  constructor(api: StoreApi, limits: { maxEntries: number; lifeSeconds: number; now: () => number }) {
    this.#api = api;
    this.#cache = new BoundedCache(limits);
  }

  /**
   * Products that the shop does not show are missing in the answer. Details loaded before a deadline stay cached, so
   * that the next try for a very large cart gets further.
   */
  async load(session: StoreApiSession, productIds: Iterable<string>): Promise<Map<string, ProductDetails>> {
    const details = new Map<string, ProductDetails>();
    const missing: string[] = [];
    for (const productId of new Set(productIds)) {
      const known = this.known(session, productId);
      if (known === undefined) missing.push(productId);
      else details.set(productId, known);
    }
    for (const read of await inChunks(missing, (ids) => this.search(session, { ids })))
      details.set(read.productId, read);
    return details;
  }

  /** The cached details, in the language of the session. */
  known(session: StoreApiSession, productId: string): ProductDetails | undefined {
    return this.#cache.get(keyOf(session, productId));
  }

  /** Visible products by Shopware's criteria, at most 100. They are cached. */
  async search(session: StoreApiSession, criteria: object): Promise<ProductDetails[]> {
    const body = { limit: MAX_PER_REQUEST, ...criteria, associations: DETAIL_ASSOCIATIONS, includes: DETAIL_FIELDS };
    return this.remember(session, await this.#api.read(session, { method: 'POST', path: '/product', body }));
  }

  /** Caches the products of an answer to a request with DETAIL_FIELDS and DETAIL_ASSOCIATIONS. */
  remember(session: StoreApiSession, answer: Json | undefined): ProductDetails[] {
    const found = listAt(answer, 'elements').flatMap((product) => detailsOf(product, session.languageId));
    for (const details of found) this.#cache.set(keyOf(session, details.productId), details);
    return found;
  }

  drop(): void {
    this.#cache.drop();
  }
}

function keyOf({ languageId }: StoreApiSession, productId: string): string {
  return `${languageId ?? ''}|${productId}`;
}

/** Names of variants are null; `translated` has the inherited ones. */
export function detailsOf(product: Json, asked: string | undefined): ProductDetails[] {
  const productId = textAt(product, 'id');
  if (productId === undefined) return [];
  const description = textAt(product, 'translated', 'description') ?? textAt(product, 'description');
  return [
    {
      productId,
      productNumber: textAt(product, 'productNumber'),
      name: translatedAt(product, 'name'),
      description: description === undefined ? undefined : plainText(description),
      textLanguages: textLanguagesOf(product, asked),
      manufacturerName: translatedAt(at(product, 'manufacturer'), 'name'),
      manufacturerNumber: textAt(product, 'manufacturerNumber'),
      ean: textAt(product, 'ean'),
      packUnit: translatedAt(product, 'packUnit'),
      unitCode: translatedAt(at(product, 'unit'), 'shortCode'),
      purchaseUnit: decimalAt(product, 'purchaseUnit'),
      categoryPath: categoryPathOf(product),
      categoryIds: listAt(product, 'categoryIds').filter((id) => typeof id === 'string'),
      customFields: {
        ...customFieldsAt(product, 'customFields'),
        ...customFieldsAt(product, 'translated', 'customFields'),
      },
    },
  ];
}

/**
 * Languages of name and description where they differ from the requested one. Shopware leaves a field null where the
 * product has no own text in that language. `translated` then holds the text of the next language (EntityHydrator
 * 6.6.7.1), or that of the parent product in the same language. So a text that exists in the requested language is not
 * foreign.
 */
function textLanguagesOf(product: Json, asked: string | undefined): TextLanguages {
  const languageOf = (field: string): string | undefined => {
    const shown = textAt(product, 'translated', field);
    if (shown === undefined || textAt(product, field) !== undefined) return undefined;
    const languages = listAt(product, 'translations').flatMap((translation) =>
      textAt(translation, field) === shown ? [textAt(translation, 'languageId')] : [],
    );
    const isForeign = asked === undefined ? textAt(product, 'parentId') === undefined : !languages.includes(asked);
    return isForeign ? languages[0] : undefined;
  };
  return { name: languageOf('name'), description: languageOf('description') };
}

function translatedAt(entity: Json | undefined, field: string): string | undefined {
  return textAt(entity, 'translated', field) ?? textAt(entity, field);
}

/** The deepest of its categories. */
function categoryPathOf(product: Json): string[] {
  let deepest: string[] = [];
  for (const category of listAt(product, 'categories')) {
    const translated = listAt(category, 'translated', 'breadcrumb');
    const names = (translated.length > 0 ? translated : listAt(category, 'breadcrumb')).filter(
      (name) => typeof name === 'string',
    );
    if (names.length > deepest.length) deepest = names;
  }
  return deepest.slice(1);
}

/** Simple values only; an empty map arrives as []. */
function customFieldsAt(product: Json, ...path: string[]): Record<string, string> {
  return Object.fromEntries(
    entriesAt(product, ...path).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'boolean' ? [[name, String(value)]] : [],
    ),
  );
}

/**
 * Shopware's free-text units (lower case) as UN/CEFACT Recommendation 20 codes; extended by ShopwareStoreOptions.units.
 */
const USUAL_UNITS: Record<string, string> = {
  piece: 'EA',
  pieces: 'EA',
  pc: 'EA',
  pcs: 'EA',
  stück: 'EA',
  stk: 'EA',
  'stk.': 'EA',
  pack: 'PK',
  packung: 'PK',
  package: 'PK',
  box: 'BX',
  karton: 'CT',
  carton: 'CT',
  pair: 'PR',
  paar: 'PR',
  set: 'SET',
  roll: 'RO',
  rolle: 'RO',
  m: 'MTR',
  metre: 'MTR',
  meter: 'MTR',
  kg: 'KGM',
  g: 'GRM',
  l: 'LTR',
  litre: 'LTR',
  liter: 'LTR',
  ml: 'MLT',
  'm²': 'MTK',
  'm³': 'MTQ',
};
const PIECE = 'EA';

export interface UnitRules {
  /** Name or short code in the shop (lower case) -> UN/CEFACT code. */
  units: Record<string, string>;
  /** Custom field of a product that holds its UN/CEFACT code. */
  unitField: string;
}

/**
 * The unit of one piece in the cart: the custom field, else the packing unit, else the unit of measure where one piece
 * holds exactly one (a bottle of 0.75 l is a piece, cable by the metre is a metre), else a piece.
 */
export function unitCodeOf(details: ProductDetails | undefined, { units, unitField }: UnitRules): string {
  if (details === undefined) return PIECE;
  const own = details.customFields[unitField];
  if (own !== undefined && /^[A-Z0-9]{2,3}$/.test(own)) return own;
  const named = [details.packUnit, details.purchaseUnit === '1' ? details.unitCode : undefined];
  for (const name of named) {
    const code = name === undefined ? undefined : codeFor(name.trim().toLowerCase(), units);
    if (code !== undefined) return code;
  }
  return PIECE;
}

function codeFor(name: string, units: Record<string, string>): string | undefined {
  if (Object.hasOwn(units, name)) return units[name];
  return Object.hasOwn(USUAL_UNITS, name) ? USUAL_UNITS[name] : undefined;
}
