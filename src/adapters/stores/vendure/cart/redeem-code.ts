import { listAt, textAt } from '../../exchange/json-reading.js';
import type { ShopApi, ShopSession } from '../api/shop-api.js';

const APPLY =
  'mutation ($couponCode: String!) { applyCouponCode(couponCode: $couponCode) { __typename ... on ErrorResult { errorCode } ... on Order { couponCodes } } }';

/** Applies a coupon code to the active order. False: the shop does not know the code, or it is over or used up. */
export async function redeemCode(api: ShopApi, session: ShopSession, couponCode: string): Promise<boolean> {
  const data = await api.read(session, 'applyCouponCode', APPLY, { couponCode });
  return (
    textAt(data, 'applyCouponCode', 'errorCode') === undefined &&
    listAt(data, 'applyCouponCode', 'couponCodes').length > 0
  );
}
