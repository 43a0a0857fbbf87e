import type { CartNotice } from '../../../../domain/cart/cart.js';
import { isProductId } from '../catalogue/find-products.js';
import type { CartError, ShopCart } from './shop-cart.js';

/**
 * What Shopware did to a cart by itself, by the message keys of its errors (Content/Product/Cart and Checkout/Promotion/Cart of 6.6.7.1). What is not
 * here concerns an order that nobody places: payment and shipping methods, addresses, salutations.
 */
const KINDS: Record<string, CartNotice['kind']> = {
  'product-not-found': 'line_dropped',
  'product-out-of-stock': 'line_dropped',
  'product-stock-reached': 'quantity_changed',
  'min-order-quantity': 'quantity_changed',
  'purchase-steps-quantity': 'quantity_changed',
  'promotion-not-found': 'discount_dropped',
  'promotion-not-eligible': 'discount_dropped',
  'promotion-excluded': 'discount_dropped',
  'promotion-discount-deleted': 'discount_dropped',
  'promotions-on-cart-price-zero-error': 'discount_dropped',
  'auto-promotion-not-found': 'discount_dropped',
};

interface View {
  /** Article number of a product that the shop may no longer show. */
  numberOf(productId: string): string | undefined;
  /** Of the cart, BCP 47. */
  language: string;
}

export function noticesOf({ errors }: Pick<ShopCart, 'errors'>, { numberOf, language }: View): CartNotice[] {
  return errors.flatMap((error) => {
    const kind = Object.hasOwn(KINDS, error.messageKey) ? KINDS[error.messageKey] : undefined;
    return kind === undefined ? [] : [{ kind, item: itemOf(error, numberOf), text: textOf(error, language) }];
  });
}

/** Keys of most errors about products end with the product's id. */
function itemOf({ key, messageKey, about }: CartError, numberOf: View['numberOf']): string {
  const id = key.slice(messageKey.length);
  return (isProductId(id) ? numberOf(id) : undefined) ?? about ?? messageKey;
}

/** Shopware writes it in English, and one of them with its place-holder left in. */
function textOf({ message }: CartError, language: string): string | undefined {
  return message === undefined || message.includes('%s') || !/^en\b/i.test(language) ? undefined : message;
}
