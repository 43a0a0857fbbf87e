import assert from 'node:assert/strict';
import type { CartRef } from '../domain/cart/cart.js';
import { cartTotal, lineAmount } from '../domain/cart/cart-total.js';
import { add, type DecimalText, formatDecimal, isDecimalText, parseDecimal } from '../domain/decimal.js';
import type { SetupRequest } from '../domain/transmission/setup-request.js';
import type { Store } from '../ports/store/store.js';
import { assertMatches, assertRefuses, type StoreUnderTest, transmissionOf } from './store-under-test.js';

/** One rule of the store contract. */
export interface StoreCase {
  name: string;
  /** Timeout on a slow machine. */
  timeoutMs: number;
  run(bench: Bench): Promise<void>;
}

/** An open shop, and a way to get carts that are deleted afterwards. */
export interface Bench {
  shop: StoreUnderTest;
  openCart(request?: Partial<SetupRequest>): Promise<CartRef>;
}

/** Maximum time until an unreachable store must report an error (P5), for all its requests together. */
const BOUND_MS = 6000;
const PARALLEL = 50;
const NO_QUANTITIES = ['0', '-1', '1000000001', 'abc', '1.5', '', '1e2', '0x10', 'NaN', '99999999999999999999'];

function rule(name: string, run: (bench: Bench & { store: Store }) => Promise<void>, timeoutMs = 120_000): StoreCase {
  return { name, timeoutMs, run: (bench) => run({ ...bench, store: bench.shop.store }) };
}

async function quantities(store: Store, cart: CartRef): Promise<Record<string, DecimalText>> {
  return Object.fromEntries((await store.readCart(cart)).lines.map(({ sku, quantity }) => [sku, quantity]));
}

/** Of a cart that the test case has just filled. */
async function firstLineId(store: Store, cart: CartRef): Promise<string> {
  const [line] = (await store.readCart(cart)).lines;
  assert.ok(line !== undefined, 'the cart has no line');
  return line.lineId;
}

export const STORE_CASES: readonly StoreCase[] = [
  rule(
    'a new cart is empty, belongs to the store, and survives storage in the database',
    async ({ store, openCart }) => {
      const cart = await openCart();
      assert.equal(cart.store, store.name);
      assertMatches(await store.readCart(JSON.parse(JSON.stringify(cart)) as CartRef), { cartId: cart.id, lines: [] });
    },
  ),

  rule(
    `T60: ${PARALLEL} transmissions of one account have ${PARALLEL} carts, and none sees another's lines`,
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
    300_000,
  ),

  rule('adds, increases, changes and removes lines', async ({ shop, store, openCart }) => {
    const cart = await openCart();
    assert.deepEqual(
      await store.addLines(cart, [
        { supplierPartId: shop.plain, quantity: '1' },
        { supplierPartId: shop.other, quantity: '2.000' },
      ]),
      [
        { supplierPartId: shop.plain, requested: '1', got: '1' },
        { supplierPartId: shop.other, requested: '2.000', got: '2' },
      ],
    );
    assert.deepEqual(await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '2' }]), [
      { supplierPartId: shop.plain, requested: '2', got: '2' },
    ]);
    assert.deepEqual(await quantities(store, cart), { [shop.plain]: '3', [shop.other]: '2' });
    const line = (await store.readCart(cart)).lines.find(({ sku }) => sku === shop.plain);
    assert.ok(line !== undefined);
    assert.deepEqual(await store.changeLine(cart, line.lineId, '5'), {
      supplierPartId: shop.plain,
      requested: '5',
      got: '5',
    });
    await store.removeLine(cart, line.lineId);
    await store.removeLine(cart, line.lineId);
    assertMatches(await store.changeLine(cart, line.lineId, '5'), { got: '0', fault: 'unknown_line' });
    assert.deepEqual(await quantities(store, cart), { [shop.other]: '2' });
  }),

  rule('one answer per request, in order, even for the same article twice', async ({ shop, store, openCart }) => {
    const cart = await openCart();
    const soldOut = shop.soldOut === undefined ? [] : [shop.soldOut];
    const wishes = [
      [shop.plain, '1'],
      ['NO-SUCH-ARTICLE', '1'],
      [shop.plain, '3'],
      ...soldOut.map((sku) => [sku, '1']),
      ['', '1'],
      ['no|such', '1'],
    ].map(([supplierPartId = '', quantity = '']) => ({ supplierPartId, quantity }));
    const results = await store.addLines(cart, wishes);
    assert.deepEqual(
      results.map(({ got, fault }) => [got, fault]),
      [
        ['1', undefined],
        ['0', 'unknown_product'],
        ['3', undefined],
        ...soldOut.map(() => ['0', 'sold_out']),
        ['0', 'unknown_product'],
        ['0', 'unknown_product'],
      ],
    );
    assert.deepEqual(await quantities(store, cart), { [shop.plain]: '4' });
    assert.deepEqual(await store.addLines(cart, []), []);
  }),

  rule('reports a quantity that the shop changes', async ({ shop, store, openCart }) => {
    for (const { supplierPartId, requested, got } of shop.changed) {
      const cart = await openCart();
      assert.deepEqual(await store.addLines(cart, [{ supplierPartId, quantity: requested }]), [
        { supplierPartId, requested, got, fault: 'quantity_changed' },
      ]);
      assert.deepEqual(await quantities(store, cart), { [supplierPartId]: got });
    }
  }),

  rule('reports when nothing was added, whatever the shop answers', async ({ shop, store, openCart }) => {
    const cart = await openCart();
    for (const supplierPartId of shop.unbuyable ?? [])
      assert.deepEqual(await store.addLines(cart, [{ supplierPartId, quantity: '1' }]), [
        { supplierPartId, requested: '1', got: '0', fault: 'unknown_product' },
      ]);
    assert.deepEqual((await store.readCart(cart)).lines, []);
  }),

  ...NO_QUANTITIES.map((quantity) =>
    rule(
      `T54: refuses the quantity ${JSON.stringify(quantity)} and changes nothing`,
      async ({ shop, store, openCart }) => {
        const cart = await openCart();
        await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '2' }]);
        assert.deepEqual(await store.addLines(cart, [{ supplierPartId: shop.plain, quantity }]), [
          { supplierPartId: shop.plain, requested: quantity, got: '0', fault: 'quantity_invalid' },
        ]);
        assertMatches(await store.changeLine(cart, await firstLineId(store, cart), quantity), {
          requested: quantity,
          got: '0',
          fault: 'quantity_invalid',
        });
        assert.deepEqual(await quantities(store, cart), { [shop.plain]: '2' });
      },
    ),
  ),

  rule(
    'T52, cxml.md 7: the cart has everything that a document needs, in exact decimal text',
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

  rule(
    'architecture.md decision 6: auxiliaryId identifies the article, with priority over the number',
    async ({ shop, store, openCart }) => {
      const cart = await openCart();
      await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }]);
      const [line] = (await store.readCart(cart)).lines;
      const edited = await openCart();
      const [result] = await store.addLines(edited, [
        { supplierPartId: 'RENAMED', auxiliaryId: line?.auxiliaryId ?? '', quantity: '2' },
      ]);
      assert.deepEqual(result, { supplierPartId: shop.plain, requested: '2', got: '2' });
    },
  ),

  rule('contentMark changes exactly when the content changes', async ({ shop, store, openCart }) => {
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

  rule('reports a line that the shop removed from a cart, if it can', async ({ shop, store, openCart }) => {
    if (shop.withdraw === undefined) return;
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
  }),

  rule(
    'deletes a cart only if it has not changed since it was read; a missing cart counts as deleted',
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

  rule('knows the page of an article, and reports an unknown article', async ({ shop, store }) => {
    assertMatches(await store.productPath({ supplierPartId: shop.plain }), /^(\/|https?:\/\/)/, 'productPath');
    assert.equal(await store.productPath({ supplierPartId: 'NO-SUCH-ARTICLE' }), undefined);
    assertMatches(store.homePath, /^(\/|https?:\/\/)/, 'homePath');
    assertMatches(store.cartPath, /^(\/|https?:\/\/)/, 'cartPath');
  }),

  rule('searches and lists categories, if it can', async ({ shop, store }) => {
    if (shop.searchWord !== undefined) {
      const found = (await store.search?.(shop.searchWord, 10))?.map(({ supplierPartId }) => supplierPartId) ?? [];
      assert.ok(found.includes(shop.plain), `${shop.searchWord} found ${found.join(', ')}`);
      assert.deepEqual(await store.search?.('', 10), []);
      assertMatches(store.searchPath?.('a b&c'), /a%20b%26c/, 'searchPath');
    }
    const categories = (await store.categories?.()) ?? [];
    for (const [nth, { categoryId, parentId }] of categories.entries())
      assert.ok(
        parentId === undefined || categories.slice(0, nth).some((each) => each.categoryId === parentId),
        `category ${categoryId} stands before its parent`,
      );
  }),

  rule('uses the requested currency and language, or its own if unsupported', async ({ shop, store, openCart }) => {
    const plain = await openCart();
    const unknown = await openCart({ currency: 'XXX', language: 'tlh' });
    for (const cart of [plain, unknown]) await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }]);
    const own = await store.readCart(plain);
    assert.equal((await store.readCart(unknown)).currency, own.currency);
    if (shop.currency !== undefined) {
      const wished = await openCart({ currency: shop.currency.wish });
      await store.addLines(wished, [{ supplierPartId: shop.plain, quantity: '1' }]);
      const other = await store.readCart(wished);
      assert.equal(other.currency, shop.currency.got);
      assert.notEqual(other.lines[0]?.unitPrice, own.lines[0]?.unitPrice);
    }
    for (const { wish: language, tag, name } of shop.languages) {
      const cart = await openCart({ language });
      await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '1' }]);
      const read = await store.readCart(cart);
      assertMatches(read, { language: tag, lines: [{ name }] }, `in ${language}`);
    }
  }),

  rule('changeContext: all changes or none, lines stay, the next read uses them', async ({ shop, store, openCart }) => {
    if (store.changeContext === undefined) return;
    const cart = await openCart();
    await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '2' }]);
    const before = await store.readCart(cart);
    assert.deepEqual(await store.changeContext(cart, { currency: 'XXX' }), { ok: false, unknown: 'currency' });
    assert.deepEqual(
      await store.changeContext(cart, {
        language: 'tlh',
        ...(shop.currency === undefined ? {} : { currency: shop.currency.wish }),
      }),
      { ok: false, unknown: 'language' },
    );
    assertMatches(await store.readCart(cart), { currency: before.currency, language: before.language });
    if (shop.currency === undefined) return;
    const changed = await store.changeContext(cart, { currency: shop.currency.wish });
    assert.ok(changed.ok);
    const after = await store.readCart(changed.cart);
    assertMatches(after, {
      cartId: before.cartId,
      currency: shop.currency.got,
      lines: [{ sku: shop.plain, quantity: '2' }],
    });
    assert.notEqual(after.lines[0]?.unitPrice, before.lines[0]?.unitPrice);
  }),

  rule(
    'customers: one account per transmission, cloned from an allowed template, with its own cart; removed repeatedly',
    async ({ shop, store }) => {
      if (store.customers === undefined || shop.template === undefined) return;
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
        'a repeated call for the same transmission returns the same account',
      );
      const other = await customers.clone(shop.template, second, 'buyer');
      assert.ok(other.ok && other.clone.customerId !== made.clone.customerId, 'two transmissions share an account');
      const cart = await store.openCart({ ...first, clone: made.clone });
      await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '2' }]);
      assert.deepEqual(await quantities(store, cart), { [shop.plain]: '2' });
      assert.deepEqual(await quantities(store, await store.openCart({ ...second, clone: other.clone })), {});
      // The account may be removed before its cart is deleted, because these are separate jobs.
      await customers.remove({ ...first, clone: made.clone });
      assert.equal(await store.deleteCart(cart), 'deleted');
      await customers.remove({ ...first, clone: made.clone });
      await customers.remove(second);
    },
  ),

  rule(
    'P5: an unreachable shop throws STORE_UNAVAILABLE in bounded time and never returns an empty cart',
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
  ),
];
