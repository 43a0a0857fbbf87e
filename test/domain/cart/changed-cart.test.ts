import { describe, expect, it } from '@jest/globals';
import type { Cart, CartNotice } from '../../../src/domain/cart/cart.js';
import { questionOf } from '../../../src/domain/cart/shown-cart.js';

const line = (sku: string, quantity = '1', unitPrice = '2.00'): Cart['lines'][number] => ({
  lineId: sku,
  kind: 'product',
  sku,
  productKey: sku,
  auxiliaryId: sku,
  quantity,
  unitPrice,
  priceBasis: '1',
  unit: 'EA',
  name: sku,
  classifications: [],
  customFields: {},
});
const cart = (change: Partial<Cart> = {}): Cart => ({
  cartId: 'c',
  contentMark: '1',
  currency: 'EUR',
  language: 'en',
  lines: [line('A', '3')],
  ...change,
});
const GONE: CartNotice = { kind: 'line_dropped', item: 'B' };
const confirmOf = (asked: Cart): string => questionOf(asked, '')?.confirm ?? '';

describe('questionOf', () => {
  it('asks nothing for a cart without notices; else returns them and the sums of the cart', () => {
    expect([questionOf(cart()), questionOf(cart({ notices: [] }))]).toEqual([undefined, undefined]);
    expect(questionOf(cart({ notices: [GONE] }))).toEqual({
      notices: [GONE],
      summary: { itemsCount: '3', linesCount: 1, totalAmount: '6.00', currency: 'EUR' },
      confirm: expect.any(String),
    });
  });

  it('a confirmation is valid for the same cart, with the same notices or none', () => {
    const confirm = confirmOf(cart({ notices: [GONE] }));
    expect([questionOf(cart({ notices: [GONE] }), confirm), questionOf(cart(), confirm)]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it.each<[string, Partial<Cart>]>([
    ['another mark', { contentMark: '2' }],
    ['another price', { lines: [line('A', '3', '2.01')] }],
    ['another quantity', { lines: [line('A', '2')] }],
    ['a line more', { lines: [line('A', '3'), line('C')] }],
    ['another currency', { currency: 'CHF' }],
  ])('a confirmation is invalid for %s, with notices or without', (_, change) => {
    const confirm = confirmOf(cart({ notices: [GONE] }));
    for (const notices of [[GONE], undefined]) expect(questionOf(cart({ ...change, notices }), confirm)).toBeDefined();
  });

  it.each<[string, CartNotice[]]>([
    ['another notice', [{ kind: 'discount_dropped', item: 'SUMMER' }]],
    ['a notice more', [GONE, { kind: 'line_dropped', item: 'C' }]],
    ['another text', [{ ...GONE, text: 'Sold out.' }]],
  ])('a confirmation is invalid for %s', (_, notices) => {
    expect(questionOf(cart({ notices }), confirmOf(cart({ notices: [GONE] })))).toBeDefined();
  });

  it.each(['x', '.', `${'0'.repeat(32)}.${'0'.repeat(32)}`])('%s confirms nothing', (confirmed) => {
    expect([questionOf(cart(), confirmed), questionOf(cart({ notices: [GONE] }), confirmed)]).toEqual([
      expect.anything(),
      expect.anything(),
    ]);
  });
});
