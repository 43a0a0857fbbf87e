import assert from 'node:assert/strict';
import { assertMatches } from './store-under-test.js';
import { firstLineId, quantities, type StoreCase, storeCase } from './store-case.js';

const NO_QUANTITIES = ['0', '-1', '1000000001', 'abc', '1.5', '', '1e2', '0x10', 'NaN', '99999999999999999999'];

/** Adding, changing and removing lines. */
export const LINE_CASES: readonly StoreCase[] = [
  storeCase('adds lines, adds to existing lines, changes and removes them', async ({ shop, store, openCart }) => {
    const cart = await openCart();
    assertMatches(
      await store.addLines(cart, [
        { supplierPartId: shop.plain, quantity: '1' },
        { supplierPartId: shop.other, quantity: '2.000' },
      ]),
      [
        { supplierPartId: shop.plain, requested: '1', got: '1', fault: undefined },
        { supplierPartId: shop.other, requested: '2.000', got: '2', fault: undefined },
      ],
    );
    assertMatches(await store.addLines(cart, [{ supplierPartId: shop.plain, quantity: '2' }]), [
      { supplierPartId: shop.plain, requested: '2', got: '2', fault: undefined },
    ]);
    assert.deepEqual(await quantities(store, cart), { [shop.plain]: '3', [shop.other]: '2' });
    const line = (await store.readCart(cart)).lines.find(({ sku }) => sku === shop.plain);
    assert.ok(line !== undefined);
    assertMatches(await store.changeLine(cart, line.lineId, '5'), {
      supplierPartId: shop.plain,
      requested: '5',
      got: '5',
      fault: undefined,
    });
    await store.removeLine(cart, line.lineId);
    await store.removeLine(cart, line.lineId);
    assertMatches(await store.changeLine(cart, line.lineId, '5'), { got: '0', fault: 'unknown_line' });
    assert.deepEqual(await quantities(store, cart), { [shop.other]: '2' });
  }),

  storeCase(
    'answers each requested line, in order, also when an article is requested twice',
    async ({ shop, store, openCart }) => {
      const cart = await openCart();
      const wishes = [
        [shop.plain, '1'],
        ['NO-SUCH-ARTICLE', '1'],
        [shop.plain, '3'],
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
          ['0', 'unknown_product'],
          ['0', 'unknown_product'],
        ],
      );
      assert.deepEqual(await quantities(store, cart), { [shop.plain]: '4' });
      assert.deepEqual(await store.addLines(cart, []), []);
    },
  ),

  storeCase(
    'reports an article that is sold out',
    async ({ shop, store, openCart }) => {
      const cart = await openCart();
      const { soldOut: supplierPartId = '' } = shop;
      const wishes = [
        { supplierPartId: shop.plain, quantity: '1' },
        { supplierPartId, quantity: '1' },
        { supplierPartId: shop.plain, quantity: '3' },
      ];
      assert.deepEqual(
        (await store.addLines(cart, wishes)).map(({ got, fault }) => [got, fault]),
        [
          ['1', undefined],
          ['0', 'sold_out'],
          ['3', undefined],
        ],
      );
      assert.deepEqual(await quantities(store, cart), { [shop.plain]: '4' });
    },
    { needs: ['soldOut'] },
  ),

  storeCase(
    'reports a quantity that the shop changed',
    async ({ shop, store, openCart }) => {
      for (const { supplierPartId, requested, got } of shop.changed) {
        const cart = await openCart();
        assert.deepEqual(await store.addLines(cart, [{ supplierPartId, quantity: requested }]), [
          { supplierPartId, requested, got, fault: 'quantity_changed' },
        ]);
        assert.deepEqual(await quantities(store, cart), { [supplierPartId]: got });
      }
    },
    { needs: ['changed'] },
  ),

  storeCase(
    'reports that nothing was added for articles that cannot be bought',
    async ({ shop, store, openCart }) => {
      const cart = await openCart();
      for (const supplierPartId of shop.unbuyable ?? [])
        assert.deepEqual(await store.addLines(cart, [{ supplierPartId, quantity: '1' }]), [
          { supplierPartId, requested: '1', got: '0', fault: 'unknown_product' },
        ]);
      assert.deepEqual((await store.readCart(cart)).lines, []);
    },
    { needs: ['unbuyable'] },
  ),

  ...NO_QUANTITIES.map((quantity) =>
    storeCase(
      `refuses the quantity ${JSON.stringify(quantity)} and changes nothing`,
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
];
