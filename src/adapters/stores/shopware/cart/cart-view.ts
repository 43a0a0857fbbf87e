import type { Cart, CartCharge, CartLine, CartNotice } from '../../../../domain/cart/cart.js';
import { currencyDigits } from '../../../../domain/currency.js';
import { add, type Decimal, formatDecimal, round } from '../../../../domain/decimal.js';
import { at, listAt, textAt } from '../../exchange/json-reading.js';
import { storeFault } from '../api/store-fault.js';
import { type ShopContext, type TaxState, taxStateOf } from '../session/shop-context.js';
import { cartLinesOf, type LineView, netPriceOf, sumOfTaxes } from './cart-line.js';
import { contentMarkOf, type ShopCart, type CartError } from './shop-cart.js';
import { isProductId } from '../catalogue/find-products.js';

interface CartView extends Pick<LineView, 'details' | 'rules' | 'language' | 'tagOf'> {
  cartId: string;
  context: ShopContext;
  /** Article number of a product that is no longer in the cart, where it is known. */
  numberOf?(productId: string): string | undefined;
}

/** The Shopware cart as procurement documents need it. Changes made by the shop are in the notices. */
export function cartOf(shopCart: ShopCart, view: CartView): Cart {
  const { cartId, context, details, rules, tagOf } = view;
  const { currency } = context;
  const taxState = taxStateOf(at(shopCart.body, 'price', 'taxStatus')) ?? context.taxState;
  if (taxState === undefined) throw storeFault('the cart does not say whether its prices are net or gross');
  const shipping = shippingOf(shopCart, taxState, currency);
  const tax = sumOfTaxes(listAt(shopCart.body, 'price', 'calculatedTaxes'));
  const written = shopCart.lines.flatMap((line) =>
    cartLinesOf(line, { taxState, currency, language: view.language, tagOf, details, rules }),
  );
  const { language, lines } = inOneLanguage(view.language, written);
  const notices = noticesOf(shopCart, {
    numberOf: (id) => details.get(id)?.productNumber ?? view.numberOf?.(id),
    language,
  });
  return {
    cartId,
    contentMark: contentMarkOf(shopCart),
    currency,
    language,
    lines,
    notices: notices.length === 0 ? undefined : notices,
    shipping,
    tax:
      shopCart.lines.length === 0
        ? undefined
        : { amount: amountText(tax, currency), description: /^de\b/i.test(language) ? 'Umsatzsteuer' : 'VAT' },
  };
}

/** If the names of all lines fell back to one language, the cart gets that language. */
function inOneLanguage(language: string, lines: CartLine[]): Pick<Cart, 'language' | 'lines'> {
  const products = lines.filter(({ kind }) => kind === 'product');
  const other = products[0]?.textLanguages?.name;
  if (other === undefined || other === 'und' || products.some(({ textLanguages }) => textLanguages?.name !== other))
    return { language, lines };
  return { language: other, lines: lines.map((line) => ({ ...line, textLanguages: seenFrom(other, line, language) })) };
}

function seenFrom(
  other: string,
  { description, textLanguages }: CartLine,
  language: string,
): CartLine['textLanguages'] {
  const own = description === undefined ? other : (textLanguages?.description ?? language);
  return own === other ? undefined : { description: own };
}

/** All deliveries together (shipping promotions are deliveries with negative costs); none where they cost nothing. */
function shippingOf(shopCart: ShopCart, taxState: TaxState, currency: string): CartCharge | undefined {
  const deliveries = listAt(shopCart.body, 'deliveries');
  const amount = deliveries.reduce<Decimal>(
    (sum, delivery) => add(sum, netPriceOf(at(delivery, 'shippingCosts'), '1', taxState, currency).total),
    { units: 0n, scale: 0 },
  );
  if (amount.units === 0n) return undefined;
  const method = at(deliveries[0], 'shippingMethod');
  const code = textAt(method, 'technicalName');
  return {
    amount: amountText(amount, currency),
    description: textAt(method, 'translated', 'name') ?? textAt(method, 'name') ?? 'Shipping',
    code,
  };
}

function amountText(amount: Decimal, currency: string): string {
  return formatDecimal(round(amount, currencyDigits(currency)));
}

/**
 * Notices by the message keys of the errors in a Shopware cart (Content/Product/Cart and Checkout/Promotion/Cart of
 * 6.6.7.1). Other keys concern orders, which are not placed here: payment, shipping methods, addresses, salutations.
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

/** Shopware's text is English, and one of them still has its placeholder. */
function textOf({ message }: CartError, language: string): string | undefined {
  return message === undefined || message.includes('%s') || !/^en\b/i.test(language) ? undefined : message;
}
