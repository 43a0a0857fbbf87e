import type { DecimalText } from '../../../../domain/decimal.js';
import { textAt } from '../../exchange/json-reading.js';
import type { LineResult } from '../../../../ports/store/store.js';
import { expectStatus } from '../api/shop-http.js';
import type { StoreApi, StoreApiSession } from '../api/store-api.js';
import { askedQuantity } from '../../asked-quantity.js';
import { type ShopCart, shopCartOf } from './shop-cart.js';

const LINE_ITEM = '/checkout/cart/line-item';

interface Changed {
  result: LineResult;
  /** The cart as the shop answered it; undefined where it answered without one. */
  after?: ShopCart;
}

/** Sets the quantity of a line, and tells what the shop made of it. */
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

/** Returns the cart as the shop answered it; undefined where the line is gone already (404). */
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
