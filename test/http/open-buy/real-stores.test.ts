import { describe } from '@jest/globals';
import { openShopware } from '../../adapters/stores/shopware/open-shopware.js';
import { describeVendure, openVendure } from '../../adapters/stores/vendure/open-vendure.js';
import { sellsThroughOpenBuy } from '../../contracts/open-buy.contract.js';

describeVendure('Open Buy in a real Vendure server', () =>
  sellsThroughOpenBuy(async () => {
    const vendure = await openVendure();
    return { store: vendure.storeWith(), word: 'pen', hidesStock: true, close: () => vendure.close() };
  }),
);

describe.each([
  ['net prices', 'C-1001'],
  ['prices with tax', 'C-1002'],
])('Open Buy in the Shopware double, for a customer with %s', (_, customerNumber) =>
  sellsThroughOpenBuy(async () => {
    const shopware = await openShopware();
    return {
      store: shopware.storeWith({ customer: () => ({ customerNumber }) }),
      word: 'pen',
      close: shopware.close,
    };
  }),
);
