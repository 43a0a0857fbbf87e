import { describe, expect, it } from '@jest/globals';
import { bundlesOf } from '../../../src/domain/cart/bundles.js';
import type { CartLine } from '../../../src/domain/cart/cart.js';
import { cartSummary, cartTotal, lineAmount, soldLines } from '../../../src/domain/cart/cart-total.js';
import { formatDecimal } from '../../../src/domain/decimal.js';
import { restoreReport } from '../../../src/domain/cart/restore-report.js';

function line(lineId: string, parentLineId?: string, change: Partial<CartLine> = {}): CartLine {
  return {
    lineId,
    parentLineId,
    kind: 'product',
    sku: `sku-${lineId}`,
    productKey: lineId,
    auxiliaryId: lineId,
    quantity: '1',
    unitPrice: '10.00',
    priceBasis: '1',
    unit: 'EA',
    name: lineId,
    classifications: [],
    customFields: {},
    ...change,
  };
}

const ITEM_LEVEL = { kind: 'bundle', pricedAt: 'itemLevel', unitPrice: '0.00' } as const;
const GROUP_LEVEL = { kind: 'bundle', pricedAt: 'groupLevel' } as const;

const CARTS: [
  title: string,
  lines: CartLine[],
  parents: (number | undefined)[] | undefined,
  counts: number[],
  total: string,
  items: string,
][] = [
  ['no parts', [line('a'), line('b')], undefined, [1, 1], '20.00', '2'],
  [
    'a bundle with the price',
    [line('a', undefined, GROUP_LEVEL), line('b', 'a'), line('c', 'a')],
    [undefined, 0, 0],
    [1, 0, 0],
    '10.00',
    '1',
  ],
  [
    'a bundle that says no level',
    [line('b', 'a'), line('a', undefined, { kind: 'bundle' })],
    [1, undefined],
    [0, 1],
    '10.00',
    '1',
  ],
  ['a parent that is no bundle', [line('a'), line('b', 'a')], [undefined, 0], [1, 0], '10.00', '1'],
  [
    'a bundle priced at its parts, which come first',
    [line('b', 'a', { quantity: '2' }), line('c', 'a'), line('a', undefined, ITEM_LEVEL)],
    [2, 2, undefined],
    [1, 1, 0],
    '30.00',
    '3',
  ],
  [
    'a bundle priced at parts that it has not',
    [line('a', undefined, { ...ITEM_LEVEL, unitPrice: '5.00' }), line('b', 'gone')],
    undefined,
    [1, 1],
    '15.00',
    '2',
  ],
  [
    'its own price in addition to those of its parts',
    [line('a', undefined, { ...ITEM_LEVEL, unitPrice: '99.00' }), line('b', 'a')],
    [undefined, 0],
    [0, 1],
    '10.00',
    '1',
  ],
  [
    'item level in item level',
    [line('a', undefined, ITEM_LEVEL), line('b', 'a', ITEM_LEVEL), line('c', 'b')],
    [undefined, 0, 1],
    [0, 0, 1],
    '10.00',
    '1',
  ],
  [
    'group level in item level',
    [line('a', undefined, ITEM_LEVEL), line('b', 'a', GROUP_LEVEL), line('c', 'b')],
    [undefined, 0, 1],
    [0, 1, 0],
    '10.00',
    '1',
  ],
  [
    'item level in group level',
    [line('a', undefined, GROUP_LEVEL), line('b', 'a', ITEM_LEVEL), line('c', 'b')],
    [undefined, 0, 1],
    [1, 0, 0],
    '10.00',
    '1',
  ],
  [
    'a parent that no line has, and 0',
    [line('a', 'gone'), line('b', '0'), line('c')],
    undefined,
    [1, 1, 1],
    '30.00',
    '3',
  ],
  ['a line that is its own part', [line('a', 'a', GROUP_LEVEL), line('b', 'a')], [undefined, 0], [1, 0], '10.00', '1'],
  [
    'a circle, and a line below it',
    [line('a', 'b'), line('b', 'c'), line('c', 'a'), line('d', 'b')],
    [undefined, undefined, undefined, 1],
    [1, 1, 1, 0],
    '30.00',
    '3',
  ],
  [
    'two lines with the id of the parent: the bundle is meant',
    [line('a'), line('a', undefined, ITEM_LEVEL), line('b', 'a')],
    [undefined, undefined, 1],
    [1, 0, 1],
    '20.00',
    '2',
  ],
];

describe('bundles', () => {
  it.each(CARTS)(
    'cxml.md 7.2: %s: which lines are parts, which prices count, and every sum agrees',
    (_, lines, parents, counts, total, items) => {
      const bundles = bundlesOf(lines);
      expect(bundles?.parents).toEqual(parents);
      if (bundles !== undefined) expect([...bundles.counts]).toEqual(counts);
      expect(cartTotal(lines, 'EUR')).toBe(total);
      expect(cartSummary({ lines, currency: 'EUR' })).toMatchObject({ totalAmount: total, itemsCount: items });
      expect(soldLines({ lines, currency: 'EUR' }).reduce((sum, { revenue }) => sum + Number(revenue), 0)).toBe(
        Number(total),
      );
    },
  );

  it('cxml.md 7.2: 100,000 nested lines do not overflow the stack', () => {
    const chain = Array.from({ length: 100_000 }, (_, index) => line(`${index}`, `${index + 1}`, ITEM_LEVEL));
    expect(bundlesOf(chain)?.counts[0]).toBe(1);
  });
});

describe('conversion factor', () => {
  it.each([
    ['3', '2.00', '1', '10', '60.00'],
    ['3', '12.40', '1', '10', '372.00'],
    ['7', '0.333', '100', '0.5', '0.01'],
    ['1', '10', '3', '3', '10.00'],
    ['1', '-0.05', '10', '1', '-0.01'],
    ['2', '5.00', '1', undefined, '10.00'],
    ['2', '5.00', '1', '1.0', '10.00'],
  ])(
    'cxml.md 7.7: %s at %s for %s, factor %s, is %s, rounded once',
    (quantity, unitPrice, priceBasis, conversionFactor, amount) => {
      expect(formatDecimal(lineAmount({ quantity, unitPrice, priceBasis, conversionFactor }, 'EUR'))).toBe(amount);
    },
  );

  it('cxml.md 6.1: a claimed price in an edit is compared with that of one order unit', () => {
    const now = line('a', undefined, { unitPrice: '2.00', conversionFactor: '10', unit: 'BX', priceUnit: 'EA' });
    const report = (amount: string) =>
      restoreReport(
        [{ supplierPartId: 'sku-a', quantity: '1', claimedUnitPrice: { amount, currency: 'EUR' } }],
        [{ got: '1' }],
        { lines: [now], currency: 'EUR' },
      )[0];
    expect(report('20.00')?.price).toBeUndefined();
    expect(report('2.00')?.price).toEqual({ claimed: '2.00', now: '20.00', currency: 'EUR' });
  });
});
