import type { LineRequest, LineResult } from '../../../../ports/store/store.js';
import { expectStatus } from '../api/shop-http.js';
import type { StoreApi, StoreApiSession } from '../api/store-api.js';
import { findItems, type FoundProduct } from '../catalogue/find-products.js';
import { inChunks } from '../../exchange/throttle.js';
import type { ProductDetailsCache } from '../catalogue/product-details.js';
import { askedQuantity, isWithinLimit } from '../../line-quantity.js';
import { quantityOf, type ShopCart, shopCartOf, contentMarkOf } from './shop-cart.js';
import type { DecimalText } from '../../../../domain/decimal.js';
import { textAt } from '../../exchange/json-reading.js';
import { StoreSessionLost } from '../api/store-fault.js';
import { logOut } from '../session/open-context.js';

interface Wish {
  request: LineRequest;
  product: FoundProduct | undefined;
  quantity: number | undefined;
}

interface Deps {
  api: StoreApi;
  catalogue: ProductDetailsCache;
}

/**
 * Adds products. `before` is the cart before the call, `after` the cart in the shop's answer. The id of a line is that
 * of its product.
 * Shopware answers 200 whatever happens to a product (unknown, sold out, reduced to the stock, rounded to a step; the
 * parent of variants is dropped silently). So the result is how much each line grew; the notices only give the reason.
 */
export async function addLines(
  { api, catalogue }: Deps,
  session: StoreApiSession,
  before: ShopCart,
  requests: readonly LineRequest[],
): Promise<{ results: LineResult[]; after: ShopCart }> {
  const productOf = await findItems(catalogue, session, requests);
  const wishes = requests.map((request): Wish => ({
    request,
    product: productOf(request),
    quantity: askedQuantity(request.quantity),
  }));
  const sums = sumsOf(wishes, before);
  const items = [...sums].map(([id, quantity]) => ({ id, type: 'product', referencedId: id, quantity }));
  const reasons = new Map<string, string>();
  let after = before;
  await inChunks(items, async (chunk) => {
    const answer = await api.send(session, {
      method: 'POST',
      path: '/checkout/cart/line-item',
      body: { items: chunk },
      bucket: `add ${chunk[0]?.id ?? ''}`,
    });
    after = shopCartOf(expectStatus(answer, 200, 'POST /store-api/checkout/cart/line-item').body);
    for (const { key, messageKey } of after.errors)
      for (const { id } of chunk) if (key.endsWith(id)) reasons.set(id, messageKey);
    return [];
  });
  const left = new Map([...sums.keys()].map((id) => [id, Math.max(0, quantityOf(after, id) - quantityOf(before, id))]));
  const lastOf = new Map(
    wishes.filter(({ quantity }) => quantity !== undefined).map((wish) => [wish.product?.productId, wish]),
  );
  return {
    results: wishes.map((wish) =>
      resultOf(wish, { sums, left, reasons, isLast: lastOf.get(wish.product?.productId) === wish }),
    ),
    after,
  };
}

/** One entry per product: Shopware adds up equal ids. A sum beyond the largest quantity is not sent. */
function sumsOf(wishes: readonly Wish[], before: ShopCart): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { product, quantity } of wishes)
    if (product !== undefined && quantity !== undefined)
      sums.set(product.productId, (sums.get(product.productId) ?? 0) + quantity);
  for (const [id, sum] of sums) if (!isWithinLimit(sum + quantityOf(before, id))) sums.delete(id);
  return sums;
}

interface Outcome {
  sums: ReadonlyMap<string, number>;
  /** Quantity that the cart gained and that is not assigned to a wish yet. */
  left: Map<string, number>;
  reasons: ReadonlyMap<string, string>;
  /** The last wish for a product gets the surplus from a purchase step or minimum quantity. */
  isLast: boolean;
}

function resultOf({ request, product, quantity }: Wish, { sums, left, reasons, isLast }: Outcome): LineResult {
  const nothing = {
    supplierPartId: product?.productNumber ?? request.supplierPartId,
    requested: request.quantity,
    got: '0',
  };
  if (product === undefined) return { ...nothing, fault: 'unknown_product' };
  if (quantity === undefined || !sums.has(product.productId)) return { ...nothing, fault: 'quantity_invalid' };
  const available = left.get(product.productId) ?? 0;
  const got = isLast ? available : Math.min(quantity, available);
  left.set(product.productId, available - got);
  if (got === 0) return { ...nothing, fault: faultOf(reasons.get(product.productId)) };
  return { ...nothing, got: String(got), fault: got === quantity ? undefined : 'quantity_changed' };
}

/** Nothing added and no reason given: the parent of variants, which cannot be bought. */
function faultOf(messageKey: string | undefined): NonNullable<LineResult['fault']> {
  if (messageKey === undefined || messageKey === 'product-not-found') return 'unknown_product';
  return 'sold_out';
}

const LINE_ITEM = '/checkout/cart/line-item';

interface Changed {
  result: LineResult;
  /** The cart in the shop's answer; undefined for an answer without one. */
  after?: ShopCart;
}

/** Sets the quantity of a line and reports the result. */
export async function changeLine(
  api: StoreApi,
  session: StoreApiSession,
  lineId: string,
  wanted: DecimalText,
): Promise<Changed> {
  const nothing = { supplierPartId: '', requested: wanted, got: '0' };
  const quantity = askedQuantity(wanted);
  if (quantity === undefined) return { result: { ...nothing, fault: 'quantity_invalid' } };
  const answer = await api.send(session, {
    method: 'PATCH',
    path: LINE_ITEM,
    body: { items: [{ id: lineId, quantity }] },
  });
  if (answer.status === 404) return { result: { ...nothing, fault: 'unknown_line' } };
  // A promotion cannot be bought twice.
  if (answer.errorCodes.includes('CHECKOUT__CART_LINE_ITEM_NOT_STACKABLE'))
    return { result: { ...nothing, fault: 'quantity_invalid' } };
  const after = shopCartOf(expectStatus(answer, 200, `PATCH /store-api${LINE_ITEM}`).body);
  const line = after.lines.find((each) => each.lineId === lineId);
  if (line === undefined) return { result: { ...nothing, fault: 'sold_out' }, after };
  const result = {
    ...nothing,
    supplierPartId: textAt(line.body, 'payload', 'productNumber') ?? '',
    got: line.quantity,
  };
  return { result: Number(line.quantity) === quantity ? result : { ...result, fault: 'quantity_changed' }, after };
}

/** Returns the cart in the shop's answer; undefined where the line is already gone (404). */
export async function removeLine(
  api: StoreApi,
  session: StoreApiSession,
  lineId: string,
): Promise<ShopCart | undefined> {
  const answer = await api.send(session, { method: 'POST', path: `${LINE_ITEM}/delete`, body: { ids: [lineId] } });
  return answer.status === 404
    ? undefined
    : shopCartOf(expectStatus(answer, 200, `POST /store-api${LINE_ITEM}/delete`).body);
}

/** Adds a code to the cart, as a frontend does, and returns the cart in the shop's answer. */
export async function redeemCode(api: StoreApi, session: StoreApiSession, code: string): Promise<ShopCart> {
  const body = { items: [{ type: 'promotion', referencedId: code }] };
  const answer = await api.send(session, {
    method: 'POST',
    path: '/checkout/cart/line-item',
    body,
    bucket: 'redeem a code',
  });
  return shopCartOf(expectStatus(answer, 200, 'POST /store-api/checkout/cart/line-item').body);
}

/** A code that has an effect has a separate line. Shopware compares codes case-insensitively. */
export function hasCode({ lines }: ShopCart, code: string): boolean {
  const wanted = code.toLowerCase();
  return lines.some(
    ({ type, referencedId, body }) =>
      type === 'promotion' &&
      [referencedId, textAt(body, 'payload', 'code')].some((known) => known?.toLowerCase() === wanted),
  );
}

/**
 * Deletes a cart if `contentMark` still matches, then ends its context. `isOwn`: the context of a login, which stays. A
 * lost context or an empty cart counts as deleted.
 */
export async function deleteCart(
  api: StoreApi,
  session: StoreApiSession,
  { contentMark, isOwn }: { contentMark: string | undefined; isOwn: boolean | undefined },
): Promise<'deleted' | 'changed'> {
  try {
    const shopCart = shopCartOf(await api.read(session, { method: 'GET', path: '/checkout/cart' }));
    if (contentMark !== undefined && shopCart.lines.length > 0 && contentMarkOf(shopCart) !== contentMark)
      return 'changed';
    expectStatus(
      await api.send(session, { method: 'DELETE', path: '/checkout/cart' }),
      204,
      'DELETE /store-api/checkout/cart',
    );
    if (isOwn !== true) await logOut(api, session);
  } catch (fault) {
    if (!(fault instanceof StoreSessionLost)) throw fault;
  }
  return 'deleted';
}
