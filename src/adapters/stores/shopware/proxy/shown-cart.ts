import { keyOf, type ShownCart } from '../../../../domain/cart/shown-cart.js';
import type { JudgedCall } from '../../../../ports/store/store-proxy-policy.js';
import { parseDecimalJson } from '../../exchange/decimal-json.js';
import { textAt } from '../../exchange/json-reading.js';
import { noticesOf } from '../cart/cart-notices.js';
import { contentMarkOf, EMPTY_CART, type ShopCart, shopCartOf, type ShopLine } from '../cart/shop-cart.js';

/** What the answer to a proxied call shows of the cart. A refused call changes nothing. */
export function shownInAnswer(
  { method, path, effect }: JudgedCall,
  { status, body }: { status: number; body: string },
): ShownCart | 'as_before' | undefined {
  if (status >= 400 && status < 500) return 'as_before';
  if (status >= 300) return undefined;
  if (method === 'DELETE' && path === '/checkout/cart') return shownCartOf(EMPTY_CART);
  if (!path.startsWith('/checkout/cart')) return path === '/context' || effect === 'read' ? 'as_before' : undefined;
  try {
    return shownCartOf(shopCartOf(parseDecimalJson(body)));
  } catch {
    return undefined;
  }
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
        ...(isDiscount ? { isDiscount: true } : {}),
      };
    }),
    told: noticesOf(shopCart, { numberOf, language: 'en' }).map(keyOf),
  };
}

function numberIn({ body }: ShopLine): string | undefined {
  return textAt(body, 'payload', 'productNumber');
}
