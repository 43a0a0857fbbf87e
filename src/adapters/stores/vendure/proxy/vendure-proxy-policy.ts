import type { CartRef } from '../../../../domain/cart/cart.js';
import type { StoreProxyPolicy } from '../../../../ports/store/store-proxy-policy.js';
import { CHANNEL_HEADER, type ShopSession, TOKEN_HEADER } from '../api/shop-api.js';
import { storeFault } from '../api/store-fault.js';
import { operationJudge } from './judge-operation.js';

interface Deps {
  /** Without slash at the end. */
  shopApiUrl: string;
  channelToken: string | undefined;
  /** The session of a cart of ours. */
  sessionOf(cart: CartRef): ShopSession;
  /** Root fields beyond the list: `mutation setOrderShippingMethod`. */
  allow: readonly string[];
}

/** Vendure's Shop API, which is one address: the token is ours to add, and the cart's channel and currency go along with every request: a mutation in another currency would move the order to it. */
export function vendureProxyPolicy({ shopApiUrl, channelToken, sessionOf, allow }: Deps): StoreProxyPolicy {
  const channel = (token: string | undefined): Record<string, string> =>
    token === undefined ? {} : { [CHANNEL_HEADER]: token };
  return {
    mountPath: '/shop-api',
    target: shopApiUrl,
    passes: [],
    credentialHeaders: [TOKEN_HEADER, 'authorization'],
    publicHeaders: channel(channelToken),
    judge: operationJudge(allow),
    access: (cart) => {
      const { token, currency, channelToken: own } = sessionOf(cart);
      if (token === undefined) throw storeFault('this cart has no session');
      return {
        headers: { ...channel(own), authorization: `Bearer ${token}` },
        ...(currency === undefined ? {} : { query: { currencyCode: currency } }),
        secrets: [token],
      };
    },
    // Another token, or an empty one, takes the place of one that the shop no longer knows.
    isLost: (headers, { headers: { authorization = '' } }) =>
      headers[TOKEN_HEADER] !== undefined && `Bearer ${headers[TOKEN_HEADER]}` !== authorization,
  };
}
