import { listAt, textAt } from '../../exchange/json-reading.js';
import type { ShopApi, ShopSession } from '../api/shop-api.js';
import { storeFault } from '../api/store-fault.js';

const LEFT = 'query { activeOrder { id couponCodes lines { id } } }';
const CLEAR = 'mutation { removeAllOrderLines { __typename ... on ErrorResult { errorCode } } }';
const WITHOUT_COUPON = 'mutation ($couponCode: String!) { removeCouponCode(couponCode: $couponCode) { id } }';

/** Takes everything out of the active order. The Shop API cannot delete one; the shop never counts an empty one as an order. */
export async function emptyOrder(api: ShopApi, session: ShopSession): Promise<void> {
  const data = await api.read(session, 'activeOrder', LEFT);
  for (const couponCode of listAt(data, 'activeOrder', 'couponCodes'))
    if (typeof couponCode === 'string') await api.read(session, 'removeCouponCode', WITHOUT_COUPON, { couponCode });
  if (listAt(data, 'activeOrder', 'lines').length === 0) return;
  const code = textAt(await api.read(session, 'removeAllOrderLines', CLEAR), 'removeAllOrderLines', 'errorCode');
  if (code !== undefined && code !== 'NO_ACTIVE_ORDER_ERROR') throw storeFault(`removeAllOrderLines answered ${code}`);
}
