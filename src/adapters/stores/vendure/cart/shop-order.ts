import { digestOf } from '../../../../domain/digest.js';
import { type Json, at, listAt, textAt } from '../../exchange/json-reading.js';
import type { ShopApi, ShopSession } from '../api/shop-api.js';
import { storeFault } from '../api/store-fault.js';

/** Vendure's active order, with the parts that we use. */
export interface ShopOrder {
  lines: ShopLine[];
  body: Json;
}

export interface ShopLine {
  lineId: string;
  variantId: string;
  productId: string;
  sku: string;
  quantity: number;
  body: Json;
}

const DISCOUNTS = 'discounts { adjustmentSource description amount amountWithTax }';
/** All fields that carts are made from. */
export const ORDER_FIELDS = `fragment OrderFields on Order {
  id state currencyCode couponCodes subTotal subTotalWithTax total totalWithTax shipping shippingWithTax
  lines { id quantity unitPrice linePrice linePriceWithTax taxRate ${DISCOUNTS}
    productVariant { id productId sku name } }
  surcharges { id sku description price priceWithTax taxRate }
  shippingLines { discountedPrice discountedPriceWithTax shippingMethod { code name } }
}`;
const QUERY = `query { activeOrder { ...OrderFields } } ${ORDER_FIELDS}`;
/** The states in which a buyer may change the content. */
const OPEN_STATES = new Set(['Draft', 'AddingItems', 'ArrangingPayment']);

/** Undefined: nothing was added yet. */
export async function readOrder(api: ShopApi, session: ShopSession): Promise<ShopOrder | undefined> {
  const order = at(await api.read(session, 'activeOrder', QUERY), 'activeOrder');
  return order === null ? undefined : shopOrderOf(order);
}

export function shopOrderOf(body: Json | undefined): ShopOrder {
  const lines = at(body, 'lines');
  if (body === undefined || !Array.isArray(lines)) throw storeFault('the shop answered something that is no order');
  const state = textAt(body, 'state');
  if (state !== undefined && !OPEN_STATES.has(state))
    throw storeFault(
      `the order of this cart is in the state ${/^\w{1,40}$/.test(state) ? state : 'of something else'}`,
    );
  return { body, lines: lines.map(shopLineOf) };
}

/** Changes with the content of the cart, not with the shop's prices, which may change without the buyer. */
export function contentMarkOf(order: ShopOrder | undefined): string {
  const lines = (order?.lines ?? []).map(({ lineId, variantId, quantity }) => [lineId, variantId, quantity]);
  return digestOf(JSON.stringify([lines, listAt(order?.body, 'couponCodes')])).slice(0, 32);
}

/** Sum over all lines of a variant: custom fields may keep lines apart. */
export function quantityOf(order: ShopOrder | undefined, variantId: string): number {
  return (order?.lines ?? []).reduce((sum, line) => (line.variantId === variantId ? sum + line.quantity : sum), 0);
}

/** Lines with quantity 0 come from orders that were changed later; they are ignored. */
function shopLineOf(body: Json): ShopLine {
  const [lineId, variantId, productId, sku] = [
    textAt(body, 'id'),
    textAt(body, 'productVariant', 'id'),
    textAt(body, 'productVariant', 'productId'),
    textAt(body, 'productVariant', 'sku'),
  ];
  const quantity = Number(textAt(body, 'quantity'));
  if (
    lineId === undefined ||
    variantId === undefined ||
    productId === undefined ||
    sku === undefined ||
    !Number.isSafeInteger(quantity)
  )
    throw storeFault('a line of the order lacks id, product or quantity');
  return { lineId, variantId, productId, sku, quantity, body };
}

const LEFT = 'query { activeOrder { id couponCodes lines { id } } }';
const CLEAR = 'mutation { removeAllOrderLines { __typename ... on ErrorResult { errorCode } } }';
const WITHOUT_COUPON = 'mutation ($couponCode: String!) { removeCouponCode(couponCode: $couponCode) { id } }';

/**
 * Removes everything from the active order. The Shop API cannot delete one; the shop never counts an empty one as an
 * order.
 */
export async function emptyOrder(api: ShopApi, session: ShopSession): Promise<void> {
  const data = await api.read(session, 'activeOrder', LEFT);
  for (const couponCode of listAt(data, 'activeOrder', 'couponCodes'))
    if (typeof couponCode === 'string') await api.read(session, 'removeCouponCode', WITHOUT_COUPON, { couponCode });
  if (listAt(data, 'activeOrder', 'lines').length === 0) return;
  const code = textAt(await api.read(session, 'removeAllOrderLines', CLEAR), 'removeAllOrderLines', 'errorCode');
  if (code !== undefined && code !== 'NO_ACTIVE_ORDER_ERROR') throw storeFault(`removeAllOrderLines answered ${code}`);
}
