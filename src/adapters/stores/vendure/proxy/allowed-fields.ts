/**
 * Root fields of the Shop API that a buyer's browser may ask for during a punchout, with the arguments that they may have: no custom fields (an
 * engraving may change a price), no choice of another order.
 */
export const ALLOWED: Readonly<Record<'query' | 'mutation', Readonly<Record<string, readonly string[]>>>> = {
  query: {
    __typename: [],
    activeChannel: [],
    activeCustomer: [],
    activeOrder: [],
    activeShippingMethods: [],
    availableCountries: [],
    collection: ['id', 'slug'],
    collections: ['options'],
    eligibleShippingMethods: [],
    facet: ['id'],
    facets: ['options'],
    product: ['id', 'slug'],
    products: ['options'],
    search: ['input'],
  },
  mutation: {
    __typename: [],
    addItemToOrder: ['productVariantId', 'quantity'],
    addItemsToOrder: ['inputs'],
    adjustOrderLine: ['orderLineId', 'quantity'],
    applyCouponCode: ['couponCode'],
    removeAllOrderLines: [],
    removeCouponCode: ['couponCode'],
    removeOrderLine: ['orderLineId'],
  },
};

/** What an entry of `addItemsToOrder(inputs:)` may say. */
export const INPUT_FIELDS: readonly string[] = ['productVariantId', 'quantity'];

/** Wherever they stand: what leads from a cart to a customer's other orders, addresses, payments and account. */
export const CLOSED_FIELDS: ReadonlySet<string> = new Set([
  'orders',
  'addresses',
  'payments',
  'history',
  'user',
  'fulfillments',
  'fulfillmentLines',
  'modifications',
]);

/** Below `customer` and `activeCustomer`. */
export const CUSTOMER_FIELDS: ReadonlySet<string> = new Set([
  '__typename',
  'id',
  'title',
  'firstName',
  'lastName',
  'emailAddress',
  'phoneNumber',
]);

const RULE = /^(query|mutation) ([A-Za-z_]\w{0,127})$/;

/** Throws TypeError for a rule that it cannot read. */
export function furtherFields(rules: readonly string[]): ReadonlySet<string> {
  for (const rule of rules)
    if (!RULE.test(rule)) throw new TypeError(`"${rule}" is no field: write "mutation setOrderShippingMethod"`);
  return new Set(rules);
}
