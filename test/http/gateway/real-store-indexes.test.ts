import { describe } from '@jest/globals';
import { openShopware } from '../../adapters/stores/shopware/open-shopware.js';
import { describeVendure, openVendure } from '../../adapters/stores/vendure/open-vendure.js';
import { punchesOutToEveryItem } from '../../contracts/index-punchouts.contract.js';

describeVendure('every item of an index of a real Vendure server can be punched out to', () =>
  punchesOutToEveryItem(async () => {
    const vendure = await openVendure();
    return {
      store: vendure.storeWith(),
      productPage: /^\/products\/[\w-]+$/,
      articles: 8,
      close: () => vendure.close(),
    };
  }),
);

describe.each([
  ['net prices', 'C-1001'],
  ['prices with tax', 'C-1002'],
])('every item of an index of the Shopware double can be punched out to, for a customer with %s', (_, customerNumber) =>
  punchesOutToEveryItem(async () => {
    const shopware = await openShopware();
    return {
      store: shopware.storeWith({ customer: () => ({ customerNumber }) }),
      productPage: /^\/detail\/[0-9a-f]{32}$/,
      articles: 7,
      close: shopware.close,
    };
  }),
);
