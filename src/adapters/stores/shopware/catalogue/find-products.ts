import type { Json } from '../../exchange/decimal-json.js';
import { listAt, textAt } from '../../exchange/json-reading.js';
import type { StoreApi, StoreApiSession } from '../api/store-api.js';

export interface FoundProduct {
  productId: string;
  productNumber: string;
}

/** Shopware answers more with 400 FRAMEWORK__QUERY_LIMIT_EXCEEDED. */
export const MAX_PER_REQUEST = 100;
const PRODUCT_ID = /^[0-9a-f]{32}$/;

/** A malformed id is answered with 400, for the whole request. */
export function isProductId(text: string | undefined): text is string {
  return text !== undefined && PRODUCT_ID.test(text);
}

/** Visible products by article number: exactly, else without regard to case, as the shop's database compares them. */
export async function findByNumber(api: StoreApi, session: StoreApiSession, numbers: Iterable<string>): Promise<(number: string) => FoundProduct | undefined> {
  const found = await inChunks([...new Set(numbers)].filter((number) => number !== ''), async (chunk) =>
    productsOf(await search(api, session, { filter: numberFilter(chunk) })),
  );
  const exact = new Map(found.map((product) => [product.productNumber, product]));
  const folded = new Map(found.map((product) => [product.productNumber.toLowerCase(), product]));
  return (number) => exact.get(number) ?? folded.get(number.toLowerCase());
}

/** Visible products by id. */
export async function findById(api: StoreApi, session: StoreApiSession, ids: Iterable<string>): Promise<Map<string, FoundProduct>> {
  const found = await inChunks([...new Set(ids)], async (chunk) => productsOf(await search(api, session, { ids: chunk })));
  return new Map(found.map((product) => [product.productId, product]));
}

/** Runs `load` over chunks that the shop takes, one after the other. */
export async function inChunks<In, Out>(all: readonly In[], load: (chunk: In[]) => Promise<Out[]>): Promise<Out[]> {
  const found: Out[] = [];
  for (let start = 0; start < all.length; start += MAX_PER_REQUEST) found.push(...(await load(all.slice(start, start + MAX_PER_REQUEST))));
  return found;
}

export function productsOf(body: Json | undefined): FoundProduct[] {
  return listAt(body, 'elements').flatMap((product) => {
    const productId = textAt(product, 'id');
    const productNumber = textAt(product, 'productNumber');
    return productId === undefined || productNumber === undefined ? [] : [{ productId, productNumber }];
  });
}

function search(api: StoreApi, session: StoreApiSession, criteria: object): Promise<Json | undefined> {
  return api.read(session, { method: 'POST', path: '/product', body: { limit: MAX_PER_REQUEST, ...criteria, includes: { product: ['id', 'productNumber'] } } });
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
