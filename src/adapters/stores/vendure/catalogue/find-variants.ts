import type { ItemKey } from '../../../../domain/transmission/setup-request.js';
import { type Json, listAt, textAt } from '../../exchange/json-reading.js';
import type { ShopApi, ShopSession } from '../api/shop-api.js';
import { inChunks, inPages, MAX_PER_REQUEST } from '../../exchange/throttle.js';
import type { ProductDetailsCache } from './product-details.js';
import type { StoreCategory } from '../../../../ports/store/store.js';

export interface FoundVariant {
  productId: string;
  variantId: string;
  sku: string;
}

/** Searches per request: each is a root field of the query. */
const SEARCHES_PER_REQUEST = 20;
/** A number that is part of too many others is not searched further. */
const MAX_PAGES = 20;
const KEY = /^([A-Za-z0-9-]{1,64})\.([A-Za-z0-9-]{1,64})$/;
const HITS = 'totalItems items { sku productId productVariantId }';

/**
 * Our name of a variant, in carts and back (`productKey`, `auxiliaryId`): the Shop API finds a variant only through its
 * product.
 */
export function variantKey({ productId, variantId }: Omit<FoundVariant, 'sku'>): string {
  return `${productId}.${variantId}`;
}

interface Deps {
  api: ShopApi;
  details: ProductDetailsCache;
  session: ShopSession;
}

/**
 * By our cookie on the line, else by article number (architecture.md decision 6), else by our key as number (OCI's
 * PRODUCTID).
 */
export async function findVariants(
  deps: Deps,
  items: readonly ItemKey[],
): Promise<(item: ItemKey) => FoundVariant | undefined> {
  const byKey = await findByKey(
    deps,
    items.flatMap(({ supplierPartId, auxiliaryId = '' }) => [auxiliaryId, supplierPartId]),
  );
  const isKnown = ({ auxiliaryId }: ItemKey): boolean => auxiliaryId !== undefined && byKey.has(auxiliaryId);
  const bySku = await findBySku(
    deps,
    items.filter((item) => !isKnown(item)).map(({ supplierPartId }) => supplierPartId),
  );
  return (item) => byKey.get(item.auxiliaryId ?? '') ?? bySku(item.supplierPartId) ?? byKey.get(item.supplierPartId);
}

/** Variants that the shop shows. */
async function findByKey({ details, session }: Deps, keys: readonly string[]): Promise<Map<string, FoundVariant>> {
  const wanted = keys.flatMap((key): { key: string; productId: string; variantId: string }[] => {
    const [, productId, variantId] = KEY.exec(key) ?? [];
    return productId === undefined || variantId === undefined ? [] : [{ key, productId, variantId }];
  });
  const products = await details.load(
    session,
    wanted.map(({ productId }) => productId),
  );
  return new Map(
    wanted.flatMap(({ key, productId, variantId }): [string, FoundVariant][] => {
      const sku = products.get(productId)?.variants.get(variantId)?.sku;
      return sku === undefined ? [] : [[key, { productId, variantId, sku }]];
    }),
  );
}

/** By the shop's search, the only way from an article number to a variant: exact, else case-insensitive. */
async function findBySku(
  { api, session }: Deps,
  skus: readonly string[],
): Promise<(sku: string) => FoundVariant | undefined> {
  const found = await inChunks(
    [...new Set(skus)].filter((sku) => sku.trim() !== ''),
    (chunk) => searchChunk(api, session, chunk),
    SEARCHES_PER_REQUEST,
  );
  const exact = new Map(found.map((variant) => [variant.sku, variant]));
  const folded = new Map(found.map((variant) => [variant.sku.toLowerCase(), variant]));
  return (sku) => exact.get(sku) ?? folded.get(sku.toLowerCase());
}

/** Reads further pages only for numbers that were not found while more hits exist. */
async function searchChunk(api: ShopApi, session: ShopSession, skus: readonly string[]): Promise<FoundVariant[]> {
  const found: FoundVariant[] = [];
  let open = skus;
  for (let page = 0; page < MAX_PAGES && open.length > 0; page += 1) {
    const inputs = open.map((_, nth) => `$i${nth}: SearchInput!`).join(', ');
    const searches = open.map((_, nth) => `s${nth}: search(input: $i${nth}) { ${HITS} }`).join(' ');
    const query = `query (${inputs}) { ${searches} }`;
    const variables = Object.fromEntries(
      open.map((term, nth) => [
        `i${nth}`,
        { term, groupByProduct: false, take: MAX_PER_REQUEST, skip: page * MAX_PER_REQUEST },
      ]),
    );
    const data = await api.read(session, 'search', query, variables);
    const hits = open.map((_, nth) => ({
      variants: variantsOf(data, `s${nth}`),
      total: Number(textAt(data, `s${nth}`, 'totalItems') ?? '0'),
    }));
    found.push(...hits.flatMap(({ variants }) => variants));
    open = open.filter((sku, nth) => {
      const { variants = [], total = 0 } = hits[nth] ?? {};
      return total > (page + 1) * MAX_PER_REQUEST && !variants.some((variant) => variant.sku === sku);
    });
  }
  return found;
}

const SEARCH =
  'query ($input: SearchInput!) { hits: search(input: $input) { items { sku productId productVariantId } } }';

/** The shop's own search, as keys of items. */
export async function searchVariants(
  api: ShopApi,
  session: ShopSession,
  query: string,
  limit: number,
): Promise<ItemKey[]> {
  const hits = await inPages(limit, async (take, page) => {
    const input = { term: query, groupByProduct: false, take, skip: (page - 1) * take };
    return variantsOf(await api.read(session, 'search', SEARCH, { input }), 'hits');
  });
  return hits.map((variant) => ({ supplierPartId: variant.sku, auxiliaryId: variantKey(variant) }));
}

function variantsOf(data: Json, field: string): FoundVariant[] {
  return listAt(data, field, 'items').flatMap((hit) => {
    const [productId, variantId, sku] = [textAt(hit, 'productId'), textAt(hit, 'productVariantId'), textAt(hit, 'sku')];
    return productId === undefined || variantId === undefined || sku === undefined
      ? []
      : [{ productId, variantId, sku }];
  });
}

/** A larger tree is cut off: it is for browsing by people. */
const MAX_CATEGORY_PAGES = 100;
const QUERY =
  'query ($take: Int!, $skip: Int!) ' +
  '{ collections(options: { take: $take, skip: $skip }) { items { id parentId name } } }';

/**
 * The channel's public collections, parents before children; a collection without a listed parent (the shop's root is
 * not listed) becomes a root.
 */
export async function readCategories(api: ShopApi, session: ShopSession): Promise<StoreCategory[]> {
  const found: StoreCategory[] = [];
  for (let page = 0; page < MAX_CATEGORY_PAGES; page += 1) {
    const data = await api.read(session, 'collections', QUERY, { take: MAX_PER_REQUEST, skip: page * MAX_PER_REQUEST });
    const items = listAt(data, 'collections', 'items');
    for (const item of items) {
      const [categoryId, name, parentId] = [textAt(item, 'id'), textAt(item, 'name'), textAt(item, 'parentId')];
      if (categoryId !== undefined && name !== undefined) found.push({ categoryId, name, parentId });
    }
    if (items.length < MAX_PER_REQUEST) break;
  }
  return parentsFirst(found);
}

function parentsFirst(all: readonly StoreCategory[]): StoreCategory[] {
  const ids = new Set(all.map(({ categoryId }) => categoryId));
  const children = new Map<string | undefined, StoreCategory[]>();
  for (const { parentId, ...category } of all) {
    const parent = parentId !== undefined && ids.has(parentId) ? parentId : undefined;
    children.set(parent, [
      ...(children.get(parent) ?? []),
      parent === undefined ? category : { ...category, parentId: parent },
    ]);
  }
  const sorted = [...(children.get(undefined) ?? [])];
  for (const { categoryId } of sorted) sorted.push(...(children.get(categoryId) ?? []));
  return sorted;
}
