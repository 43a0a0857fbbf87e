import type { CatalogueProduct } from '../../../../domain/cart/catalogue-product.js';
import { currencyDigits } from '../../../../domain/currency.js';
import {
  add,
  compare,
  type Decimal,
  type DecimalText,
  divide,
  formatDecimal,
  multiply,
  parseDecimal,
  round,
  trimZeros,
} from '../../../../domain/decimal.js';
import { askedQuantity } from '../../line-quantity.js';
import { type Json, at, decimalAt, flagAt, listAt, textAt } from '../../exchange/json-reading.js';
import { storeFault } from '../api/store-fault.js';
import { cartLinesOf, type LineRules, type LineView } from '../cart/cart-line.js';
import type { TaxState } from '../session/shop-context.js';
import { DETAIL_ASSOCIATIONS, DETAIL_FIELDS, detailsOf } from './product-details.js';

export interface CatalogueView extends Pick<LineView, 'tagOf'> {
  currency: string;
  taxState: TaxState;
  /** BCP 47. */
  language: string;
  /** Id in Shopware. */
  languageId: string | undefined;
  rules: LineRules;
}

export const CATALOGUE_FIELDS = {
  ...DETAIL_FIELDS,
  product: [
    ...DETAIL_FIELDS.product,
    ...['childCount', 'availableStock', 'isCloseout', 'minPurchase', 'purchaseSteps', 'calculatedMaxPurchase'],
    ...['calculatedPrice', 'calculatedPrices', 'options', 'cover', 'deliveryTime'],
  ],
  property_group_option: ['name', 'translated', 'group'],
  property_group: ['name', 'translated', 'position'],
  product_media: ['media'],
  media: ['url'],
  delivery_time: ['min', 'max', 'unit'],
};

export const CATALOGUE_ASSOCIATIONS = {
  ...DETAIL_ASSOCIATIONS,
  options: { associations: { group: {} } },
  cover: {},
  deliveryTime: {},
};

const ONE = parseDecimal('1');
const HUNDRED = parseDecimal('100');
/** Digits of a tax before it is rounded to those of the currency. */
const TAX_DIGITS = 12;

/**
 * A product as the buyer's cart would have it. Undefined for a parent of variants, as far as the shop has counted its
 * variants (shopware.md 8.7): it cannot be bought.
 */
export function catalogueProductOf(
  product: Json,
  view: CatalogueView,
  wanted?: DecimalText,
): CatalogueProduct | undefined {
  const [details] = detailsOf(product, view.languageId);
  const { productId, productNumber } = details ?? {};
  if (details === undefined || productId === undefined || productNumber === undefined)
    throw storeFault('a product of the catalogue lacks id or productNumber');
  if (isParent(product)) return undefined;
  const smallest = decimalAt(product, 'minPurchase') ?? '1';
  const step = decimalAt(product, 'purchaseSteps') ?? '1';
  const most = decimalAt(product, 'calculatedMaxPurchase');
  const quantity = takenQuantity(wanted, { smallest, step, most });
  const stock = decimalAt(product, 'availableStock');
  const [line] = cartLinesOf(
    {
      lineId: productId,
      type: 'product',
      referencedId: productId,
      quantity,
      children: [],
      body: {
        price: priceFor(product, quantity, view),
        cover: at(product, 'cover', 'media') ?? null,
        payload: { options: optionsOf(product) },
        deliveryInformation: { deliveryTime: at(product, 'deliveryTime') ?? null },
      },
    },
    { ...view, details: new Map([[productId, details]]) },
  );
  if (line === undefined) throw storeFault('a product of the catalogue gave no line');
  const isShort = most !== undefined && isLess(most, quantity);
  const isGone = flagAt(product, 'isCloseout') && stock !== undefined && isLess(stock, quantity);
  return {
    line,
    availability: isShort || isGone ? 'sold_out' : 'available',
    stock: stock === undefined || isLess(stock, '0') ? undefined : stock,
    quantityStep: step !== '1' && Number(smallest) % Number(step) === 0 ? step : undefined,
    maxQuantity: most === undefined || isShort ? undefined : most,
    categoryPath: details.categoryPath.length === 0 ? undefined : details.categoryPath,
  };
}

/** What a cart makes of a quantity: the last step from the smallest on that is above neither it nor the maximum. */
function takenQuantity(
  wanted: DecimalText | undefined,
  { smallest, step, most }: { smallest: DecimalText; step: DecimalText; most: DecimalText | undefined },
): DecimalText {
  const asked = wanted === undefined ? undefined : askedQuantity(wanted);
  const [first, size] = [Number(smallest), Number(step)];
  const bound = Math.min(asked ?? first, most === undefined ? Number.POSITIVE_INFINITY : Number(most));
  return bound <= first ? smallest : String(first + Math.floor((bound - first) / size) * size);
}

function isParent(product: Json): boolean {
  return Number(decimalAt(product, 'childCount') ?? '0') > 0;
}

function isLess(a: DecimalText, b: DecimalText): boolean {
  return compare(parseDecimal(a), parseDecimal(b)) < 0;
}

/** In the order of the cart: by the position of their groups, then by the groups' names (shopware.md 9.4). */
function optionsOf(product: Json): Json[] {
  const named = (entity: Json | undefined): string | undefined =>
    textAt(entity, 'translated', 'name') ?? textAt(entity, 'name');
  return listAt(product, 'options')
    .map((option) => ({
      position: Number(decimalAt(option, 'group', 'position') ?? '0'),
      group: named(at(option, 'group')) ?? '',
      option: named(option) ?? null,
    }))
    .toSorted((a, b) => a.position - b.position || (a.group < b.group ? -1 : Number(a.group > b.group)))
    .map(({ group, option }) => ({ group, option }));
}

/**
 * The calculated price of a cart line with this quantity. A price by quantity is that of the first step that reaches
 * it, else of the last (shopware.md 9.3); the product's own answer is about one piece.
 */
function priceFor(product: Json, quantity: DecimalText, { taxState, currency }: CatalogueView): Json {
  const steps = listAt(product, 'calculatedPrices');
  const price =
    steps.find((each) => !isLess(decimalAt(each, 'quantity') ?? '0', quantity)) ??
    steps.at(-1) ??
    at(product, 'calculatedPrice');
  const unitPrice = decimalAt(price, 'unitPrice');
  if (price === undefined || unitPrice === undefined)
    throw storeFault(`the shop gave no price of ${textAt(product, 'productNumber') ?? 'a product'}`);
  if (decimalAt(price, 'quantity') === quantity) return price;
  const digits = currencyDigits(currency);
  const total = round(multiply(parseDecimal(unitPrice), parseDecimal(quantity)), digits);
  const calculatedTaxes =
    taxState === 'tax-free'
      ? []
      : listAt(price, 'taxRules').map((rule) => {
          const taxRate = decimalAt(rule, 'taxRate') ?? '0';
          const share = divide(
            multiply(total, parseDecimal(decimalAt(rule, 'percentage') ?? '100')),
            HUNDRED,
            TAX_DIGITS,
          );
          const tax = trimZeros(round(taxIn(share, parseDecimal(taxRate), taxState), digits));
          return { taxRate, tax: formatDecimal(tax) };
        });
  return { unitPrice, totalPrice: formatDecimal(total), calculatedTaxes };
}

/** The tax on a net amount, or that in a gross one. */
function taxIn(amount: Decimal, rate: Decimal, taxState: TaxState): Decimal {
  const percent = divide(rate, HUNDRED, TAX_DIGITS);
  const tax = multiply(amount, percent);
  return taxState === 'gross' ? divide(tax, add(ONE, percent), TAX_DIGITS) : tax;
}
