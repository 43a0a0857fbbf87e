import { afterAll, beforeAll, describe } from '@jest/globals';
import { lineAmount } from '../../../src/domain/cart/cart-total.js';
import type { Cart } from '../../../src/domain/cart/cart.js';
import type { Store } from '../../../src/ports/store/store.js';
import { CUSTOMERS } from '../../adapters/stores/shopware/double/shop-data.js';
import { openShopware } from '../../adapters/stores/shopware/open-shopware.js';
import { describeVendure, openVendure } from '../../adapters/stores/vendure/open-vendure.js';
import { ADMIN, vendureAdmin } from '../../adapters/stores/vendure/vendure-admin.js';
import { hasPricesOfItsOwn, type Price, type PricedShop } from '../../contracts/whose-prices.contract.js';
import { startStoreShop, type StoreShop } from '../../support/store-shop.js';
import { JSON_WANTED, type WebClient } from '../../support/web-client.js';

interface Opened extends Pick<PricedShop, 'customers' | 'words' | 'customersDiffer'> {
  store: Store;
  close(): Promise<void>;
}

const LAMP = 'SKU-LAMP';

/** The prices of a shop whose pages are its own: those in the cart that it gives. */
function ofStore(open: () => Promise<Opened>): void {
  let opened: Opened;
  let shop: StoreShop;
  beforeAll(async () => {
    opened = await open();
    shop = await startStoreShop(opened.store);
  });
  hasPricesOfItsOwn(() => ({
    ...opened,
    shop,
    article: LAMP,
    fill: (client) =>
      client.send('/fill', {
        method: 'POST',
        body: JSON.stringify([{ supplierPartId: LAMP, quantity: '1' }]),
        headers: { 'content-type': 'application/json' },
      }),
    shown: shownInCart,
  }));
  afterAll(async () => {
    await shop.close();
    await opened.close();
  });
}

async function shownInCart(client: WebClient): Promise<Price[]> {
  const cart: Cart = (await client.get('/cart.json', JSON_WANTED)).json();
  const line = cart.lines.find(({ sku }) => sku === LAMP);
  const cents = cart.lines.reduce((sum, each) => sum + Number(lineAmount(each, cart.currency).units), 0);
  return [{ line: Number(line?.unitPrice) / Number(line?.priceBasis), paid: cents / 100 }];
}

describe('two customers of one buyer on the Shopware double, with prices by rules', () =>
  ofStore(async () => {
    const { double, storeWith, close } = await openShopware();
    const [buyer] = CUSTOMERS;
    if (buyer === undefined) throw new Error('the double has no customer');
    for (const [place, net, gross] of [
      ['north', 25.4, 30.23],
      ['south', 22.79, 27.12],
    ] as const)
      double.customers.push({
        ...buyer,
        id: Buffer.from(place.padEnd(16, '0')).toString('hex'),
        customerNumber: place,
        email: `${place}@acme.test`,
        rulePrices: { [LAMP]: { net, gross } },
      });
    const store = storeWith({
      customer: ({ request: { shopCustomer } }) =>
        shopCustomer !== undefined && 'number' in shopCustomer.customer
          ? { customerNumber: shopCustomer.customer.number }
          : { customerNumber: buyer.customerNumber },
    });
    return {
      store,
      customers: { north: { number: 'north' }, south: { number: 'south' } },
      words: 'Lamp',
      customersDiffer: 'prices',
      close,
    };
  }));

// The price of a variant is that of the channel, for all customers: what a group saves is a discount of the cart. So
// the index of an address id has the list, as the lines in shop and cart do, and the search has what is paid.
describeVendure('two customers of one buyer on a real Vendure server, with discounts of their groups', () =>
  ofStore(async () => {
    const vendure = await openVendure();
    const admin = await vendureAdmin();
    const [north, south] = [await admin.customerWith(10), await admin.customerWith(25)];
    return {
      store: vendure.storeWith({ admin: ADMIN }),
      customers: { north: { email: north }, south: { email: south } },
      words: 'Schreibtischlampe',
      customersDiffer: 'discounts',
      close: () => vendure.close(),
    };
  }),
);
