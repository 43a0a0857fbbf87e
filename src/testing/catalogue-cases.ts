import assert from 'node:assert/strict';
import type { CatalogueProduct } from '../domain/cart/catalogue-product.js';
import type { SetupRequest } from '../domain/transmission/setup-request.js';
import type { CataloguePage } from '../ports/store/store-catalogue.js';
import { type StoreCase, storeCase } from './store-case.js';
import { assertMatches, type StoreUnderTest, transmissionOf } from './store-under-test.js';

/** A larger catalogue is read so far. */
const MOST_PAGES = 50;
const PRICED = ['sku', 'unitPrice', 'priceBasis', 'unit', 'name', 'productKey', 'auxiliaryId', 'quantity'] as const;

/** The catalogue of a connection's buyers. */
export const CATALOGUE_CASES: readonly StoreCase[] = [
  storeCase(
    'lists what it sells page by page, each product once, and the same after a cursor that was kept',
    async ({ shop }) => {
      const pages = await pagesOf(shop);
      const keys = pages.flatMap(({ products }) => products.map(({ line }) => line.productKey));
      assert.equal(new Set(keys).size, keys.length, 'a product is listed twice');
      assert.ok(
        pages.every(({ products }) => products.length <= 500),
        'a page has more than 500 products',
      );
      for (const [nth, page] of pages.slice(0, -1).entries()) {
        const again = await shop.store.cataloguePage?.({ buyer: transmissionOf(shop), after: page.next });
        assert.deepEqual(again?.products, pages[nth + 1]?.products, `page ${nth + 2} differs when it is read again`);
        if (nth === 2) break;
      }
      if (pages.at(-1)?.next !== undefined) return;
      const numbers = new Set(pages.flatMap(({ products }) => products.map(({ line }) => line.sku)));
      assert.ok(numbers.has(shop.plain) && numbers.has(shop.other), 'articles are missing');
      for (const sku of shop.unbuyable ?? []) assert.ok(!numbers.has(sku), `${sku} is not for sale`);
    },
    { needs: ['catalogue'] },
  ),

  storeCase(
    'sells a product of its catalogue at the price that the catalogue says, and finds its page',
    async ({ shop, store, openCart }) => {
      const { currency, language, products } = await productsOf(shop, [shop.plain, shop.other, 'NO-SUCH-ARTICLE']);
      assert.equal(products[2], undefined);
      for (const product of products.slice(0, 2)) {
        assert.ok(product !== undefined, 'an article is missing');
        const { line, availability } = product;
        assert.equal(availability, 'available');
        const cart = await openCart();
        await store.addLines(cart, [
          { supplierPartId: line.sku, auxiliaryId: line.auxiliaryId, quantity: line.quantity },
        ]);
        const read = await store.readCart(cart);
        assertMatches(read, { currency, language, lines: [pricedPart(product)] });
        assertMatches(
          await store.productPath({ supplierPartId: line.sku, auxiliaryId: line.auxiliaryId }, transmissionOf(shop)),
          /^(\/|https?:\/\/)/,
          'productPath',
        );
      }
    },
    { needs: ['catalogue'] },
  ),

  storeCase(
    'gives single products as its catalogue lists them',
    async ({ shop }) => {
      const [page] = await pagesOf(shop, 1);
      const listed = (page?.products ?? []).slice(0, 5);
      const { products } = await productsOf(
        shop,
        listed.map(({ line }) => line.sku),
      );
      assert.deepEqual(products, listed);
    },
    { needs: ['catalogue'] },
  ),

  storeCase(
    'prices a product of its catalogue for the quantity that is asked for, as a cart does',
    async ({ shop, store, openCart }) => {
      const { changed } = shop;
      const wanted = [
        { supplierPartId: shop.plain, quantity: '3' },
        ...changed.map(({ supplierPartId, got }) => ({ supplierPartId, quantity: got })),
      ];
      for (const each of wanted) {
        const found = await store.catalogueProducts?.(transmissionOf(shop), [each]);
        const product = found?.products[0];
        assert.ok(product !== undefined, `${each.supplierPartId} is missing`);
        const cart = await openCart();
        await store.addLines(cart, [each]);
        assertMatches(await store.readCart(cart), { lines: [pricedPart(product)] }, each.supplierPartId);
      }
    },
    { needs: ['catalogue'] },
  ),

  storeCase(
    'lists an article that is not available as sold out, or not at all',
    async ({ shop }) => {
      const { products } = await productsOf(shop, [shop.soldOut ?? '']);
      assert.ok(products[0] === undefined || products[0].availability === 'sold_out');
    },
    { needs: ['catalogue', 'soldOut'] },
  ),

  storeCase(
    'prices its catalogue in the requested currency',
    async ({ shop }) => {
      assert.ok(shop.currency !== undefined);
      const own = await productsOf(shop, [shop.plain]);
      const wished = await productsOf(shop, [shop.plain], { currency: shop.currency.wish });
      assert.equal(wished.currency, shop.currency.got);
      assert.notEqual(wished.products[0]?.line.unitPrice, own.products[0]?.line.unitPrice);
    },
    { needs: ['catalogue', 'currency'] },
  ),

  storeCase(
    'throws STORE_UNAVAILABLE instead of a short catalogue',
    async ({ shop, store }) => {
      for (const [name, breaks] of Object.entries(shop.breaks)) {
        const repair = breaks();
        try {
          const refused = await store.cataloguePage?.({ buyer: transmissionOf(shop) }).catch((error: unknown) => error);
          assertMatches(refused, { name: 'PunchoutError', code: 'STORE_UNAVAILABLE' }, name);
        } finally {
          repair();
        }
      }
    },
    { needs: ['catalogue', 'breaks'] },
  ),
];

async function pagesOf(shop: StoreUnderTest, most = MOST_PAGES): Promise<CataloguePage[]> {
  const pages: CataloguePage[] = [];
  let after: string | undefined;
  do {
    const page = await shop.store.cataloguePage?.({ buyer: transmissionOf(shop), after });
    assert.ok(page !== undefined);
    pages.push(page);
    after = page.next;
  } while (after !== undefined && pages.length < most);
  return pages;
}

async function productsOf(shop: StoreUnderTest, numbers: string[], request: Partial<SetupRequest> = {}) {
  const found = await shop.store.catalogueProducts?.(
    transmissionOf(shop, request),
    numbers.map((supplierPartId) => ({ supplierPartId })),
  );
  assert.ok(found !== undefined);
  assert.equal(found.products.length, numbers.length);
  return found;
}

function pricedPart({ line }: CatalogueProduct): Record<string, string> {
  return Object.fromEntries(PRICED.map((name) => [name, line[name]]));
}
