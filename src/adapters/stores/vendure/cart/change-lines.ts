import type { LineRequest, LineResult } from '../../../../ports/store/store.js';
import { askedQuantity, isWithinLimit } from '../../line-quantity.js';
import { type Json, at, listAt, textAt } from '../../exchange/json-reading.js';
import type { ShopApi, ShopSession } from '../api/shop-api.js';
import { storeFault } from '../api/store-fault.js';
import type { FoundVariant } from '../catalogue/find-variants.js';
import { inChunks } from '../../exchange/throttle.js';
import { ORDER_FIELDS, quantityOf, readOrder, type ShopOrder, shopOrderOf } from './shop-order.js';

interface Wish {
  request: LineRequest;
  variant: FoundVariant | undefined;
}

interface Item {
  productVariantId: string;
  quantity: number;
}

const ADD = `mutation ($inputs: [AddItemInput!]!) {
  addItemsToOrder(inputs: $inputs) {
    order { ...OrderFields } errorResults { ... on ErrorResult { errorCode } }
  }
} ${ORDER_FIELDS}`;
/** Takes the shop about half a second: it calculates the prices of the order once for each item. */
const ITEMS_PER_REQUEST = 200;

/**
 * Adds products; `before` is the order before the call. The result is how much the order grew: Vendure reduces a
 * quantity to the stock and reports it in an error next to the order. An article that vanished meanwhile fails its
 * whole request, whose items are then tried one by one.
 */
export async function addLines(
  api: ShopApi,
  session: ShopSession,
  before: ShopOrder | undefined,
  wishes: readonly Wish[],
): Promise<{ results: LineResult[]; after: ShopOrder | undefined }> {
  const sums = sumsOf(wishes, before);
  const items = [...sums].map(([productVariantId, quantity]) => ({ productVariantId, quantity }));
  const reasons = new Map<string, string>();
  let after = before;
  const add = async (chunk: Item[]): Promise<boolean> => {
    const { data, faultCodes } = await api.send(session, 'addItemsToOrder', ADD, { inputs: chunk });
    if (faultCodes.includes('ENTITY_NOT_FOUND')) return false;
    if (faultCodes.length > 0) throw storeFault(`addItemsToOrder answered ${faultCodes.join(', ')}`);
    const earlier = after;
    after = shopOrderOf(at(data, 'addItemsToOrder', 'order'));
    noteReasons(chunk, errorCodesOf(data), growth(earlier, after), reasons);
    return true;
  };
  await inChunks(
    items,
    async (chunk) => {
      if (await add(chunk)) return [];
      for (const item of chunk)
        if (chunk.length === 1 || !(await add([item]))) reasons.set(item.productVariantId, 'ENTITY_NOT_FOUND');
      return [];
    },
    ITEMS_PER_REQUEST,
  );

  const grown = growth(before, after);
  const left = new Map([...sums.keys()].map((id) => [id, Math.max(0, grown(id))]));
  return { results: wishes.map((wish) => resultOf(wish, { sums, left, reasons })), after };
}

/** Sets the quantity of a line and reports the result. */
export async function changeLine(
  api: ShopApi,
  session: ShopSession,
  lineId: string,
  wanted: string,
): Promise<LineResult> {
  const nothing = { supplierPartId: '', requested: wanted, got: '0' };
  const quantity = askedQuantity(wanted);
  const before = await readOrder(api, session);
  const line = before?.lines.find((each) => each.lineId === lineId);
  if (quantity === undefined) return { ...nothing, supplierPartId: line?.sku ?? '', fault: 'quantity_invalid' };
  if (line === undefined) return { ...nothing, fault: 'unknown_line' };
  const query = `mutation ($orderLineId: ID!, $quantity: Int!) {
    adjustOrderLine(orderLineId: $orderLineId, quantity: $quantity) {
      ... on ErrorResult { errorCode } ...OrderFields
      ... on InsufficientStockError { order { ...OrderFields } }
    }
  } ${ORDER_FIELDS}`;
  const answer = at(
    await api.read(session, 'adjustOrderLine', query, { orderLineId: lineId, quantity }),
    'adjustOrderLine',
  );
  const code = textAt(answer, 'errorCode');
  if (code !== undefined && code !== 'INSUFFICIENT_STOCK_ERROR')
    return { ...nothing, supplierPartId: line.sku, fault: faultOf(code) };
  const after = code === undefined ? shopOrderOf(answer) : await readOrder(api, session);
  const got = after?.lines.find((each) => each.lineId === lineId)?.quantity ?? 0;
  if (got === 0) return { ...nothing, supplierPartId: line.sku, fault: 'sold_out' };
  return {
    ...nothing,
    supplierPartId: line.sku,
    got: String(got),
    fault: got === quantity ? undefined : 'quantity_changed',
  };
}

/** A missing order line is no fault. */
export async function removeLine(api: ShopApi, session: ShopSession, lineId: string): Promise<void> {
  const query =
    'mutation ($orderLineId: ID!) { removeOrderLine(orderLineId: $orderLineId) ' +
    '{ __typename ... on ErrorResult { errorCode } } }';
  const { data, faultCodes } = await api.send(session, 'removeOrderLine', query, { orderLineId: lineId });
  const isGone =
    faultCodes.length > 0 && faultCodes.every((code) => code === 'USER_INPUT_ERROR' || code === 'ENTITY_NOT_FOUND');
  if (faultCodes.length > 0 && !isGone) throw storeFault(`removeOrderLine answered ${faultCodes.join(', ')}`);
  const code = textAt(data, 'removeOrderLine', 'errorCode');
  if (code !== undefined && code !== 'NO_ACTIVE_ORDER_ERROR') throw storeFault(`removeOrderLine answered ${code}`);
}

/** One item per variant. A sum beyond the largest quantity is not sent. */
function sumsOf(wishes: readonly Wish[], before: ShopOrder | undefined): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { variant, request } of wishes) {
    const quantity = askedQuantity(request.quantity);
    if (variant !== undefined && quantity !== undefined)
      sums.set(variant.variantId, (sums.get(variant.variantId) ?? 0) + quantity);
  }
  for (const [id, sum] of sums) if (!isWithinLimit(sum + quantityOf(before, id))) sums.delete(id);
  return sums;
}

function growth(before: ShopOrder | undefined, after: ShopOrder | undefined): (variantId: string) => number {
  return (variantId) => quantityOf(after, variantId) - quantityOf(before, variantId);
}

function errorCodesOf(data: Json): string[] {
  return listAt(data, 'addItemsToOrder', 'errorResults').map((error) => textAt(error, 'errorCode') ?? '');
}

/** The errors name no item, but have the order of the items that did not get their full quantity. */
function noteReasons(
  chunk: readonly Item[],
  codes: string[],
  grown: (variantId: string) => number,
  reasons: Map<string, string>,
): void {
  const failed = chunk.filter(({ productVariantId, quantity }) => grown(productVariantId) !== quantity);
  failed.forEach(({ productVariantId }, nth) => reasons.set(productVariantId, codes[nth] ?? ''));
}

interface Outcome {
  sums: ReadonlyMap<string, number>;
  /** Quantity that the order gained and that is not assigned to a wish yet. */
  left: Map<string, number>;
  reasons: ReadonlyMap<string, string>;
}

function resultOf({ request, variant }: Wish, { sums, left, reasons }: Outcome): LineResult {
  const nothing = { supplierPartId: variant?.sku ?? request.supplierPartId, requested: request.quantity, got: '0' };
  const quantity = askedQuantity(request.quantity);
  if (variant === undefined) return { ...nothing, fault: 'unknown_product' };
  if (quantity === undefined || !sums.has(variant.variantId)) return { ...nothing, fault: 'quantity_invalid' };
  const available = left.get(variant.variantId) ?? 0;
  const got = Math.min(quantity, available);
  left.set(variant.variantId, available - got);
  if (got === 0) return { ...nothing, fault: faultOf(reasons.get(variant.variantId)) };
  return { ...nothing, got: String(got), fault: got === quantity ? undefined : 'quantity_changed' };
}

/** ORDER_LIMIT_ERROR, NEGATIVE_QUANTITY_ERROR, and codes of the shop's own interceptors. */
function faultOf(code: string | undefined): NonNullable<LineResult['fault']> {
  if (code === 'ENTITY_NOT_FOUND') return 'unknown_product';
  if (code === 'INSUFFICIENT_STOCK_ERROR') return 'sold_out';
  if (code === 'ORDER_MODIFICATION_ERROR')
    throw storeFault('the order of this cart can no longer be changed (ORDER_MODIFICATION_ERROR)');
  return code === 'NO_ACTIVE_ORDER_ERROR' ? 'unknown_line' : 'quantity_invalid';
}

const APPLY =
  'mutation ($couponCode: String!) { applyCouponCode(couponCode: $couponCode) ' +
  '{ __typename ... on ErrorResult { errorCode } ... on Order { couponCodes } } }';

/** Applies a coupon code to the active order. False: the code is unknown, expired or used up. */
export async function redeemCode(api: ShopApi, session: ShopSession, couponCode: string): Promise<boolean> {
  const data = await api.read(session, 'applyCouponCode', APPLY, { couponCode });
  return (
    textAt(data, 'applyCouponCode', 'errorCode') === undefined &&
    listAt(data, 'applyCouponCode', 'couponCodes').length > 0
  );
}

const CHOICES = 'query { eligibleShippingMethods { id code } }';
const CHOOSE =
  'mutation ($ids: [ID!]!) { setOrderShippingMethod(shippingMethodId: $ids) ' +
  '{ __typename ... on ErrorResult { errorCode } } }';

/**
 * Sets the shipping method with that code for an order with goods and without shipping, where it is eligible.
 * Afterwards the shop keeps the costs up to date.
 */
export async function chooseShipping(
  api: ShopApi,
  session: ShopSession,
  order: ShopOrder | undefined,
  code: string,
): Promise<void> {
  if (order === undefined || order.lines.length === 0 || listAt(order.body, 'shippingLines').length > 0) return;
  const methods = listAt(await api.read(session, 'eligibleShippingMethods', CHOICES), 'eligibleShippingMethods');
  const id = textAt(
    methods.find((method) => textAt(method, 'code') === code),
    'id',
  );
  if (id === undefined) return;
  const failed = textAt(
    await api.read(session, 'setOrderShippingMethod', CHOOSE, { ids: [id] }),
    'setOrderShippingMethod',
    'errorCode',
  );
  if (failed !== undefined) throw storeFault(`setOrderShippingMethod answered ${failed}`);
}
