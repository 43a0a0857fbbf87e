import assert from 'node:assert/strict';
import { assertMatches, transmissionOf } from './store-under-test.js';
import { quantities, type StoreCase, storeCase } from './store-case.js';

/** Addresses, search, categories, currency, language and accounts of the shop. */
export const SHOP_CASES: readonly StoreCase[] = [
  storeCase('gives the address of an article, and none for an unknown article', async ({ shop, store }) => {
    assertMatches(await store.productPath({ supplierPartId: shop.plain }), /^(\/|https?:\/\/)/, 'productPath');
    assert.equal(await store.productPath({ supplierPartId: 'NO-SUCH-ARTICLE' }), undefined);
    assertMatches(store.homePath, /^(\/|https?:\/\/)/, 'homePath');
    assertMatches(store.cartPath, /^(\/|https?:\/\/)/, 'cartPath');
  }),

  storeCase(
    'finds articles by a word',
    async ({ shop, store }) => {
      const { searchWord = '' } = shop;
      const found = (await store.search?.(searchWord, 10))?.map(({ supplierPartId }) => supplierPartId) ?? [];
      assert.ok(found.includes(shop.plain), `${searchWord} found ${found.join(', ')}`);
      assert.deepEqual(await store.search?.('', 10), []);
      assertMatches(store.searchPath?.('a b&c'), /a%20b%26c/, 'searchPath');
    },
    { needs: ['search'] },
  ),

  storeCase(
    'lists each category after its parent',
    async ({ store }) => {
      const categories = (await store.categories?.()) ?? [];
      for (const [nth, { categoryId, parentId }] of categories.entries())
        assert.ok(
          parentId === undefined || categories.slice(0, nth).some((each) => each.categoryId === parentId),
          `category ${categoryId} stands before its parent`,
        );
    },
    { needs: ['categories'] },
  ),

  storeCase("uses the shop's own currency where the requested one is unknown", async ({ shop, store, openCart }) => {
    const plain = await openCart();
    const unknown = await openCart({ currency: 'XXX', language: 'tlh' });
    for (const cart of [plain, unknown]) await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }]);
    assert.equal((await store.readCart(unknown)).currency, (await store.readCart(plain)).currency);
  }),

  storeCase(
    'opens a cart in the requested currency',
    async ({ shop, store, openCart }) => {
      assert.ok(shop.currency !== undefined);
      const [plain, wished] = [await openCart(), await openCart({ currency: shop.currency.wish })];
      for (const cart of [plain, wished]) await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }]);
      const [own, other] = [await store.readCart(plain), await store.readCart(wished)];
      assert.equal(other.currency, shop.currency.got);
      assert.notEqual(other.lines[0]?.unitPrice, own.lines[0]?.unitPrice);
    },
    { needs: ['currency'] },
  ),

  storeCase(
    'opens a cart in the requested language',
    async ({ shop, store, openCart }) => {
      for (const { wish: language, tag, name } of shop.languages) {
        const cart = await openCart({ language });
        await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }]);
        const read = await store.readCart(cart);
        assertMatches(read, { language: tag, lines: [{ name }] }, `in ${language}`);
      }
    },
    { needs: ['languages'] },
  ),

  storeCase(
    'changeContext changes nothing if the currency or the language is unknown',
    async ({ shop, store, openCart }) => {
      assert.ok(store.changeContext !== undefined);
      const cart = await openCart();
      await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '2' }]);
      const before = await store.readCart(cart);
      assert.deepEqual(await store.changeContext(cart, { currency: 'XXX' }), { ok: false, unknown: 'currency' });
      assert.deepEqual(
        await store.changeContext(cart, {
          language: 'tlh',
          currency: shop.currency?.wish,
        }),
        {
          ok: false,
          unknown: 'language',
        },
      );
      assertMatches(await store.readCart(cart), { currency: before.currency, language: before.language });
    },
    { needs: ['changeContext'] },
  ),

  storeCase(
    'changeContext keeps the lines and prices them in the new currency',
    async ({ shop, store, openCart }) => {
      assert.ok(store.changeContext !== undefined && shop.currency !== undefined);
      const cart = await openCart();
      await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '2' }]);
      const before = await store.readCart(cart);
      const changed = await store.changeContext(cart, { currency: shop.currency.wish });
      assert.ok(changed.ok);
      const after = await store.readCart(changed.cart);
      assertMatches(after, {
        cartId: before.cartId,
        currency: shop.currency.got,
        lines: [{ sku: shop.plain, quantity: '2' }],
      });
      assert.notEqual(after.lines[0]?.unitPrice, before.lines[0]?.unitPrice);
    },
    { needs: ['changeContext', 'currency'] },
  ),

  storeCase(
    'clones one account with its own cart for each transmission, and removes it; removing twice is no error',
    async ({ shop, store }) => {
      assert.ok(store.customers !== undefined && shop.template !== undefined);
      const { customers } = store;
      const [first, second] = [transmissionOf(shop), transmissionOf(shop)];
      assert.deepEqual(await customers.clone('nobody@nowhere.example', first, 'buyer'), {
        ok: false,
        fault: 'unknown_customer',
      });
      assert.deepEqual(await customers.clone(shop.template, first, 'guest'), { ok: false, fault: 'role_too_high' });
      await customers.remove(first);
      const made = await customers.clone(shop.template, first, 'buyer');
      assert.ok(made.ok, 'the template was not cloned');
      assert.deepEqual(
        await customers.clone(shop.template, first, 'buyer'),
        made,
        'asked again for the same transmission, it is the same account',
      );
      const other = await customers.clone(shop.template, second, 'buyer');
      assert.ok(other.ok && other.clone.customerId !== made.clone.customerId, 'two transmissions share an account');
      const cart = await store.openCart({ ...first, clone: made.clone });
      await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '2' }]);
      assert.deepEqual(await quantities(store, cart), { [shop.plain]: '2' });
      assert.deepEqual(await quantities(store, await store.openCart({ ...second, clone: other.clone })), {});
      // The job that removes the account may come before the one that deletes the cart.
      await customers.remove({ ...first, clone: made.clone });
      assert.equal(await store.deleteCart(cart), 'deleted');
      await customers.remove({ ...first, clone: made.clone });
      await customers.remove(second);
    },
    { needs: ['customers'] },
  ),
];
