import type { CartRef } from '../../../../domain/cart/cart.js';
import type { StoreProxyPolicy } from '../../../../ports/store/store-proxy-policy.js';
import { callJudge } from './judge-call.js';
import { shownInAnswer } from './shown-cart.js';

const TOKEN = 'sw-context-token';
const ACCESS_KEY = 'sw-access-key';

interface Deps {
  /** Of the shop, without slash at the end. */
  baseUrl: string;
  accessKey: string;
  /** The context token of a cart of ours. */
  tokenOf(cart: CartRef): string;
  /** Calls beyond the list, `POST /customer/wishlist/add/{}`. */
  allow: readonly string[];
}

/** Shopware's Store API: token and access key are ours to add, and appear in bodies of contexts and carts. */
export function shopwareProxyPolicy({ baseUrl, accessKey, tokenOf, allow }: Deps): StoreProxyPolicy {
  return {
    mountPath: '/store-api',
    target: `${baseUrl}/store-api`,
    passes: ['sw-language-id', 'sw-include-seo-urls', 'sw-inheritance'],
    credentialHeaders: [TOKEN, ACCESS_KEY],
    publicHeaders: { [ACCESS_KEY]: accessKey },
    judge: callJudge(allow),
    shownCart: shownInAnswer,
    access: (cart) => {
      const token = tokenOf(cart);
      return { headers: { [ACCESS_KEY]: accessKey, [TOKEN]: token }, secrets: [token, accessKey] };
    },
    // A forgotten context is told by another token alone (FACTS 2.1); an answer without one says nothing.
    isLost: (headers, access) => headers[TOKEN] !== undefined && headers[TOKEN] !== access.headers[TOKEN],
  };
}
