import type { DecimalText } from '../../../../domain/decimal.js';
import { textAt } from '../../exchange/json-reading.js';
import type { LineResult } from '../../../../ports/store/store.js';
import { expectStatus } from '../api/shop-http.js';
import type { StoreApi, StoreApiSession } from '../api/store-api.js';
import { askedQuantity } from '../../asked-quantity.js';
import { shopCartOf } from './shop-cart.js';

const LINE_ITEM = '/checkout/cart/line-item';

/** Sets the quantity of a line, and tells what the shop made of it. */
export async function changeLine(api: StoreApi, session: StoreApiSession, lineId: string, wanted: DecimalText): Promise<LineResult> {
  const nothing = { supplierPartId: '', requested: wanted, got: '0' };
  const quantity = askedQuantity(wanted);
  if (quantity === undefined) return { ...nothing, fault: 'quantity_invalid' };
  const answer = await api.send(session, { method: 'PATCH', path: LINE_ITEM, body: { items: [{ id: lineId, quantity }] } });
  if (answer.status === 404) return { ...nothing, fault: 'unknown_line' };
  // A promotion cannot be bought twice.
  if (answer.errorCodes.includes('CHECKOUT__CART_LINE_ITEM_NOT_STACKABLE')) return { ...nothing, fault: 'quantity_invalid' };
  const line = shopCartOf(expectStatus(answer, 200, `PATCH /store-api${LINE_ITEM}`).body).lines.find((each) => each.lineId === lineId);
  if (line === undefined) return { ...nothing, fault: 'sold_out' };
  const result = { ...nothing, supplierPartId: textAt(line.body, 'payload', 'productNumber') ?? '', got: line.quantity };
  return Number(line.quantity) === quantity ? result : { ...result, fault: 'quantity_changed' };
}

/** 404: it is not there (any more). */
export async function removeLine(api: StoreApi, session: StoreApiSession, lineId: string): Promise<void> {
  const answer = await api.send(session, { method: 'POST', path: `${LINE_ITEM}/delete`, body: { ids: [lineId] } });
  if (answer.status !== 404) expectStatus(answer, 200, `POST /store-api${LINE_ITEM}/delete`);
}
