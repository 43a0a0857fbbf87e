import type { ItemKey } from '../../../../domain/transmission/setup-request.js';
import type { StoreApiSession } from '../api/store-api.js';
import { inChunks } from './in-chunks.js';
import type { ProductDetails } from './product-details.js';

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

/** A malformed id is answered with 400, for the whole request. */
export function isProductId(text: string | undefined): text is string {
  return text !== undefined && PRODUCT_ID.test(text);
}

/** Visible products by article number: exactly, else without regard to case, as the shop's database compares them. */
export async function findByNumber(
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

/** Visible products by id. A product that is remembered counts as visible; if it no longer is, the shop refuses it. */
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
 * Finds the product of each item: by our auxiliary id, else by article number (DESIGN decision 6), else by product id
 * where the number is one (PRODUCTID of OCI is what we sent as EXT_PRODUCT_ID).
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
