import type { Variable } from './server-variables.js';

/** With STORE=shopware. A test compares it with docs/shopware.md. */
export const SHOPWARE_VARIABLES: readonly Variable[] = [
  ['SHOPWARE_URL', 'needed', 'address of both APIs'],
  ['SHOPWARE_ACCESS_KEY', 'needed', 'access key of the sales channel'],
  ['SHOPWARE_CLIENT_ID', 'needed', 'access key of the integration'],
  ['SHOPWARE_CLIENT_SECRET', 'needed', 'its secret'],
  ['SHOPWARE_SALES_CHANNEL_ID', 'that of the access key', '32 hexadecimal digits'],
  ['SHOPWARE_FRONTEND_URL', 'PUBLIC_URL', 'address of the shop for buyers, who are sent there after login'],
  ['SHOPWARE_CART_PATH', '/checkout/cart', 'of the frontend'],
  ['SHOPWARE_PRODUCT_PATH', '/detail/{id}', 'of the frontend; {id} and {number} are filled in'],
  ['SHOPWARE_SEARCH_PATH', '/search?search={query}', 'of the frontend'],
  ['SHOPWARE_CUSTOMER', 'none', 'customer number or e-mail for connections without one'],
  ['SHOPWARE_SESSION', 'switch-customer', 'kind of session for connections without one'],
  ['SHOPWARE_PASSWORDS', 'none', '{"tenant/connection": "password"}, for login'],
  [
    'SHOPWARE_CLASSIFICATION_FIELDS',
    '{"eClass": "productOciEClass"}',
    'classification domain to the custom field of products that holds its code',
  ],
  ['SHOPWARE_UNITS', 'none', 'your unit names to UN/CEFACT codes, in addition to the usual ones: {"dose": "CA"}'],
  ['SHOPWARE_UNIT_FIELD', 'productOciMe', 'custom field of products that holds their UN/CEFACT unit'],
  ['SHOPWARE_REQUEST_MS', '2500', 'longest wait for one answer of the shop, 100 to 60000'],
  ['SHOPWARE_OPERATION_MS', '4000', 'longest time of one operation with all its requests, 100 to 60000'],
];

/** With STORE=vendure. A test compares it with docs/vendure.md. */
export const VENDURE_VARIABLES: readonly Variable[] = [
  ['VENDURE_URL', 'needed', 'address of the Shop API'],
  ['VENDURE_CHANNEL_TOKEN', 'the default channel', 'the channel of the punchouts'],
  ['VENDURE_FRONTEND_URL', 'PUBLIC_URL', 'address of the shop for buyers, who are sent there after login'],
  ['VENDURE_CART_PATH', '/cart', 'of the frontend'],
  ['VENDURE_PRODUCT_PATH', '/products/{slug}', 'of the frontend; {slug}, {id} and {sku} are filled in'],
  ['VENDURE_SEARCH_PATH', '/search?q={query}', 'of the frontend'],
  [
    'VENDURE_FIELDS',
    'none',
    'sources of values for which Vendure has no field: variant:name and product:name are custom fields, ' +
      "facet:code is a facet's value",
  ],
  ['VENDURE_SHIPPING_METHOD', 'none', 'code of the shipping method whose costs carts have'],
  [
    'VENDURE_ADMIN_USERNAME',
    'none',
    "an administrator that creates the accounts of a middleware's buyers and the copies of chosen customers; may " +
      'read, create, update and delete customers and read customer groups',
  ],
  ['VENDURE_ADMIN_PASSWORD', 'none', 'of that administrator'],
  ['VENDURE_ADMIN_URL', '…/admin-api next to VENDURE_URL', 'address of the Admin API'],
  ['VENDURE_REQUEST_MS', '2500', 'longest wait for one answer of the shop, 100 to 60000'],
  ['VENDURE_OPERATION_MS', '4000', 'longest time of one operation with all its requests, 100 to 60000'],
  [
    'VENDURE_PRICE_DIGITS',
    'by ISO 4217',
    "decimal digits of the shop's integers, if all currencies have the same (MoneyStrategy.precision)",
  ],
];
