import type { LineRequest, LineResult } from '../../../../ports/store/store.js';
import { expectStatus } from '../api/shop-http.js';
import type { StoreApi, StoreApiSession } from '../api/store-api.js';
import { findById, findByNumber, type FoundProduct, inChunks, isProductId } from '../catalogue/find-products.js';
import { askedQuantity, isWithinLimit } from '../../asked-quantity.js';
import { quantityOf, type ShopCart, shopCartOf } from './shop-cart.js';

interface Wish {
  request: LineRequest;
  product: FoundProduct | undefined;
  quantity: number | undefined;
}

/**
 * Adds products; `before` is the cart as it was. A line's id is its product's. Shopware says 200 whatever happens to a
 * product (unknown, sold out, cut to the stock, rounded to a step; a variant's parent is dropped without a word), so
 * what counts is how far each line grew; the notices tell only why it did not.
 */
export async function addLines(api: StoreApi, session: StoreApiSession, before: ShopCart, requests: readonly LineRequest[]): Promise<LineResult[]> {
  const wishes = await wishesOf(api, session, requests);
  const sums = sumsOf(wishes, before);
  const items = [...sums].map(([id, quantity]) => ({ id, type: 'product', referencedId: id, quantity }));
  const reasons = new Map<string, string>();
  let after = before;
  await inChunks(items, async (chunk) => {
    const answer = await api.send(session, { method: 'POST', path: '/checkout/cart/line-item', body: { items: chunk }, bucket: `add ${chunk[0]?.id ?? ''}` });
    after = shopCartOf(expectStatus(answer, 200, 'POST /store-api/checkout/cart/line-item').body);
    for (const { key, messageKey } of after.notices) for (const { id } of chunk) if (key.endsWith(id)) reasons.set(id, messageKey);
    return [];
  });
  const left = new Map([...sums.keys()].map((id) => [id, Math.max(0, quantityOf(after, id) - quantityOf(before, id))]));
  const lastOf = new Map(wishes.filter(({ quantity }) => quantity !== undefined).map((wish) => [wish.product?.productId, wish]));
  return wishes.map((wish) => resultOf(wish, { sums, left, reasons, isLast: lastOf.get(wish.product?.productId) === wish }));
}

/** By our own cookie on the line, else by article number (DESIGN decision 6). */
async function wishesOf(api: StoreApi, session: StoreApiSession, requests: readonly LineRequest[]): Promise<Wish[]> {
  const ids = requests.map(({ auxiliaryId }) => auxiliaryId).filter(isProductId);
  const byId = await findById(api, session, ids);
  const isKnown = ({ auxiliaryId }: LineRequest): boolean => auxiliaryId !== undefined && byId.has(auxiliaryId);
  const byNumber = await findByNumber(api, session, requests.filter((request) => !isKnown(request)).map(({ supplierPartId }) => supplierPartId));
  return requests.map((request) => ({
    request,
    product: (request.auxiliaryId === undefined ? undefined : byId.get(request.auxiliaryId)) ?? byNumber(request.supplierPartId),
    quantity: askedQuantity(request.quantity),
  }));
}

/** One entry per product: Shopware adds the same id up. A sum beyond the largest quantity is not sent. */
function sumsOf(wishes: readonly Wish[], before: ShopCart): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { product, quantity } of wishes) if (product !== undefined && quantity !== undefined) sums.set(product.productId, (sums.get(product.productId) ?? 0) + quantity);
  for (const [id, sum] of sums) if (!isWithinLimit(sum + quantityOf(before, id))) sums.delete(id);
  return sums;
}

interface Outcome {
  sums: ReadonlyMap<string, number>;
  /** What the cart gained and nobody was credited with yet. */
  left: Map<string, number>;
  reasons: ReadonlyMap<string, string>;
  /** The last wish for a product gets what a step or least quantity added on top. */
  isLast: boolean;
}

function resultOf({ request, product, quantity }: Wish, { sums, left, reasons, isLast }: Outcome): LineResult {
  const nothing = { supplierPartId: product?.productNumber ?? request.supplierPartId, requested: request.quantity, got: '0' };
  if (product === undefined) return { ...nothing, fault: 'unknown_product' };
  if (quantity === undefined || !sums.has(product.productId)) return { ...nothing, fault: 'quantity_invalid' };
  const available = left.get(product.productId) ?? 0;
  const got = isLast ? available : Math.min(quantity, available);
  left.set(product.productId, available - got);
  if (got === 0) return { ...nothing, fault: faultOf(reasons.get(product.productId)) };
  return { ...nothing, got: String(got), ...(got === quantity ? {} : { fault: 'quantity_changed' as const }) };
}

/** Nothing added and no reason given: the parent of variants, which nobody can buy. */
function faultOf(messageKey: string | undefined): NonNullable<LineResult['fault']> {
  if (messageKey === undefined || messageKey === 'product-not-found') return 'unknown_product';
  return 'sold_out';
}
