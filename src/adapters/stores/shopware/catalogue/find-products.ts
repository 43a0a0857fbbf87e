import type { ItemKey } from '../../../../domain/transmission/setup-request.js';
import type { StoreApiSession, StoreApi } from '../api/store-api.js';
import {
  DETAIL_ASSOCIATIONS,
  DETAIL_FIELDS,
  type ProductDetails,
  type ProductDetailsCache,
} from './product-details.js';
import type { StoreCategory } from '../../../../ports/store/store.js';
import { type Deadline, inChunks, inPages, MAX_PER_REQUEST } from '../../exchange/throttle.js';
import { type Json, at, decimalAt, listAt, textAt } from '../../exchange/json-reading.js';

export interface FoundProduct {
  productId: string;
  productNumber: string;
}

/** Searches products by Shopware's criteria. */
interface Catalogue {
  known(session: StoreApiSession, productId: string): ProductDetails | undefined;
  search(session: StoreApiSession, criteria: object): Promise<ProductDetails[]>;
}

const PRODUCT_ID = /^[0-9a-f]{32}$/;

/** A malformed id makes Shopware answer 400 for the whole request. */
export function isProductId(text: string | undefined): text is string {
  return text !== undefined && PRODUCT_ID.test(text);
}

/** Visible products by article number: exact, else case-insensitive, as the shop's database compares them. */
async function findByNumber(
  catalogue: Catalogue,
  session: StoreApiSession,
  numbers: Iterable<string>,
): Promise<(number: string) => FoundProduct | undefined> {
  const wanted = [...new Set(numbers)].filter((number) => number !== '');
  const found = productsOf(
    await inChunks(wanted, (chunk) => catalogue.search(session, { filter: numberFilter(chunk) })),
  );
  const exact = new Map(found.map((product) => [product.productNumber, product]));
  const folded = new Map(found.map((product) => [product.productNumber.toLowerCase(), product]));
  return (number) => exact.get(number) ?? folded.get(number.toLowerCase());
}

/** Visible products by id. A cached product counts as visible; if it is not, the shop refuses it. */
async function findById(
  catalogue: Catalogue,
  session: StoreApiSession,
  ids: Iterable<string>,
): Promise<Map<string, FoundProduct>> {
  const wanted = [...new Set(ids)];
  const known = wanted.flatMap((id) => catalogue.known(session, id) ?? []);
  const remembered = new Set(known.map(({ productId }) => productId));
  const found = await inChunks(
    wanted.filter((id) => !remembered.has(id)),
    (chunk) => catalogue.search(session, { ids: chunk }),
  );
  return new Map(productsOf([...known, ...found]).map((product) => [product.productId, product]));
}

/**
 * Finds the product of each item: by our auxiliary id, else by article number (architecture.md decision 6), else by
 * product id (PRODUCTID of OCI is what we sent as EXT_PRODUCT_ID).
 */
export async function findItems(
  catalogue: Catalogue,
  session: StoreApiSession,
  items: readonly ItemKey[],
): Promise<(item: ItemKey) => FoundProduct | undefined> {
  const byId = await findById(
    catalogue,
    session,
    items.flatMap(({ auxiliaryId, supplierPartId }) => [auxiliaryId, supplierPartId].filter(isProductId)),
  );
  const idOf = ({ auxiliaryId, supplierPartId }: ItemKey): FoundProduct | undefined =>
    byId.get(auxiliaryId ?? '') ?? byId.get(supplierPartId);
  const byNumber = await findByNumber(
    catalogue,
    session,
    items.filter((item) => idOf(item) === undefined).map(({ supplierPartId }) => supplierPartId),
  );
  return (item) => byId.get(item.auxiliaryId ?? '') ?? byNumber(item.supplierPartId) ?? byId.get(item.supplierPartId);
}

/**
 * The shop's own search, as keys of items. It requests all details of a cart line, so that adding the hits needs no
 * further request.
 */
export async function searchProducts(
  api: StoreApi,
  details: ProductDetailsCache,
  session: StoreApiSession,
  query: string,
  limit: number,
): Promise<ItemKey[]> {
  const found = await inPages(limit, async (size, page) => {
    // `p`: the page of a listing, whose processor overwrites that of the criteria (PagingListingProcessor 6.6).
    const body = { search: query, limit: size, p: page, associations: DETAIL_ASSOCIATIONS, includes: DETAIL_FIELDS };
    return details.remember(session, await api.read(session, { method: 'POST', path: '/search', body }));
  });
  return productsOf(found).map(({ productId, productNumber }) => ({
    supplierPartId: productNumber,
    auxiliaryId: productId,
  }));
}

function productsOf(found: readonly ProductDetails[]): FoundProduct[] {
  return found.flatMap(({ productId, productNumber }) =>
    productNumber === undefined ? [] : [{ productId, productNumber }],
  );
}

/** `equalsAny` takes a list joined by | and drops "0" from it: such numbers need an `equals` each. */
function numberFilter(numbers: readonly string[]): object[] {
  const field = 'productNumber';
  const [single, joined] = [numbers.filter(needsEquals), numbers.filter((number) => !needsEquals(number))];
  const queries = [
    ...(joined.length === 0 ? [] : [{ type: 'equalsAny', field, value: joined.join('|') }]),
    ...single.map((value) => ({ type: 'equals', field, value })),
  ];
  return queries.length === 1 ? queries : [{ type: 'multi', operator: 'or', queries }];
}

function needsEquals(number: string): boolean {
  return number === '0' || number.includes('|');
}

/** A larger tree is cut off: it is for browsing by people. */
const MAX_PAGES = 100;

const FIELDS = {
  category: ['id', 'name', 'parentId', 'path', 'level', 'breadcrumb', 'translated', 'active', 'type', 'childCount'],
};

/**
 * The active categories of the sales channel, parents before children; a category without a listed parent becomes a
 * root.
 */
export async function readCategories(api: StoreApi, deadline: Deadline): Promise<StoreCategory[]> {
  const found: { level: number; category: StoreCategory }[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const body = await api.read(
      { deadline },
      { method: 'POST', path: '/category', body: { limit: MAX_PER_REQUEST, page, includes: FIELDS } },
    );
    const elements = listAt(body, 'elements');
    found.push(...elements.flatMap(categoryOf));
    if (elements.length < MAX_PER_REQUEST) break;
  }
  const ids = new Set(found.map(({ category }) => category.categoryId));
  return found
    .toSorted((a, b) => a.level - b.level)
    .map(({ category: { parentId, ...category } }) =>
      parentId === undefined || !ids.has(parentId) ? category : { ...category, parentId },
    );
}

function categoryOf(entity: Json): { level: number; category: StoreCategory }[] {
  const categoryId = textAt(entity, 'id');
  const name = textAt(entity, 'translated', 'name') ?? textAt(entity, 'name');
  if (categoryId === undefined || name === undefined || at(entity, 'active') === false) return [];
  const parentId = textAt(entity, 'parentId');
  return [
    {
      level: Number(decimalAt(entity, 'level') ?? '0'),
      category: { categoryId, parentId, name },
    },
  ];
}
