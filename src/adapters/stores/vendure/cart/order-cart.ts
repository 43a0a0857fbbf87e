import type { Cart, CartCharge, CartLine } from '../../../../domain/cart/cart.js';
import { currencyDigits } from '../../../../domain/currency.js';
import { add, type Decimal, type DecimalText, formatDecimal, round } from '../../../../domain/decimal.js';
import { type Json, decimalAt, listAt, textAt } from '../../exchange/json-reading.js';
import { unitPriceFor } from '../../line-quantity.js';
import { storeFault } from '../api/store-fault.js';
import { variantKey } from '../catalogue/find-variants.js';
import type { ProductDetails, VariantDetails } from '../catalogue/product-details.js';
import { contentMarkOf, type ShopLine, type ShopOrder } from './shop-order.js';

export interface CartRules {
  /** The shop's unit names (lower case) -> UN/CEFACT code. */
  units: Record<string, string>;
  /** Of the shop's integers; see VendureStoreOptions.priceDigits. */
  priceDigits: 'iso' | number;
  /** Address of a product's page; undefined where products have none. */
  productUrl(product: { productId: string; slug: string; sku: string }): string | undefined;
}

export interface CartView {
  cartId: string;
  /** BCP 47. */
  language: string;
  /** Of a cart that has no order yet. */
  currency: string;
  details: ReadonlyMap<string, ProductDetails>;
  rules: CartRules;
}

const PIECE = 'EA';
const NOTHING: Decimal = { units: 0n, scale: 0 };

/**
 * Vendure's order as procurement documents need it: products at list price, discounts as negative lines, surcharges as
 * services. Everything is net, in gross channels too, and the lines add up to the order's net sub-total: rounding
 * differences of Vendure are added to the largest discount.
 */
export function cartOf(order: ShopOrder | undefined, view: CartView): Cart {
  const { cartId, language } = view;
  const contentMark = contentMarkOf(order);
  if (order === undefined) return { cartId, contentMark, currency: view.currency, language, lines: [] };
  const currency = textAt(order.body, 'currencyCode') ?? view.currency;
  const money = moneyOf(currency, view.rules);
  const goods = order.lines
    .filter(({ quantity }) => quantity > 0)
    .map((line) => productLine(line, { ...view, currency, money }));
  const charges = [...surchargeLines(order.body, money), ...discountLines(order, money)];
  const lines = goods.length === 0 ? [] : [...goods, ...charges].map(({ line }) => line);
  const shipping = shippingOf(order.body, money);
  const codes = listAt(order.body, 'couponCodes').filter((code) => typeof code === 'string');
  const tax = subtract(money(order.body, 'totalWithTax'), money(order.body, 'total'));
  return {
    cartId,
    contentMark,
    currency,
    language,
    lines,
    discountCodes: codes.length === 0 || lines.length === 0 ? undefined : codes,
    shipping: lines.length === 0 ? undefined : shipping,
    tax:
      lines.length === 0
        ? undefined
        : { amount: formatDecimal(tax), description: /^de\b/i.test(language) ? 'Umsatzsteuer' : 'VAT' },
  };
}

export type Money = (value: Json, field: string) => Decimal;
interface Priced {
  line: CartLine;
  net: Decimal;
}

/** Reads an integer of the shop as an amount in the digits of its currency. */
export function moneyOf(currency: string, { priceDigits }: Pick<CartRules, 'priceDigits'>): Money {
  const digits = currencyDigits(currency);
  const scale = priceDigits === 'iso' ? digits : priceDigits;
  return (value, field) => {
    const text = decimalAt(value, field);
    if (text === undefined || !/^-?\d+$/.test(text)) throw storeFault(`a price of the order lacks ${field}`);
    return round({ units: BigInt(text), scale }, digits);
  };
}

function productLine(
  line: ShopLine,
  { details, rules, currency, language, money }: CartView & { money: Money },
): Priced {
  const { body, lineId, sku, quantity } = line;
  const net = money(body, 'linePrice');
  return {
    net,
    line: goodsLine(
      {
        ...line,
        lineId,
        quantity: String(quantity),
        unitPrice: unitPriceFor(net, String(quantity), currency, formatDecimal(money(body, 'unitPrice'))),
        taxAmount: formatDecimal(subtract(money(body, 'linePriceWithTax'), net)),
        taxRate: decimalAt(body, 'taxRate'),
        name: textAt(body, 'productVariant', 'name') ?? sku,
      },
      { details, rules, language },
    ),
  };
}

/** A priced variant. Its net price is that of one piece. */
export interface Goods {
  lineId: string;
  productId: string;
  variantId: string;
  sku: string;
  quantity: DecimalText;
  unitPrice: DecimalText;
  taxAmount: DecimalText;
  taxRate: DecimalText | undefined;
  /** Where the shop does not show the variant any more. */
  name: string;
}

export function goodsLine(
  goods: Goods,
  { details, rules, language }: Pick<CartView, 'details' | 'rules' | 'language'>,
): CartLine {
  const { lineId, productId, variantId, sku, quantity, unitPrice, taxAmount, taxRate } = goods;
  const product = details.get(productId);
  const variant = product?.variants.get(variantId);
  const key = variantKey(goods);
  return {
    lineId,
    kind: 'product',
    sku,
    productKey: key,
    auxiliaryId: key,
    quantity,
    unitPrice,
    priceBasis: '1',
    unit: unitOf(variant, rules),
    name: variant?.name ?? goods.name,
    classifications: variant?.classifications ?? [],
    textLanguages:
      product?.language === undefined || product.language === language
        ? undefined
        : { name: product.language, description: product.language },
    taxAmount,
    customFields: variant?.customFields ?? {},
    description: variant?.description,
    manufacturerPartId: variant?.manufacturerPartId,
    manufacturerName: variant?.manufacturerName,
    gtin: variant?.gtin,
    imageUrl: variant?.imageUrl,
    url: rules.productUrl({ productId, slug: product?.slug ?? productId, sku }),
    taxRate,
    categoryIds: product?.categoryIds.length === 0 ? undefined : product?.categoryIds,
  };
}

function surchargeLines(order: Json, money: Money): Priced[] {
  return listAt(order, 'surcharges').map((surcharge) => {
    const net = money(surcharge, 'price');
    const id = `surcharge:${textAt(surcharge, 'id') ?? ''}`;
    const sku = textAt(surcharge, 'sku') ?? id;
    return charge({
      id,
      sku,
      name: textAt(surcharge, 'description') ?? sku,
      net,
      tax: subtract(money(surcharge, 'priceWithTax'), net),
      taxRate: decimalAt(surcharge, 'taxRate'),
    });
  });
}

/** One line for each promotion, over all lines of the order; shipping discounts are already in the shipping costs. */
function discountLines(order: ShopOrder, money: Money): Priced[] {
  const sums = new Map<string, { name: string; net: Decimal; tax: Decimal }>();
  for (const line of order.lines) {
    for (const discount of listAt(line.body, 'discounts')) {
      const source = textAt(discount, 'adjustmentSource') ?? 'PROMOTION';
      const net = money(discount, 'amount');
      const tax = subtract(money(discount, 'amountWithTax'), net);
      const before = sums.get(source);
      sums.set(source, {
        name: before?.name ?? textAt(discount, 'description') ?? source,
        net: add(before?.net ?? NOTHING, net),
        tax: add(before?.tax ?? NOTHING, tax),
      });
    }
  }
  const rest = [
    ...sums.values(),
    ...listAt(order.body, 'surcharges').map((each) => ({ net: money(each, 'price') })),
    ...order.lines.map(({ body }) => ({ net: money(body, 'linePrice') })),
  ].reduce((left, { net }) => subtract(left, net), money(order.body, 'subTotal'));
  if (rest.units !== 0n) {
    const [source, largest] = [...sums].toSorted(([, a], [, b]) => Number(subtract(a.net, b.net).units))[0] ?? [
      'ADJUSTMENT',
      { name: 'Adjustment', net: NOTHING, tax: NOTHING },
    ];
    sums.set(source, { ...largest, net: add(largest.net, rest) });
  }
  return [...sums]
    .filter(([, { net }]) => net.units !== 0n)
    .map(([source, { name, net, tax }]) => charge({ id: source, sku: source, name, net, tax, taxRate: undefined }));
}

interface Charge {
  id: string;
  sku: string;
  name: string;
  net: Decimal;
  tax: Decimal;
  taxRate: DecimalText | undefined;
}

function charge({ id, sku, name, net, tax, taxRate }: Charge): Priced {
  const line: CartLine = {
    lineId: id,
    kind: net.units < 0n ? 'promotion' : 'service',
    sku,
    productKey: sku,
    auxiliaryId: id,
    quantity: '1',
    unitPrice: formatDecimal(net),
    priceBasis: '1',
    unit: PIECE,
    name,
    classifications: [],
    taxRate,
    taxAmount: formatDecimal(tax),
    customFields: {},
  };
  return { line, net };
}

/** All shipping lines together; none where they cost nothing. */
function shippingOf(order: Json, money: Money): CartCharge | undefined {
  const amount = money(order, 'shipping');
  if (amount.units === 0n) return undefined;
  const [first] = listAt(order, 'shippingLines');
  const code = textAt(first, 'shippingMethod', 'code');
  return {
    amount: formatDecimal(amount),
    description: textAt(first, 'shippingMethod', 'name') ?? 'Shipping',
    code,
  };
}

function unitOf(variant: VariantDetails | undefined, { units }: CartRules): string {
  const written = variant?.unit?.trim() ?? '';
  const named = written.toLowerCase();
  if (Object.hasOwn(units, named)) return units[named] ?? PIECE;
  return /^[A-Z0-9]{2,3}$/.test(written) ? written : PIECE;
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, { units: -b.units, scale: b.scale });
}
