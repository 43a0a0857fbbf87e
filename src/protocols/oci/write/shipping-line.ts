import type { Cart, CartLine } from '../../../domain/cart/cart.js';

export const SHIPPING_LINE = 'shipping';

/** Shipping as one more line of the cart (OciSettings.shippingAsLine); undefined where there is none or it costs nothing. */
export function shippingLine(cart: Pick<Cart, 'shipping'>): CartLine | undefined {
  const { shipping } = cart;
  if (shipping === undefined || !/[1-9]/.test(shipping.amount)) return undefined;
  const sku = shipping.code === undefined || shipping.code === '' ? 'SHIPPING' : shipping.code;
  return {
    lineId: SHIPPING_LINE,
    kind: 'service',
    sku,
    productKey: '',
    auxiliaryId: '',
    quantity: '1',
    unitPrice: shipping.amount,
    priceBasis: '1',
    unit: 'EA',
    name: shipping.description,
    textLanguages: shipping.language === undefined ? undefined : { name: shipping.language },
    classifications: [],
    customFields: {},
  };
}
