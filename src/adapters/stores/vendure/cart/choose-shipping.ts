import { listAt, textAt } from '../../exchange/json-reading.js';
import type { ShopApi, ShopSession } from '../api/shop-api.js';
import { storeFault } from '../api/store-fault.js';
import type { ShopOrder } from './shop-order.js';

const CHOICES = 'query { eligibleShippingMethods { id code } }';
const CHOOSE =
  'mutation ($ids: [ID!]!) { setOrderShippingMethod(shippingMethodId: $ids) { __typename ... on ErrorResult { errorCode } } }';

/** Gives an order that has goods and no shipping the method of that code, where it is eligible. From then on the shop keeps its costs up to date. */
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
