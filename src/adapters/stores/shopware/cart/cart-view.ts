import type { Cart, CartCharge } from '../../../../domain/cart/cart.js';
import { currencyDigits } from '../../../../domain/currency.js';
import { add, type Decimal, formatDecimal, round } from '../../../../domain/decimal.js';
import { at, listAt, textAt } from '../../exchange/json-reading.js';
import { storeFault } from '../api/store-fault.js';
import { type ShopContext, type TaxState, taxStateOf } from '../session/shop-context.js';
import { cartLinesOf, type LineView } from './cart-line.js';
import { netPriceOf, sumOfTaxes } from './net-price.js';
import { contentMarkOf, type ShopCart } from './shop-cart.js';

export interface CartView extends Pick<LineView, 'details' | 'rules'> {
  cartId: string;
  /** BCP 47. */
  language: string;
  context: ShopContext;
}

/**
 * Shopware's cart as procurement documents need it. What the shop tells in `errors` while reading concerns placing an
 * order there (payment-method-blocked, shipping-method-blocked, addresses) or what it already did to the lines: the lines are the truth.
 */
export function cartOf(shopCart: ShopCart, { cartId, language, context, details, rules }: CartView): Cart {
  const { currency } = context;
  const taxState = taxStateOf(at(shopCart.body, 'price', 'taxStatus')) ?? context.taxState;
  if (taxState === undefined) throw storeFault('the cart does not say whether its prices are net or gross');
  const shipping = shippingOf(shopCart, taxState, currency);
  const tax = sumOfTaxes(listAt(shopCart.body, 'price', 'calculatedTaxes'));
  return {
    cartId,
    contentMark: contentMarkOf(shopCart),
    currency,
    language,
    lines: shopCart.lines.flatMap((line) => cartLinesOf(line, { taxState, currency, details, rules })),
    ...(shipping === undefined ? {} : { shipping }),
    ...(shopCart.lines.length === 0 ? {} : { tax: { amount: amountText(tax, currency), description: /^de\b/i.test(language) ? 'Umsatzsteuer' : 'VAT' } }),
  };
}

/** All deliveries together (shipping promotions are deliveries of negative costs); none where they cost nothing. */
function shippingOf(shopCart: ShopCart, taxState: TaxState, currency: string): CartCharge | undefined {
  const deliveries = listAt(shopCart.body, 'deliveries');
  const amount = deliveries.reduce<Decimal>((sum, delivery) => add(sum, netPriceOf(at(delivery, 'shippingCosts'), '1', taxState, currency).total), { units: 0n, scale: 0 });
  if (amount.units === 0n) return undefined;
  const method = at(deliveries[0], 'shippingMethod');
  const code = textAt(method, 'technicalName');
  return {
    amount: amountText(amount, currency),
    description: textAt(method, 'translated', 'name') ?? textAt(method, 'name') ?? 'Shipping',
    ...(code === undefined ? {} : { code }),
  };
}

function amountText(amount: Decimal, currency: string): string {
  return formatDecimal(round(amount, currencyDigits(currency)));
}
