import type { CartLine, CartLineKind } from '../../../../domain/cart/cart.js';
import { formatDecimal, add, type Decimal, type DecimalText, parseDecimal, round } from '../../../../domain/decimal.js';
import { type Json, at, decimalAt, listAt, textAt } from '../../exchange/json-reading.js';
import { type ProductDetails, unitCodeOf, type UnitRules } from '../catalogue/product-details.js';
import type { TaxState } from '../session/shop-context.js';
import type { ShopLine } from './shop-cart.js';
import { currencyDigits } from '../../../../domain/currency.js';
import { unitPriceFor } from '../../line-quantity.js';
import { storeFault } from '../api/store-fault.js';

export interface LineRules extends UnitRules {
  /** Classification domain -> custom field of a product that holds its code. */
  classificationFields: Record<string, string>;
  /** Address of a product's page; undefined where products have none. */
  productUrl(product: { productId: string; productNumber: string }): string | undefined;
}

export interface LineView {
  taxState: TaxState;
  currency: string;
  /** Language of the texts of the cart, BCP 47. */
  language: string;
  /** BCP 47 of a Shopware language id; undefined where the sales channel does not list it. */
  tagOf?(languageId: string): string | undefined;
  details: ReadonlyMap<string, ProductDetails>;
  rules: LineRules;
}

const DAYS: Record<string, number> = { hour: 1 / 24, day: 1, week: 7, month: 30, year: 365 };

/** A line and, for a bundle, its parts after it. */
export function cartLinesOf(line: ShopLine, view: LineView, parentLineId?: string): CartLine[] {
  return [
    cartLineOf(line, view, parentLineId),
    ...line.children.flatMap((child) => cartLinesOf(child, view, line.lineId)),
  ];
}

function cartLineOf(line: ShopLine, view: LineView, parentLineId: string | undefined): CartLine {
  const { body, lineId, quantity } = line;
  const { rules } = view;
  const details = line.referencedId === undefined ? undefined : view.details.get(line.referencedId);
  const price = netPriceOf(at(body, 'price'), quantity, view.taxState, view.currency);
  const kind = kindOf(line, price.total.units < 0n);
  const sku = skuOf(line, details);
  const productKey = kind === 'product' ? (line.referencedId ?? sku) : sku;
  const url = kind === 'product' ? rules.productUrl({ productId: productKey, productNumber: sku }) : undefined;
  const description = details?.description ?? textAt(body, 'description');
  const { manufacturerNumber: manufacturerPartId, manufacturerName, ean: gtin } = details ?? {};
  const imageUrl = textAt(body, 'cover', 'url');
  const leadTimeDays = leadTimeDaysOf(body);
  const taxRate = price.taxRate ?? (view.taxState === 'tax-free' ? '0' : undefined);
  return {
    lineId,
    kind,
    sku,
    productKey,
    // Frontends choose line ids, so only the product id identifies the product (shopware.md 8.10).
    auxiliaryId: kind === 'product' ? productKey : lineId,
    quantity,
    unitPrice: price.unitPrice,
    priceBasis: '1',
    unit: unitCodeOf(details, rules),
    name: nameOf(body, details),
    classifications: classificationsOf(details, rules),
    taxAmount: formatDecimal(price.tax),
    textLanguages: textLanguagesOf(details, view),
    discountCode: kind === 'promotion' ? codeOf(line) : undefined,
    customFields: {
      ...(details === undefined || details.categoryPath.length === 0
        ? {}
        : { category: details.categoryPath.join(' > ') }),
      ...details?.customFields,
    },
    parentLineId,
    description,
    categoryIds: details?.categoryIds.length === 0 ? undefined : details?.categoryIds,
    manufacturerPartId,
    manufacturerName,
    gtin,
    url,
    imageUrl,
    leadTimeDays,
    taxRate,
  };
}

function kindOf({ type }: ShopLine, isNegative: boolean): CartLineKind {
  if (type === 'product') return 'product';
  if (type === 'promotion' || type === 'discount' || isNegative) return 'promotion';
  return type === 'container' ? 'bundle' : 'service';
}

/** Promotions have their code, automatic ones only their id. */
function skuOf(line: ShopLine, details: ProductDetails | undefined): string {
  const { type, body, referencedId, lineId } = line;
  if (type === 'promotion') return codeOf(line) ?? lineId;
  return details?.productNumber ?? textAt(body, 'payload', 'productNumber') ?? referencedId ?? lineId;
}

/** The code of a promotion is its `referencedId`; empty for an automatic promotion (shopware.md 8.5). */
function codeOf({ type, body, referencedId }: ShopLine): string | undefined {
  return type === 'promotion' ? (textAt(body, 'payload', 'code') ?? referencedId) : undefined;
}

/**
 * Languages of name and description; absent where they equal the language of the cart. `und` (BCP 47) where the
 * language is unknown.
 */
function textLanguagesOf(
  details: ProductDetails | undefined,
  { language, tagOf }: LineView,
): CartLine['textLanguages'] {
  const foreign = (languageId: string | undefined): string | undefined => {
    const tag = languageId === undefined ? undefined : (tagOf?.(languageId) ?? 'und');
    return tag === language ? undefined : tag;
  };
  const [name, description] = [foreign(details?.textLanguages?.name), foreign(details?.textLanguages?.description)];
  return name === undefined && description === undefined ? undefined : { name, description };
}

/** Variants share a name; their options distinguish them. */
function nameOf(body: Json, details: ProductDetails | undefined): string {
  const name = details?.name ?? textAt(body, 'label') ?? '';
  const options = listAt(body, 'payload', 'options').flatMap((option) => {
    const [group, value] = [textAt(option, 'group'), textAt(option, 'option')];
    return group === undefined || value === undefined ? [] : [`${group}: ${value}`];
  });
  return options.length === 0 ? name : `${name} (${options.join(', ')})`;
}

function classificationsOf(
  details: ProductDetails | undefined,
  { classificationFields }: LineRules,
): CartLine['classifications'] {
  return Object.entries(classificationFields).flatMap(([domain, field]) => {
    const code = details?.customFields[field];
    return code === undefined || code === '' ? [] : [{ domain, code }];
  });
}

/** The longer end of the product's delivery time, in whole days. */
function leadTimeDaysOf(body: Json): number | undefined {
  const time = at(body, 'deliveryInformation', 'deliveryTime');
  const most = decimalAt(time, 'max');
  const days = DAYS[textAt(time, 'unit') ?? ''];
  return most === undefined || days === undefined ? undefined : Math.ceil(Number(most) * days);
}

/** A calculated price of Shopware, as net. */
interface NetPrice {
  unitPrice: DecimalText;
  total: Decimal;
  tax: Decimal;
  /** Percent; undefined where several rates are mixed. */
  taxRate: DecimalText | undefined;
}

/** Net total: the total, minus its calculated taxes in a gross cart, in the digits of the currency. */
export function netPriceOf(
  price: Json | undefined,
  quantity: DecimalText,
  taxState: TaxState,
  currency: string,
): NetPrice {
  const total = amountAt(price, 'totalPrice');
  const taxes = listAt(price, 'calculatedTaxes');
  const tax = sumOfTaxes(taxes);
  const rates = new Set(taxes.map((each) => decimalAt(each, 'taxRate')));
  const net = round(taxState === 'gross' ? add(total, negative(tax)) : total, currencyDigits(currency));
  const shown = taxState === 'gross' ? undefined : decimalAt(price, 'unitPrice');
  return {
    unitPrice: unitPriceFor(net, quantity, currency, shown),
    total: net,
    tax,
    taxRate: rates.size === 1 ? [...rates][0] : undefined,
  };
}

export function sumOfTaxes(taxes: readonly Json[]): Decimal {
  return taxes.reduce<Decimal>((sum, each) => add(sum, amountAt(each, 'tax')), { units: 0n, scale: 0 });
}

function amountAt(value: Json | undefined, field: string): Decimal {
  const text = decimalAt(value, field);
  if (text === undefined) throw storeFault(`a price of the cart lacks ${field}`);
  return parseDecimal(text);
}

function negative({ units, scale }: Decimal): Decimal {
  return { units: -units, scale };
}
