import { BoundedCache } from '../../bounded-cache.js';
import { type Json, at, listAt, textAt } from '../../exchange/json-reading.js';
import { plainText } from '../../plain-text.js';
import type { ShopApi, ShopSession } from '../api/shop-api.js';
import type { ProductFields } from '../vendure-options.js';
import { languageTag } from '../session/channel.js';
import { inChunks, MAX_PER_REQUEST } from '../../exchange/throttle.js';

/** Product data that a line of an order lacks. Texts in the requested language. */
export interface ProductDetails {
  productId: string;
  slug: string;
  /** Language of the texts, BCP 47: the requested one, or Vendure's fallback. */
  language?: string;
  /** Names of the deepest collection and those above it, from the top; empty without one. */
  categoryPath: string[];
  /** Direct collections, without those above them. */
  categoryIds: string[];
  /** Variants that can be bought, by id. */
  variants: ReadonlyMap<string, VariantDetails>;
}

export interface VariantDetails {
  sku: string;
  name: string;
  description: string | undefined;
  manufacturerName: string | undefined;
  manufacturerPartId: string | undefined;
  gtin: string | undefined;
  /** As the shop writes it. */
  unit: string | undefined;
  imageUrl: string | undefined;
  classifications: { domain: string; code: string }[];
  customFields: Record<string, string>;
}

/** Details of products, cached per channel and language. */
export class ProductDetailsCache {
  readonly #api: ShopApi;
  readonly #cache: BoundedCache<ProductDetails>;
  readonly #fields: ProductFields;
  readonly #query: string;

  /** Throws TypeError for unreadable field sources. */
  constructor(
    api: ShopApi,
    fields: ProductFields,
    limits: { maxEntries: number; lifeSeconds: number; now: () => number },
  ) {
    this.#api = api;
    this.#fields = fields;
    this.#cache = new BoundedCache(limits);
    const sources = allSources(fields);
    const facets = 'facetValues { code name facet { code } }';
    this.#query = `query ($ids: [String!]!, $take: Int!) {
      products(options: { filter: { id: { in: $ids } }, take: $take }) { items {
      id slug languageCode name description ${facets} featuredAsset { preview }
      collections { id name breadcrumbs { id name } } ${customFieldSelection(sources, 'product')}
      variants { id sku name options { name group { name } } ${facets} featuredAsset { preview }
        ${customFieldSelection(sources, 'variant')} }
    } } }`;
  }

  /** Products that the shop does not show are missing in the answer. */
  async load(session: ShopSession, productIds: Iterable<string>): Promise<Map<string, ProductDetails>> {
    const keyOf = (productId: string): string =>
      `${session.channelToken ?? ''}|${session.languageCode ?? ''}|${productId}`;
    const details = new Map<string, ProductDetails>();
    const missing: string[] = [];
    for (const productId of new Set(productIds)) {
      const known = this.#cache.get(keyOf(productId));
      if (known === undefined) missing.push(productId);
      else details.set(productId, known);
    }
    // Asked without a session: cached data must not depend on the first caller.
    const { channelToken, languageCode, deadline } = session;
    await inChunks(missing, async (ids) => {
      const data = await this.#api.read({ channelToken, languageCode, deadline }, 'products', this.#query, {
        ids,
        take: MAX_PER_REQUEST,
      });
      for (const product of listAt(data, 'products', 'items')) {
        const read = detailsOf(product, this.#fields);
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

function detailsOf(product: Json, fields: ProductFields): ProductDetails | undefined {
  const productId = textAt(product, 'id');
  if (productId === undefined) return undefined;
  const language = textAt(product, 'languageCode');
  const variants = listAt(product, 'variants').flatMap((variant): [string, VariantDetails][] => {
    const id = textAt(variant, 'id');
    const sku = textAt(variant, 'sku');
    return id === undefined || sku === undefined ? [] : [[id, variantOf(variant, sku, product, fields)]];
  });
  return {
    productId,
    slug: textAt(product, 'slug') ?? productId,
    language: language === undefined ? undefined : languageTag(language),
    categoryPath: categoryPathOf(product),
    categoryIds: directCategories(product),
    variants: new Map(variants),
  };
}

function variantOf(variant: Json, sku: string, product: Json, fields: ProductFields): VariantDetails {
  const valueOf = (source: string | undefined): string | undefined => sourceValue(source, variant, product);
  const description = textAt(product, 'description');
  const category = categoryPathOf(product).join(' > ');
  const present = (sources: Record<string, string> = {}): [string, string][] =>
    Object.entries(sources).flatMap(([name, source]): [string, string][] => {
      const value = valueOf(source);
      return value === undefined ? [] : [[name, value]];
    });
  return {
    sku,
    name: nameOf(variant, product),
    description: description === undefined ? undefined : plainText(description),
    manufacturerName: valueOf(fields.manufacturerName),
    manufacturerPartId: valueOf(fields.manufacturerPartId),
    gtin: valueOf(fields.gtin),
    unit: valueOf(fields.unit),
    imageUrl: textAt(at(variant, 'featuredAsset'), 'preview') ?? textAt(at(product, 'featuredAsset'), 'preview'),
    classifications: present(fields.classifications).map(([domain, code]) => ({ domain, code })),
    customFields: { ...(category === '' ? {} : { category }), ...Object.fromEntries(present(fields.customFields)) },
  };
}

/** A variant may be named in one language only, so its name is the product's with its options. */
function nameOf(variant: Json, product: Json): string {
  const options = listAt(variant, 'options').flatMap((option) => {
    const [group, value] = [textAt(option, 'group', 'name'), textAt(option, 'name')];
    return value === undefined ? [] : [group === undefined ? value : `${group}: ${value}`];
  });
  const name = textAt(product, 'name') ?? textAt(variant, 'name') ?? '';
  return options.length === 0 ? (textAt(variant, 'name') ?? name) : `${name} (${options.join(', ')})`;
}

/** A collection's variants are also in all collections above it. */
function directCategories(product: Json): string[] {
  const collections = listAt(product, 'collections').flatMap((collection) => {
    const id = textAt(collection, 'id');
    return id === undefined
      ? []
      : [{ id, path: listAt(collection, 'breadcrumbs').flatMap((crumb) => textAt(crumb, 'id') ?? []) }];
  });
  return collections
    .filter(({ id }) => !collections.some((other) => other.id !== id && other.path.includes(id)))
    .map(({ id }) => id);
}

/** The deepest of its collections, without the root. */
function categoryPathOf(product: Json): string[] {
  let deepest: string[] = [];
  for (const collection of listAt(product, 'collections')) {
    const names = listAt(collection, 'breadcrumbs').flatMap((crumb) => textAt(crumb, 'name') ?? []);
    if (names.length > deepest.length) deepest = names;
  }
  return deepest.slice(1);
}

/** Where a value is stored, in the notation of `ProductFields`. */
interface FieldSource {
  kind: 'variant' | 'product' | 'facet';
  /** Name of a custom field, or code of a facet. */
  name: string;
}

const SOURCE = /^(variant|product):([A-Za-z_]\w{0,63})$|^facet:([\w-]{1,64})$/;

/** Throws TypeError for an unreadable source. */
function fieldSource(text: string): FieldSource {
  const [, kind, field, facet] = SOURCE.exec(text) ?? [];
  if (facet !== undefined) return { kind: 'facet', name: facet };
  if (field === undefined || (kind !== 'variant' && kind !== 'product'))
    throw new TypeError(`"${text}" is no source: write variant:name, product:name or facet:code`);
  return { kind, name: field };
}

function allSources({
  manufacturerName,
  manufacturerPartId,
  gtin,
  unit,
  classifications = {},
  customFields = {},
}: ProductFields): FieldSource[] {
  return [
    manufacturerName,
    manufacturerPartId,
    gtin,
    unit,
    ...Object.values(classifications),
    ...Object.values(customFields),
  ].flatMap((text) => (text === undefined ? [] : [fieldSource(text)]));
}

/** `customFields { mpn gtin }`, or nothing: a shop without custom fields has no such field. */
function customFieldSelection(sources: readonly FieldSource[], kind: 'variant' | 'product'): string {
  const names = new Set(sources.filter((source) => source.kind === kind).map(({ name }) => name));
  return names.size === 0 ? '' : `customFields { ${[...names].join(' ')} }`;
}

/** Text, number or boolean; the first entry of a list. Undefined where it is missing. */
function sourceValue(text: string | undefined, variant: Json, product: Json): string | undefined {
  if (text === undefined) return undefined;
  const { kind, name } = fieldSource(text);
  if (kind !== 'facet') {
    const value = at(kind === 'variant' ? variant : product, 'customFields', name);
    const [first = null] = Array.isArray(value) ? value : [value];
    return typeof first === 'boolean' ? String(first) : typeof first === 'string' && first !== '' ? first : undefined;
  }
  const value = [...listAt(variant, 'facetValues'), ...listAt(product, 'facetValues')].find(
    (each) => textAt(each, 'facet', 'code') === name,
  );
  return textAt(value, 'name') ?? textAt(value, 'code');
}
