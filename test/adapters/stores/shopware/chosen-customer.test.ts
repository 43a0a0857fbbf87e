import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ChosenCustomer } from '../../../../src/domain/access/store-customer.js';
import type { Connection } from '../../../../src/domain/access/connection.js';
import { shopwareShop } from '../../../../src/wiring/shopware-shop.js';
import { transmissionOf } from '../../../contracts/store.contract.js';
import { ACCESS_KEY, ADMIN } from './double/shopware-double.js';
import { CUSTOMERS, SALES_CHANNEL_ID } from './double/shop-data.js';
import { openShopware, SEALING_SECRET } from './open-shopware.js';

let shop: Awaited<ReturnType<typeof openShopware>>;
beforeEach(async () => {
  shop = await openShopware();
});
afterEach(() => shop.close());

describe('the customer that was chosen for a cart, on Shopware', () => {
  it('goes before the usual one of the connection, with its own taxes, in search and cart', async () => {
    const settings = { store: { customer: { number: 'C-1001' } } };
    const store = shopwareShop({
      baseUrl: shop.baseUrl,
      accessKey: ACCESS_KEY,
      admin: ADMIN,
      salesChannelId: SALES_CHANNEL_ID,
      http: shop.http,
    })({
      secrets: [SEALING_SECRET],
      findConnection: () => Promise.resolve({ settings } as Connection),
    });
    const cartOf = async (shopCustomer?: ChosenCustomer) => {
      const transmission = transmissionOf({ tenantId: 'acme', connectionId: 'erp' });
      const request = { ...transmission.request, ...(shopCustomer && { shopCustomer }) };
      const cart = await store.openCart({ ...transmission, request });
      const hits = await store.search('pen', 5);
      await store.addLines(
        cart,
        hits.slice(0, 1).map((hit) => ({ ...hit, quantity: '1' })),
      );
      return { customer: cart.handle?.['customer'], tax: (await store.readCart(cart)).lines[0]?.taxAmount };
    };
    const idOf = (number: string) => CUSTOMERS.find(({ customerNumber }) => customerNumber === number)?.id;
    const usual = await cartOf();
    const free = await cartOf({ customer: { email: 'free@acme.test' }, by: 'address' });
    expect([usual.customer, free.customer]).toEqual([idOf('C-1001'), idOf('C-1003')]);
    expect(Number(usual.tax)).toBeGreaterThan(0);
    expect(Number(free.tax ?? '0')).toBe(0);
  });
});
