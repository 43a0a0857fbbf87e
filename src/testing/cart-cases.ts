import assert from 'node:assert/strict';
import type { CartRef } from '../domain/cart/cart.js';
import { cartTotal, lineAmount } from '../domain/cart/cart-total.js';
import { add, formatDecimal, isDecimalText, parseDecimal } from '../domain/decimal.js';
import { assertMatches, assertRefuses } from './store-under-test.js';
import { quantities, type StoreCase, storeCase } from './store-case.js';

/** All calls to a store that does not answer must end within this time. */
const BOUND_MS = 6000;
const PARALLEL = 50;

/** Opening, reading and deleting carts. */
export const CART_CASES: readonly StoreCase[] = [
  storeCase('a new cart is empty, names its store, and can be stored as JSON', async ({ store, openCart }) => {
    const cart = await openCart();
    assert.equal(cart.store, store.name);
    assertMatches(await store.readCart(JSON.parse(JSON.stringify(cart)) as CartRef), { cartId: cart.id, lines: [] });
  }),

  storeCase(
    `${PARALLEL} transmissions of one account have ${PARALLEL} separate carts`,
    async ({ shop, store, openCart }) => {
      const carts = await Promise.all(Array.from({ length: PARALLEL }, () => openCart()));
      await Promise.all(
        carts.map((cart, nth) =>
          store.addLines(cart, [{ supplierPartId: shop.plain, quantity: String((nth % 20) + 1) }]),
        ),
      );
      const read = await Promise.all(carts.map((cart) => quantities(store, cart)));
      assert.deepEqual(
        read,
        carts.map((_, nth) => ({ [shop.plain]: String((nth % 20) + 1) })),
      );
      const [first, second] = carts;
      assert.ok(first !== undefined && second !== undefined);
      await store.deleteCart(first);
      assert.deepEqual(await quantities(store, second), { [shop.plain]: '2' });
    },
    { timeoutMs: 300_000 },
  ),

  storeCase(
    'reads the cart with everything a document needs, numbers as exact decimal text',
    async ({ shop, store, openCart }) => {
      const cart = await openCart();
      await store.addLines(cart, [
        { supplierPartId: shop.plain, quantity: '1' },
        { supplierPartId: shop.other, quantity: '3' },
      ]);
      const read = await store.readCart(cart);
      assertMatches(read, { currency: /^[A-Z]{3}$/, language: /^[a-z]{2}(-[A-Z]{2})?$/ });
      assert.deepEqual(
        read.lines.map(({ kind, sku }) => [kind, sku]),
        [
          ['product', shop.plain],
          ['product', shop.other],
        ],
      );
      assertMatches(read.lines[0], shop.plainLine, 'the line of plain');
      for (const line of read.lines) {
        assertMatches(line.unit, /^[A-Z0-9]{2,3}$/, 'unit');
        assert.notEqual(line.name, '');
        for (const number of [
          line.quantity,
          line.unitPrice,
          line.priceBasis,
          line.taxAmount,
          line.taxRate,
          read.tax?.amount,
          read.shipping?.amount,
        ])
          assert.ok(number === undefined || isDecimalText(number), `${String(number)} is no decimal text`);
      }
      const sum = read.lines.map((line) => lineAmount(line, read.currency)).reduce(add, parseDecimal('0.00'));
      assert.equal(formatDecimal(sum), cartTotal(read.lines, read.currency));
    },
  ),

  storeCase('finds an article by its auxiliaryId before its number', async ({ shop, store, openCart }) => {
    const cart = await openCart();
    await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }]);
    const [line] = (await store.readCart(cart)).lines;
    const edited = await openCart();
    const [result] = await store.addLines(edited, [
      { supplierPartId: 'RENAMED', auxiliaryId: line?.auxiliaryId ?? '', quantity: '2' },
    ]);
    assertMatches(result, { supplierPartId: shop.plain, requested: '2', got: '2', fault: undefined });
  }),

  storeCase('contentMark changes exactly when the content changes', async ({ shop, store, openCart }) => {
    const cart = await openCart();
    const marks: string[] = [(await store.readCart(cart)).contentMark];
    await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }]);
    const { contentMark, lines } = await store.readCart(cart);
    assert.equal((await store.readCart(cart)).contentMark, contentMark);
    marks.push(contentMark);
    await store.changeLine(cart, lines[0]?.lineId ?? '', '2');
    marks.push((await store.readCart(cart)).contentMark);
    await store.addLines(cart, [{ supplierPartId: shop.other, quantity: '1' }]);
    marks.push((await store.readCart(cart)).contentMark);
    assert.equal(new Set(marks).size, marks.length, `marks repeat: ${marks.join(' ')}`);
  }),

  storeCase(
    'reports a line that the shop removed from a cart',
    async ({ shop, store, openCart }) => {
      assert.ok(shop.withdraw !== undefined);
      const cart = await openCart();
      await store.addLines(cart, [
        { supplierPartId: shop.plain, quantity: '1' },
        { supplierPartId: shop.other, quantity: '2' },
      ]);
      assert.equal((await store.readCart(cart)).notices?.length ?? 0, 0, 'a cart that nobody changed has notices');
      const undo = await shop.withdraw(shop.plain);
      try {
        const { lines, notices = [] } = await store.readCart(cart);
        assert.deepEqual(
          lines.map(({ sku, quantity }) => [sku, quantity]),
          [[shop.other, '2']],
        );
        assert.deepEqual(
          notices.map(({ kind, item }) => [kind, item]),
          [['line_dropped', shop.plain]],
        );
      } finally {
        await undo();
      }
    },
    { needs: ['withdraw'] },
  ),

  storeCase(
    'deletes a cart only if it is unchanged since it was read; deleting twice is no error',
    async ({ shop, store, openCart }) => {
      const cart = await openCart();
      await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }]);
      const { contentMark } = await store.readCart(cart);
      await store.addLines(cart, [{ supplierPartId: shop.other, quantity: '1' }]);
      assert.equal(await store.deleteCart(cart, contentMark), 'changed');
      const changed = await store.readCart(cart);
      assert.equal(changed.lines.length, 2);
      for (const mark of [changed.contentMark, changed.contentMark, undefined])
        assert.equal(await store.deleteCart(cart, mark), 'deleted');
    },
  ),

  storeCase(
    'throws STORE_UNAVAILABLE in time when the shop cannot be reached, and never gives an empty cart',
    async ({ shop, store, openCart }) => {
      for (const [name, breakIt] of Object.entries(shop.breaks)) {
        const cart = await openCart();
        await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }]);
        const mend = breakIt();
        try {
          for (const act of [
            () => store.readCart(cart),
            () => store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }]),
            () => store.deleteCart(cart),
          ]) {
            const startedAt = performance.now();
            await assertRefuses(act, 'STORE_UNAVAILABLE', name);
            assert.ok(performance.now() - startedAt < BOUND_MS, `${name}: took longer than ${BOUND_MS} ms`);
          }
        } finally {
          mend();
        }
        assert.deepEqual(await quantities(store, cart), { [shop.plain]: '1' });
      }
    },
    { needs: ['breaks'] },
  ),
];
