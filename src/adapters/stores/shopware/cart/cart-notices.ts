import type { CartNotice } from '../../../../domain/cart/cart.js';
import { isProductId } from '../catalogue/find-products.js';
import type { CartError, ShopCart } from './shop-cart.js';

/**
 * Notices by the message keys of the errors in a Shopware cart (Content/Product/Cart and Checkout/Promotion/Cart of
 * 6.6.7.1). Other keys concern an order, which nobody places here: payment, shipping methods, addresses, salutations.
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
  /** Article number of a product that the shop no longer shows. */
  numberOf(productId: string): string | undefined;
  /** Language of the cart, BCP 47. */
  language: string;
}

export function noticesOf({ errors }: Pick<ShopCart, 'errors'>, { numberOf, language }: View): CartNotice[] {
  return errors.flatMap((error) => {
    const kind = Object.hasOwn(KINDS, error.messageKey) ? KINDS[error.messageKey] : undefined;
    return kind === undefined ? [] : [{ kind, item: itemOf(error, numberOf), text: textOf(error, language) }];
  });
}

/** The keys of most product errors end with the id of the product. */
function itemOf({ key, messageKey, about }: CartError, numberOf: View['numberOf']): string {
  const id = key.slice(messageKey.length);
  return (isProductId(id) ? numberOf(id) : undefined) ?? about ?? messageKey;
}

/** The text of Shopware is English, and in one case still has its placeholder. */
function textOf({ message }: CartError, language: string): string | undefined {
  return message === undefined || message.includes('%s') || !/^en\b/i.test(language) ? undefined : message;
}
