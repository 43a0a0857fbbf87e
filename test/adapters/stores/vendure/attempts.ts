/**
 * GraphQL requests that order, change an account, set a price or read data outside of the cart; `body` as it is sent.
 */
export interface Attempt {
  name: string;
  body: unknown;
  /** `body` is the text itself, not a value to be written as JSON. */
  raw?: true;
  method?: 'GET' | 'POST' | 'PUT';
  query?: string;
  contentType?: string;
  path?: string;
}

/** Mutations of the Shop API that a punchout may not send, each with valid arguments. */
const MUTATIONS: Record<string, string> = {
  transitionOrderToState: '(state: "ArrangingPayment") { __typename }',
  addPaymentToOrder: '(input: { method: "standard-payment", metadata: {} }) { __typename }',
  setCustomerForOrder: '(input: { firstName: "E", lastName: "V", emailAddress: "eve@evil.test" }) { __typename }',
  setOrderShippingAddress: '(input: { streetLine1: "x", countryCode: "DE" }) { __typename }',
  setOrderBillingAddress: '(input: { streetLine1: "x", countryCode: "DE" }) { __typename }',
  unsetOrderShippingAddress: ' { __typename }',
  unsetOrderBillingAddress: ' { __typename }',
  setOrderCustomFields: '(input: { customFields: { note: "free of charge" } }) { __typename }',
  setOrderShippingMethod: '(shippingMethodId: ["1"]) { __typename }',
  setCurrencyCodeForOrder: '(currencyCode: CHF) { __typename }',
  login: '(username: "berta@acme.test", password: "throwaway-password") { __typename }',
  authenticate: '(input: { native: { username: "berta@acme.test", password: "throwaway-password" } }) { __typename }',
  logout: ' { success }',
  registerCustomerAccount: '(input: { emailAddress: "eve@evil.test", password: "x" }) { __typename }',
  refreshCustomerVerification: '(emailAddress: "eve@evil.test") { __typename }',
  updateCustomer: '(input: { firstName: "E" }) { id }',
  createCustomerAddress: '(input: { streetLine1: "x", countryCode: "DE" }) { id }',
  updateCustomerAddress: '(input: { id: "1", streetLine1: "x" }) { id }',
  deleteCustomerAddress: '(id: "1") { success }',
  verifyCustomerAccount: '(token: "x") { __typename }',
  updateCustomerPassword: '(currentPassword: "a", newPassword: "b") { __typename }',
  requestUpdateCustomerEmailAddress: '(password: "a", newEmailAddress: "eve@evil.test") { __typename }',
  updateCustomerEmailAddress: '(token: "x") { __typename }',
  requestPasswordReset: '(emailAddress: "berta@acme.test") { __typename }',
  resetPassword: '(token: "x", password: "y") { __typename }',
};

const ORDER = 'transitionOrderToState(state: "ArrangingPayment") { __typename }';
const ADD = 'addItemToOrder(productVariantId: "1", quantity: 1) { __typename }';

/**
 * In every disguise: plain, under an alias of an allowed field, next to an allowed one, in fragments, behind
 * directives.
 */
const disguised: Attempt[] = Object.entries(MUTATIONS).flatMap(([field, rest]) => [
  { name: field, body: { query: `mutation { ${field}${rest} }` } },
  { name: `${field} as an alias of addItemToOrder`, body: { query: `mutation { addItemToOrder: ${field}${rest} }` } },
  { name: `${field} behind an allowed field`, body: { query: `mutation { ${ADD} second: ${field}${rest} }` } },
  {
    name: `${field} in a fragment`,
    body: { query: `mutation { ...F } fragment F on Mutation { x: ${field}${rest} }` },
  },
  {
    name: `${field} in an inline fragment`,
    body: { query: `mutation { ... on Mutation @include(if: true) { ... { ${field}${rest} } } }` },
  },
]);

const shapes: Attempt[] = [
  {
    name: 'inputs twice, a price in the second',
    body: {
      query:
        'mutation { addItemsToOrder(inputs: [{ productVariantId: "1", quantity: 1 }], ' +
        'inputs: [{ productVariantId: "1", quantity: 1, customFields: { price: 1 } }]) { __typename } }',
    },
  },
  {
    name: 'inputs twice, a price in the first',
    body: {
      query:
        'mutation { addItemsToOrder(inputs: [{ productVariantId: "1", quantity: 1, customFields: { price: 1 } }], ' +
        'inputs: [{ productVariantId: "1", quantity: 1 }]) { __typename } }',
    },
  },
  {
    name: 'an argument twice',
    body: { query: 'mutation { addItemToOrder(productVariantId: "1", quantity: 1, quantity: 2) { __typename } }' },
  },
  {
    name: 'an argument twice, below',
    body: { query: '{ activeOrder { lines { productVariant { name(a: 1, a: 2) } } } }' },
  },
  {
    name: 'an argument twice, in a fragment',
    body: {
      query: 'query { ...F } fragment F on Query { search(input: { term: "a" }, input: { term: "b" }) { totalItems } }',
    },
  },
  {
    name: 'a field of an input twice',
    body: {
      query:
        'mutation { addItemsToOrder(inputs: [{ productVariantId: "1", quantity: 1, quantity: 2 }]) { __typename } }',
    },
  },
  {
    name: 'a field of an input twice, deep',
    body: { query: '{ search(input: { term: "a", facetValueFilters: [{ and: "1", and: "2" }] }) { totalItems } }' },
  },
  {
    name: 'a variable defined twice, with a price by default',
    body: {
      query:
        'mutation ($i: [AddItemInput!]! = [{ productVariantId: "1", quantity: 1 }], ' +
        '$i: [AddItemInput!]! = [{ productVariantId: "1", quantity: 1, customFields: { price: 1 } }]) ' +
        '{ addItemsToOrder(inputs: $i) { __typename } }',
    },
  },
  {
    name: 'an operation twice, the other by another name',
    body: {
      query: `query A { activeOrder { id } } query A { activeChannel { id } } mutation B { ${ADD} }`,
      operationName: 'B',
    },
  },
  { name: 'a batch inside of the body', body: { query: [{ query: `mutation { ${ORDER} }` }] } },
  {
    name: 'variables nested very deep',
    body:
      `{"query":"query ($i: X) { search(input: $i) { totalItems } }",` +
      `"variables":{"i":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`,
    raw: true,
  },
  { name: 'a body nested very deep', body: `${'{"query":'.repeat(20_000)}1${'}'.repeat(20_000)}`, raw: true },
  ...[30, 300, 3_000, 5_000].map((levels) => ({
    name: `a selection ${levels} levels deep`,
    body: { query: `{ activeOrder ${'{ lines '.repeat(levels)}{ id }${' }'.repeat(levels)} }` },
  })),
  ...[3_000, 4_900].map((levels) => ({
    name: `a value ${levels} levels deep`,
    body: { query: `mutation { addItemsToOrder(inputs: ${'['.repeat(levels)}${']'.repeat(levels)}) { __typename } }` },
  })),
  { name: 'a batch', body: [{ query: '{ activeOrder { id } }' }, { query: `mutation { ${ORDER} }` }] },
  { name: 'a batch of one', body: [{ query: `mutation { ${ORDER} }` }] },
  {
    name: 'two operations, the bad one named',
    body: { query: `query A { activeOrder { id } } mutation B { ${ORDER} }`, operationName: 'B' },
  },
  { name: 'two operations, none named', body: { query: `query A { activeOrder { id } } mutation B { ${ORDER} }` } },
  {
    name: 'two operations of one name',
    body: { query: `query A { activeOrder { id } } mutation A { ${ORDER} }`, operationName: 'A' },
  },
  { name: 'an operation that is not there', body: { query: `mutation B { ${ORDER} }`, operationName: 'A' } },
  { name: 'a persisted query', body: { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } } },
  { name: 'a query that is a list', body: { query: [`mutation { ${ORDER} }`] } },
  { name: 'no query', body: {} },
  { name: 'text that is no GraphQL', body: { query: 'mutation { transitionOrderToState(' } },
  { name: 'variables that are text', body: { query: `mutation { ${ADD} }`, variables: '{"a":1}' } },
  { name: 'a body that is text', body: 'mutation' },
  { name: 'a subscription', body: { query: 'subscription { activeOrder { id } }' } },
  { name: 'a type definition beside it', body: { query: `{ activeOrder { id } } type T { a: Int }` } },
  {
    name: 'two fragments of one name',
    body: { query: '{ ...F } fragment F on Query { activeOrder { id } } fragment F on Query { me { id } }' },
  },
  {
    name: 'a fragment that contains itself',
    body: { query: '{ activeOrder { ...F } } fragment F on Order { id ...F }' },
  },
  { name: 'a missing fragment', body: { query: '{ ...F }' } },
  {
    name: 'a mutation by GET',
    method: 'GET',
    query: `query=${encodeURIComponent(`mutation { ${ORDER} }`)}`,
    body: undefined,
  },
  {
    name: 'an allowed mutation by GET',
    method: 'GET',
    query: `query=${encodeURIComponent(`mutation { ${ADD} }`)}`,
    body: undefined,
  },
  {
    name: 'GET with two queries',
    method: 'GET',
    query: `query=${encodeURIComponent('{ activeOrder { id } }')}&query=${encodeURIComponent(`mutation { ${ORDER} }`)}`,
    body: undefined,
  },
  { name: 'GET without a query', method: 'GET', query: '', body: undefined },
  { name: 'PUT', method: 'PUT', body: { query: '{ activeOrder { id } }' } },
  { name: 'another media type', contentType: 'application/graphql', body: `mutation { ${ORDER} }` },
  { name: 'plain text', contentType: 'text/plain', body: { query: `mutation { ${ORDER} }` } },
  {
    name: 'multipart',
    contentType: 'multipart/form-data',
    body:
      `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"mutation { ` +
      `${ORDER.replaceAll('"', '\\"')} }"}\r\n--x--`,
  },
  {
    name: 'a form',
    contentType: 'application/x-www-form-urlencoded',
    body: `query=${encodeURIComponent(`mutation { ${ORDER} }`)}`,
  },
  { name: 'a path below', path: '/x', body: { query: '{ activeOrder { id } }' } },
  { name: 'a directive of the shop', body: { query: '{ activeOrder { id } ... @defer { activeChannel { id } } }' } },
  { name: 'a directive on the operation', body: { query: 'query @live { activeOrder { id } }' } },
  {
    name: 'a price through custom fields',
    body: {
      query:
        'mutation { addItemToOrder(productVariantId: "1", quantity: 1, customFields: { engraving: "x" }) ' +
        '{ __typename } }',
    },
  },
  {
    name: 'custom fields of a changed line',
    body: {
      query:
        'mutation { adjustOrderLine(orderLineId: "1", quantity: 1, customFields: { engraving: "x" }) { __typename } }',
    },
  },
  {
    name: 'custom fields in a list',
    body: {
      query:
        'mutation { addItemsToOrder(inputs: ' +
        '[{ productVariantId: "1", quantity: 1, customFields: { engraving: "x" } }]) { errorResults { __typename } } }',
    },
  },
  {
    name: 'custom fields in one that stands for a list',
    body: {
      query:
        'mutation { addItemsToOrder(inputs: { productVariantId: "1", quantity: 1, customFields: {} }) ' +
        '{ errorResults { __typename } } }',
    },
  },
  {
    name: 'custom fields in a variable',
    body: {
      query: 'mutation ($i: [AddItemInput!]!) { addItemsToOrder(inputs: $i) { errorResults { __typename } } }',
      variables: { i: [{ productVariantId: '1', quantity: 1, customFields: { engraving: 'x' } }] },
    },
  },
  {
    name: 'custom fields in a variable within the list',
    body: {
      query: 'mutation ($i: AddItemInput!) { addItemsToOrder(inputs: [$i]) { errorResults { __typename } } }',
      variables: { i: { productVariantId: '1', quantity: 1, customFields: {} } },
    },
  },
  {
    name: 'custom fields in a default',
    body: {
      query:
        'mutation ($i: [AddItemInput!]! = [{ productVariantId: "1", quantity: 1, customFields: {} }]) ' +
        '{ addItemsToOrder(inputs: $i) { errorResults { __typename } } }',
    },
  },
  {
    name: 'an input that is missing',
    body: { query: 'mutation ($i: [AddItemInput!]!) { addItemsToOrder(inputs: $i) { errorResults { __typename } } }' },
  },
  { name: 'another order', body: { query: '{ activeOrder(activeOrderInput: { token: "x" }) { id } }' } },
  { name: 'an order by id', body: { query: '{ order(id: "1") { id } }' } },
  {
    name: 'an order by code',
    body: { query: '{ activeOrder: orderByCode(code: "X") { id customer { emailAddress } } }' },
  },
  { name: 'the account', body: { query: '{ me { id identifier } }' } },
  { name: "the customer's orders", body: { query: '{ activeCustomer { orders { items { code } } } }' } },
  { name: "the customer's addresses", body: { query: '{ activeCustomer { id a: addresses { id } } }' } },
  { name: 'the user', body: { query: '{ activeCustomer { ... on Customer { user { identifier } } } }' } },
  {
    name: "the customer's orders by way of the cart",
    body: { query: '{ activeOrder { customer { ...C } } } fragment C on Customer { id orders { items { code } } }' },
  },
  {
    name: 'by way of a line',
    body: { query: '{ activeOrder { lines { order { customer { addresses { id } } } } } }' },
  },
  { name: 'custom fields of the customer', body: { query: '{ activeCustomer { customFields } }' } },
  { name: 'payments', body: { query: '{ activeOrder { payments { metadata } } }' } },
  { name: 'history', body: { query: '{ activeOrder { history { items { data } } } }' } },
  { name: 'introspection', body: { query: '{ __schema { mutationType { name } } }' } },
  { name: 'introspection of a type', body: { query: '{ __type(name: "Order") { name } }' } },
  { name: 'payment methods', body: { query: '{ eligiblePaymentMethods { id } }' } },
  { name: 'a mutation as a query', body: { query: `query { ${ORDER} }` } },
  { name: 'names of prototypes', body: { query: '{ constructor { id } }' } },
  { name: 'too deep', body: { query: `{ activeOrder { ${'lines { order { '.repeat(20)}id${' } }'.repeat(20)} } }` } },
  {
    name: 'too large',
    body: { query: `{ ${Array.from({ length: 4000 }, (_, nth) => `a${nth}: activeChannel { id }`).join(' ')} }` },
  },
  {
    name: 'fragments that multiply',
    body: {
      query:
        `{ activeOrder { ...F0 } } ` +
        Array.from({ length: 14 }, (_, nth) => `fragment F${nth} on Order { ...F${nth + 1} ...F${nth + 1} } `).join(
          '',
        ) +
        'fragment F14 on Order { id }',
    },
  },
];

export const ATTEMPTS: readonly Attempt[] = [...disguised, ...shapes];
