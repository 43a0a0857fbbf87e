import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { CataloguePage } from '../../../../src/ports/store/store-catalogue.js';
import type { Store } from '../../../../src/ports/store/store.js';
import { transmissionOf } from '../../../contracts/store.contract.js';
import { type DoubleProduct, idOf, PRODUCTS } from './double/shop-data.js';
import { openShopware } from './open-shopware.js';

const buyer = transmissionOf({ tenantId: 'acme', connectionId: 'acme-cxml' });
let shopware: Awaited<ReturnType<typeof openShopware>>;
beforeAll(async () => {
  shopware = await openShopware();
});
beforeEach(() => {
  shopware.double.entities.goods.splice(0, Infinity, ...PRODUCTS);
  shopware.double.requests.length = 0;
});
afterAll(() => shopware.close());

const article = (nth: number, more: Partial<DoubleProduct> = {}): DoubleProduct => ({
  id: idOf(`made-${nth}`),
  number: `A-${String(nth).padStart(5, '0')}`,
  name: { en: `Article ${nth}`, de: null },
  net: 1.49,
  gross: 1.77,
  taxRate: 19,
  stock: 10,
  category: 'office',
  ...more,
});

async function read(store: Store, between: (page: CataloguePage) => void = () => undefined): Promise<CataloguePage[]> {
  const pages: CataloguePage[] = [];
  let after: string | undefined;
  do {
    const page = await store.cataloguePage?.({ buyer, after });
    if (page === undefined) throw new Error('no catalogue');
    pages.push(page);
    between(page);
    after = page.next;
  } while (after !== undefined);
  return pages;
}

const numbersOf = (pages: CataloguePage[]): string[] =>
  pages.flatMap(({ products }) => products.map(({ line }) => line.sku));

it('lists variants without their parent', async () => {
  expect(numbersOf(await read(shopware.storeWith()))).toEqual([
    ...['SKU-BOLT', 'SKU-BOOK', 'SKU-GONE', 'SKU-INK', 'SKU-LAMP', 'SKU-PEN', 'SKU-SHIRT.M', 'SKU|PIPE'],
  ]);
  const [page] = await read(shopware.storeWith());
  expect(page?.products.find(({ line }) => line.sku === 'SKU-SHIRT.M')?.line.name).toBe('Shirt (Size: M)');
});

it('leaves out and repeats no product while others come and go', async () => {
  const { goods } = shopware.double.entities;
  goods.push(...Array.from({ length: 1200 }, (_, nth) => article(nth)));
  let page = 0;
  const pages = await read(shopware.storeWith(), () => {
    page += 1;
    if (page !== 1) return;
    goods.splice(
      goods.findIndex(({ number }) => number === 'A-00003'),
      1,
    );
    goods.push(article(5000, { number: 'A-00000-NEW' }));
  });
  expect(pages.map(({ products }) => products.length)).toEqual([500, 500, 208]);
  const numbers = numbersOf(pages);
  expect(new Set(numbers).size).toBe(1208);
  expect(numbers).toContain('A-01199');
});

it('goes on after an answer that is short because a product was deleted meanwhile', async () => {
  const { goods } = shopware.double.entities;
  goods.push(...Array.from({ length: 300 }, (_, nth) => article(nth)));
  const store = shopware.storeWith({
    http: async (request) => {
      const answer = await shopware.http(request);
      if (!request.url.endsWith('/store-api/product')) return answer;
      const body = JSON.parse(answer.body) as { elements: unknown[] };
      return { ...answer, body: JSON.stringify({ ...body, elements: body.elements.slice(-99) }) };
    },
  });
  expect(numbersOf(await read(store)).length).toBeGreaterThan(300);
});

it.each([
  ['net', 'C-1001', 'SKU-INK', { quantity: '2', unitPrice: '10.08', taxAmount: '3.83' }],
  ['gross', 'C-1002', 'SKU-INK', { quantity: '2', unitPrice: '10.075', taxAmount: '3.83' }],
  ['tax-free', 'C-1003', 'SKU-INK', { quantity: '2', unitPrice: '10.08', taxAmount: '0' }],
  ['net', 'C-1001', 'TIERED', { quantity: '12', unitPrice: '0.8' }],
  ['gross', 'C-1002', 'TIERED', { quantity: '12' }],
  ['net', 'C-1001', 'BELOW', { quantity: '3', unitPrice: '1' }],
  ['net', 'C-1001', 'EVEN', { quantity: '5', unitPrice: '10', taxAmount: '9.5' }],
  ['gross', 'C-1002', 'EVEN', { quantity: '5', unitPrice: '10.00', taxAmount: '9.5' }],
])('has the %s price of the smallest cart (%s, %s)', async (_, customerNumber, number, expected) => {
  const tiers = [{ from: 10, net: 0.8, gross: 0.95 }];
  const price = { net: 1, gross: 1.19, tiers };
  shopware.double.entities.goods.push(
    article(1, { number: 'TIERED', minPurchase: 12, ...price }),
    article(2, { number: 'BELOW', minPurchase: 3, ...price }),
    article(3, { number: 'EVEN', minPurchase: 5, net: 10, gross: 11.9 }),
  );
  const store = shopware.storeWith({ customer: () => ({ customerNumber }) });
  const product = (await store.catalogueProducts(buyer, [{ supplierPartId: number }])).products[0];
  expect(product?.line).toMatchObject(expected);
  const cart = await store.openCart(buyer);
  await store.addLines(cart, [{ supplierPartId: number, quantity: product?.line.quantity ?? '' }]);
  const [bought] = (await store.readCart(cart)).lines;
  expect({ ...product?.line, lineId: '' }).toEqual({ ...bought, lineId: '' });
});

it.each([
  ['by the position of their groups', [2, 1], 'Mug (Size: L, Colour: blue)'],
  ['by the names of their groups if their positions are equal', [1, 1], 'Mug (Colour: blue, Size: L)'],
])('names the options of a variant in the order of the cart, %s', async (_, [colour, size], name) => {
  const options = [
    { group: 'Size', option: 'L', position: size },
    { group: 'Colour', option: 'blue', position: colour },
  ];
  for (const each of [options, options.toReversed()]) {
    shopware.double.entities.goods.splice(0, Infinity, article(1, { name: { en: 'Mug', de: null }, options: each }));
    const store = shopware.storeWith();
    expect((await store.cataloguePage({ buyer })).products.map(({ line }) => line.name)).toEqual([name]);
    const cart = await store.openCart(buyer);
    await store.addLines(cart, [{ supplierPartId: 'A-00001', quantity: '1' }]);
    expect((await store.readCart(cart)).lines.map((line) => line.name)).toEqual([name]);
  }
});

it('says how many pieces a cart may have', async () => {
  shopware.double.entities.goods.push(article(1, { number: 'ODD', minPurchase: 3, steps: 2 }));
  const keys = ['SKU-INK', 'SKU-BOOK', 'SKU-GONE', 'ODD'].map((supplierPartId) => ({ supplierPartId }));
  const { products } = await shopware.storeWith().catalogueProducts(buyer, keys);
  expect(
    products.map((product) => [product?.availability, product?.stock, product?.quantityStep, product?.maxQuantity]),
  ).toEqual([
    ['available', '50', '2', '20'],
    ['available', '5', undefined, '5'],
    ['sold_out', '0', undefined, undefined],
    ['available', '10', undefined, '100'],
  ]);
});

it('ends the context of each page, and removes its guest', async () => {
  const { double } = shopware;
  double.invalidateSessionOnLogOut = true;
  try {
    const before = [double.contextRows, double.customers.length];
    await read(shopware.storeWith({ session: 'guest-clone' }));
    expect([double.contextRows, double.customers.length]).toEqual(before);
  } finally {
    double.invalidateSessionOnLogOut = false;
  }
});

it('leaves the cart of a customer who logs in as it is', async () => {
  const customer = () => ({ email: 'buyer@acme.test', password: 'throwaway-password', customerNumber: 'C-1001' });
  const store = shopware.storeWith({ session: 'login', customer });
  const cart = await store.openCart(buyer);
  await store.addLines(cart, [{ supplierPartId: 'SKU-PEN', quantity: '3' }]);
  const { currency } = await store.readCart(cart);
  const swiss = transmissionOf({ tenantId: 'acme', connectionId: 'acme-cxml' }, { currency: 'CHF' });
  expect((await store.cataloguePage({ buyer: swiss })).currency).toBe(currency);
  expect((await store.readCart(cart)).lines).toMatchObject([{ sku: 'SKU-PEN', quantity: '3' }]);
});

it('refuses the cursor of another store', async () => {
  await expect(shopware.storeWith().cataloguePage({ buyer, after: '50~7' })).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
  });
});
