import { createHash } from 'node:crypto';
import { CATEGORY_IDS, type DoubleCustomer, type DoubleProduct, EURO_ID } from './shop-data.js';

export type TaxState = 'net' | 'gross' | 'tax-free';

export interface CartItem {
  id: string;
  type: 'product' | 'promotion';
  referencedId: string;
  quantity: number;
  /** Set by a client with the permission. */
  price?: number;
  /**
   * The product's name at the last calculation: it names the line when the product is gone (ProductCartProcessor
   * 6.6.7.1, validateTimestamp).
   */
  label?: string | undefined;
}

export interface Pricing {
  taxState: TaxState;
  factor: number;
  language: 'en' | 'de';
  shipping: { net: number; gross: number };
  rulePrices?: DoubleCustomer['rulePrices'];
  /** The products of the shop. */
  goods: readonly DoubleProduct[];
  /** Codes that remove the shipping costs. */
  freightCodes?: ReadonlySet<string>;
}

export interface Notice {
  key: string;
  messageKey: string;
  level: number;
  block: boolean;
  message: string;
  parameters: Record<string, string | number>;
  /** Additional fields of some kinds of notice. */
  extra?: Record<string, string>;
}

interface Tax {
  tax: number;
  taxRate: number;
  price: number;
}

const SENT_AT = '2026-11-21T20:09:05.712+00:00';
const hex = (text: string): string => createHash('md5').update(text).digest('hex');

/** Like PHP's rounding of money: half away from zero, on the displayed decimal digits. */
export function money(amount: number): number {
  const cents = Number((Math.abs(amount) * 100).toPrecision(13));
  return (Math.sign(amount) * Math.round(cents)) / 100 + 0;
}

/** A Cart in an answer of the Store API. */
export function cartJson(
  token: string,
  items: readonly CartItem[],
  notices: readonly Notice[],
  pricing: Pricing,
): object {
  const products = items.flatMap((item) => {
    const product = pricing.goods.find(({ id }) => id === item.referencedId);
    return item.type === 'product' && product !== undefined
      ? [{ item, product, price: productPrice(product, item, pricing) }]
      : [];
  });
  const goods = products.map(({ item, product, price }) => productLine(item, product, price, pricing));
  const prices = products.map(({ price }) => price);
  const promotions =
    products.length === 0
      ? []
      : items
          .filter(({ type }) => type === 'promotion')
          .map((item) =>
            isFreight(item, pricing) ? freightLine(item, products) : promotionLine(item, products, pricing),
          );
  const lines = [...goods, ...promotions];
  const positionPrice = money(
    [...prices, ...promotions.map(({ price }) => price)].reduce((sum, { totalPrice }) => sum + totalPrice, 0),
  );
  // shopware.md 8.5: a promotion on shipping costs is already in the deliveries.
  const freight = items.some((item) => isFreight(item, pricing)) ? { net: 0, gross: 0 } : pricing.shipping;
  const shipping = spread(
    pricing.taxState === 'gross' ? freight.gross * pricing.factor : freight.net * pricing.factor,
    [...prices, ...promotions.map(({ price }) => price)],
    pricing.taxState,
  );
  const calculatedTaxes = mergeTaxes(
    [...prices, ...promotions.map(({ price }) => price), ...(products.length === 0 ? [] : [shipping])].flatMap(
      (price) => price.calculatedTaxes,
    ),
  );
  const tax = money(calculatedTaxes.reduce((sum, each) => sum + each.tax, 0));
  const total = money(positionPrice + (products.length === 0 ? 0 : shipping.totalPrice));
  const netPrice = pricing.taxState === 'gross' ? money(total - tax) : total;
  const totalPrice = pricing.taxState === 'net' ? money(total + tax) : total;
  const positions = lines.map((lineItem) => ({
    lineItem,
    quantity: lineItem.quantity,
    price: lineItem.price,
    identifier: lineItem.id,
    deliveryDate: deliveryDate(),
    apiAlias: 'cart_delivery_position',
  }));
  return {
    ...(lines.length === 0 && notices.length === 0
      ? {}
      : {
          extensions: {
            'cart-promotions': {
              addedCodes: promotions.map(({ referencedId }) => referencedId),
              blockedPromotionIds: [],
              apiAlias: 'shopware_core_checkout_promotion_cart_extension_cart_extension',
            },
          },
        }),
    price: {
      netPrice,
      totalPrice,
      calculatedTaxes,
      taxRules: uniqueRules(calculatedTaxes),
      positionPrice,
      taxStatus: pricing.taxState,
      rawTotal: totalPrice,
      apiAlias: 'cart_price',
    },
    lineItems: lines,
    errors: notices.length === 0 ? [] : Object.fromEntries(notices.map(noticeEntry)),
    deliveries:
      lines.length === 0
        ? []
        : [
            {
              positions,
              deliveryDate: deliveryDate(),
              shippingMethod: shippingMethod(pricing),
              shippingCosts: shipping,
              apiAlias: 'cart_delivery',
            },
          ],
    transactions: [
      {
        amount: calculatedPrice(totalPrice, 1, totalPrice, calculatedTaxes, uniqueRules(calculatedTaxes)),
        paymentMethodId: hex('payment'),
        validationStruct: null,
        apiAlias: 'cart_transaction',
      },
    ],
    modified: false,
    customerComment: null,
    affiliateCode: null,
    campaignCode: null,
    source: null,
    hash: createHash('sha256').update(JSON.stringify(items)).digest('hex'),
    errorHash: notices.length === 0 ? '' : hex(JSON.stringify(notices)).slice(0, 16),
    token,
    states: [],
    apiAlias: 'cart',
  };
}

export function productPrice(
  product: DoubleProduct,
  { quantity, price }: Pick<CartItem, 'quantity' | 'price'>,
  { taxState, factor, rulePrices }: Pricing,
): ReturnType<typeof calculatedPrice> {
  const tier = rulePrices?.[product.number] ?? product.tiers?.findLast(({ from }) => quantity >= from) ?? product;
  const unitPrice = price ?? money((taxState === 'gross' ? tier.gross : tier.net) * factor);
  const totalPrice = money(unitPrice * quantity);
  const taxes = taxState === 'tax-free' ? [] : [taxOf(totalPrice, product.taxRate, taxState)];
  const reference =
    product.measured === true
      ? {
          purchaseUnit: 0.75,
          referenceUnit: 1,
          unitName: 'Litre',
          price: money(unitPrice / 0.75),
          apiAlias: 'cart_price_reference',
        }
      : null;
  return calculatedPrice(unitPrice, quantity, totalPrice, taxes, uniqueRules(taxes), reference);
}

/**
 * The order of the cart (ProductVariationBuilder 6.6.7.1; seen on 6.6.7.1, 2026-12-02): by the position of the group,
 * then by its name. The product itself lists them in no such order (shopware.md 9.4).
 */
function namedOptions({ options = [] }: DoubleProduct): object[] {
  return options
    .toSorted((a, b) => (a.position ?? 1) - (b.position ?? 1) || (a.group < b.group ? -1 : 1))
    .map(({ group, option }) => ({ group, option }));
}

function productLine(
  { id, referencedId, quantity, price: overwritten }: CartItem,
  product: DoubleProduct,
  price: ReturnType<typeof calculatedPrice>,
  pricing: Pricing,
) {
  const parent = pricing.goods.find((each) => each.id === product.parentId);
  return {
    ...(overwritten === undefined
      ? {}
      : { extensions: { customPrice: { _uniqueIdentifier: null, translated: [], apiAlias: 'array' } } }),
    payload: {
      isCloseout: product.closeout === true,
      customFields: [],
      createdAt: '2026-11-21 20:07:15.567',
      releaseDate: null,
      isNew: false,
      markAsTopseller: false,
      productNumber: product.number,
      manufacturerId: product.manufacturer === true ? hex('manufacturer') : null,
      taxId: hex(`tax${product.taxRate}`),
      tagIds: null,
      categoryIds: [CATEGORY_IDS[product.category]],
      propertyIds: null,
      optionIds: product.options?.map(({ option }) => hex(option)) ?? null,
      options: namedOptions(product),
      streamIds: null,
      parentId: product.parentId ?? null,
      stock: product.stock,
      features: [],
    },
    label: product.name[pricing.language] ?? parent?.name[pricing.language] ?? product.name.en ?? '',
    quantity,
    priceDefinition: {
      price: price.unitPrice,
      taxRules: price.taxRules,
      quantity,
      isCalculated: true,
      referencePriceDefinition:
        product.measured === true
          ? { purchaseUnit: 0.75, referenceUnit: 1, unitName: 'Litre', apiAlias: 'cart_price_reference_definition' }
          : null,
      listPrice: null,
      regulationPrice: null,
      type: 'quantity',
      apiAlias: 'cart_price_quantity',
    },
    price,
    good: true,
    description: null,
    cover: null,
    deliveryInformation: {
      stock: product.stock,
      weight: product.number === 'SKU-PEN' ? 0.012 : null,
      freeDelivery: product.number === 'SKU-BOOK',
      restockTime: null,
      deliveryTime: null,
      height: null,
      width: null,
      length: null,
      apiAlias: 'cart_delivery_information',
    },
    children: [],
    requirement: null,
    removable: true,
    stackable: true,
    quantityInformation: {
      minPurchase: product.minPurchase ?? 1,
      maxPurchase: mostOf(product),
      purchaseSteps: product.steps ?? 1,
      apiAlias: 'cart_quantity_information',
    },
    modified: false,
    shippingCostAware: true,
    dataTimestamp: SENT_AT,
    dataContextHash: hex('context'),
    uniqueIdentifier: hex(`unique${id}`),
    states: ['is-physical'],
    modifiedByApp: false,
    id,
    type: 'product',
    referencedId,
    apiAlias: 'cart_line_item',
  };
}

/** Ten percent off everything. */
function promotionLine(
  { id, referencedId }: CartItem,
  products: readonly { item: CartItem; price: ReturnType<typeof calculatedPrice> }[],
  { taxState }: Pick<Pricing, 'taxState'>,
) {
  const goods = money(products.reduce((sum, { price }) => sum + price.totalPrice, 0));
  const price = spread(
    -money(goods / 10),
    products.map((each) => each.price),
    taxState,
  );
  return {
    payload: {
      promotionId: hex('promotion'),
      priority: 1,
      discountId: id,
      discountType: 'percentage',
      code: referencedId,
      value: '10',
      promotionCodeType: 'fixed',
      maxValue: '',
      discountScope: 'cart',
      preventCombination: false,
      exclusions: [],
      groupId: '',
      setGroups: [],
      filter: { sorterKey: null, applierKey: null, usageKey: null, pickerKey: null },
      composition: products.map(({ item, price: { totalPrice } }) => ({
        id: item.id,
        quantity: item.quantity,
        discount: totalPrice * 0.1,
      })),
    },
    label: '10 percent off',
    quantity: 1,
    priceDefinition: { percentage: -10, filter: null, type: 'percentage', apiAlias: 'cart_price_percentage' },
    price,
    good: false,
    description: '10 percent off',
    cover: null,
    deliveryInformation: null,
    children: [],
    requirement: { _name: 'andContainer', rules: [], apiAlias: 'rule_andContainer' },
    removable: true,
    stackable: false,
    quantityInformation: null,
    modified: false,
    shippingCostAware: true,
    dataTimestamp: null,
    dataContextHash: null,
    uniqueIdentifier: hex(`unique${id}`),
    states: [],
    modifiedByApp: false,
    id,
    type: 'promotion',
    referencedId,
    apiAlias: 'cart_line_item',
  };
}

function isFreight({ type, referencedId }: CartItem, { freightCodes }: Pricing): boolean {
  return type === 'promotion' && freightCodes?.has(referencedId) === true;
}

/**
 * shopware.md 8.5: a line of price 0 that only shows the code (PromotionItemBuilder 6.6.7.1,
 * buildDeliveryPlaceholderLineItem).
 */
function freightLine(item: CartItem, products: Parameters<typeof promotionLine>[1]): ReturnType<typeof promotionLine> {
  const line = promotionLine(item, products, { taxState: 'net' });
  const price = calculatedPrice(0, 1, 0, [], []);
  return {
    ...line,
    payload: { ...line.payload, discountScope: 'delivery', discountType: 'percentage', value: '100', composition: [] },
    label: 'Free shipping',
    description: 'Free shipping',
    price,
  };
}

/** Splits an amount over the tax rates of the goods, in proportion. */
function spread(amount: number, prices: readonly ReturnType<typeof calculatedPrice>[], taxState: TaxState) {
  const total = money(amount);
  const byRate = mergeTaxes(prices.flatMap((price) => price.calculatedTaxes));
  const base = byRate.reduce((sum, { price }) => sum + price, 0);
  const rules = byRate.map(({ taxRate, price }) => ({
    taxRate,
    percentage: base === 0 ? 0 : Number(((price / base) * 100).toPrecision(14)),
    apiAlias: 'cart_tax_rule',
  }));
  const taxes = rules.map(({ taxRate, percentage }) => taxOf(money((total * percentage) / 100), taxRate, taxState));
  return calculatedPrice(total, 1, total, taxes, rules);
}

function calculatedPrice(
  unitPrice: number,
  quantity: number,
  totalPrice: number,
  calculatedTaxes: Tax[],
  taxRules: object[],
  referencePrice: object | null = null,
) {
  return {
    unitPrice,
    quantity,
    totalPrice,
    calculatedTaxes,
    taxRules,
    referencePrice,
    listPrice: null,
    regulationPrice: null,
    apiAlias: 'calculated_price',
  };
}

function taxOf(price: number, taxRate: number, taxState: TaxState): Tax & { apiAlias: string } {
  const tax = taxState === 'gross' ? money((price * taxRate) / (100 + taxRate)) : money((price * taxRate) / 100);
  return { tax, taxRate, price, apiAlias: 'cart_tax_calculated' };
}

function mergeTaxes(taxes: readonly Tax[]): Tax[] {
  const merged = new Map<number, Tax>();
  for (const tax of taxes) {
    const before = merged.get(tax.taxRate);
    merged.set(tax.taxRate, {
      ...tax,
      tax: money((before?.tax ?? 0) + tax.tax),
      price: money((before?.price ?? 0) + tax.price),
    });
  }
  return [...merged.values()];
}

function uniqueRules(taxes: readonly Tax[]): object[] {
  return taxes.map(({ taxRate }) => ({ taxRate, percentage: 100, apiAlias: 'cart_tax_rule' }));
}

export function mostOf({ maxPurchase = 100, closeout, stock }: DoubleProduct): number {
  return closeout === true ? Math.min(maxPurchase, stock) : maxPurchase;
}

function noticeEntry({ key, messageKey, level, block, message, parameters, extra }: Notice): [string, object] {
  return [key, { message, code: 0, ...extra, key, level, messageKey, parameters, block, blockResubmit: block }];
}

function deliveryDate(): object {
  return {
    earliest: '2026-11-22T16:00:00.000+00:00',
    latest: '2026-11-24T16:00:00.000+00:00',
    apiAlias: 'cart_delivery_date',
  };
}

function shippingMethod({ language }: Pricing): object {
  const name = language === 'de' ? 'Standardversand' : 'Standard';
  return {
    translated: { name, customFields: {}, description: null, trackingUrl: null },
    createdAt: SENT_AT,
    updatedAt: SENT_AT,
    name,
    active: true,
    position: 1,
    description: null,
    trackingUrl: null,
    technicalName: 'shipping_standard',
    customFields: null,
    id: hex(`shipping${EURO_ID}`),
    apiAlias: 'shipping_method',
  };
}
