import type { CartRef } from '../../../../domain/cart/cart.js';
import type { StoreProxyPolicy, JudgedCall } from '../../../../ports/store/store-proxy-policy.js';
import { callJudge } from './judge-call.js';
import {
  type AskedChange,
  keyOf,
  ONLY_LOOKED,
  type ShownAnswer,
  type ShownCart,
} from '../../../../domain/cart/shown-cart.js';
import { sumOf } from '../../../../domain/decimal.js';
import { parseDecimalJson, textAt } from '../../exchange/json-reading.js';
import { noticesOf } from '../cart/cart-view.js';
import { contentMarkOf, EMPTY_CART, type ShopCart, shopCartOf, type ShopLine } from '../cart/shop-cart.js';

const TOKEN = 'sw-context-token';
const ACCESS_KEY = 'sw-access-key';

interface Deps {
  /** Of the shop, without a trailing slash. */
  baseUrl: string;
  accessKey: string;
  /** The context token of one of our carts. */
  tokenOf(cart: CartRef): string;
  inTurn: NonNullable<StoreProxyPolicy['inTurn']>;
  /** Additional calls, `POST /customer/wishlist/add/{}`. */
  allow: readonly string[];
}

/** Shopware's Store API: we add token and access key, which also appear in bodies of contexts and carts. */
export function shopwareProxyPolicy({ baseUrl, accessKey, tokenOf, inTurn, allow }: Deps): StoreProxyPolicy {
  return {
    mountPath: '/store-api',
    target: `${baseUrl}/store-api`,
    passes: ['sw-language-id', 'sw-include-seo-urls', 'sw-inheritance'],
    credentialHeaders: [TOKEN, ACCESS_KEY],
    publicHeaders: { [ACCESS_KEY]: accessKey },
    judge: callJudge(allow),
    shownCart: shownInAnswer,
    inTurn,
    access: (cart) => {
      const token = tokenOf(cart);
      return { headers: { [ACCESS_KEY]: accessKey, [TOKEN]: token }, secrets: [token, accessKey] };
    },
    // A lost context shows only by another token (shopware.md 2.1); an answer without a token says nothing.
    isLost: (headers, access) => headers[TOKEN] !== undefined && headers[TOKEN] !== access.headers[TOKEN],
  };
}

/**
 * What the answer to a proxied call shows of the cart. A refused call changes nothing, and a failed one shows nothing.
 */
function shownInAnswer(
  call: JudgedCall,
  { status, body }: { status: number; body: string },
): ShownAnswer | 'as_before' | undefined {
  const { method, path, effect } = call;
  const isCart = path.startsWith('/checkout/cart');
  if (status >= 400 && (status < 500 || isCart)) return 'as_before';
  if (status >= 300) return undefined;
  if (method === 'DELETE' && path === '/checkout/cart')
    return { cart: shownCartOf(EMPTY_CART), asked: { changed: 'all' } };
  if (!isCart) return path === '/context' || effect === 'read' ? 'as_before' : undefined;
  try {
    return {
      cart: shownCartOf(shopCartOf(parseDecimalJson(body))),
      asked: effect === 'read' ? ONLY_LOOKED : askedBy(call),
    };
  } catch {
    return undefined;
  }
}

interface AskedLine {
  id?: string;
  referencedId?: string;
  quantity?: string | number;
}

/** For a call built by judge-call.ts, so its form is known. */
function askedBy({ method, path, body = '{}' }: JudgedCall): AskedChange {
  const { items = [], ids = [] } = JSON.parse(body) as { items?: AskedLine[]; ids?: string[] };
  if (method !== 'POST' || path.endsWith('/delete'))
    return { changed: [...ids, ...items.flatMap(({ id }) => id ?? [])] };
  const added = new Map<string, string>();
  for (const { id, referencedId = '', quantity = 1 } of items) {
    const line = id ?? referencedId;
    added.set(line, sumOf(added.get(line) ?? '0', String(quantity)));
  }
  return { added };
}

export function shownCartOf(shopCart: ShopCart): ShownCart {
  const numberOf = (productId: string): string | undefined =>
    shopCart.lines.filter(({ referencedId }) => referencedId === productId).map(numberIn)[0];
  return {
    mark: contentMarkOf(shopCart),
    lines: shopCart.lines.map((line) => {
      const name = textAt(line.body, 'label');
      const isDiscount = line.type === 'promotion' || line.type === 'discount';
      const item = isDiscount ? (textAt(line.body, 'payload', 'code') ?? line.referencedId) : numberIn(line);
      return {
        lineId: line.lineId,
        item: item ?? name ?? line.lineId,
        name,
        quantity: line.quantity,
        // Only where it is true: what is stored is compared with what is new, key by key.
        ...(isDiscount ? { isDiscount: true } : {}),
      };
    }),
    told: noticesOf(shopCart, { numberOf, language: 'en' }).map(keyOf),
  };
}

function numberIn({ body }: ShopLine): string | undefined {
  return textAt(body, 'payload', 'productNumber');
}
