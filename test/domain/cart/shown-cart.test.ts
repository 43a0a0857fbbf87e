import { describe, expect, it } from '@jest/globals';
import type { Cart, CartNotice } from '../../../src/domain/cart/cart.js';
import {
  type AskedChange,
  knownAfter,
  ONLY_LOOKED,
  type ShownCart,
  shownCartOf,
  stillUntold,
  unknownChanges,
} from '../../../src/domain/cart/shown-cart.js';

const line = (sku: string, quantity = '1', more: object = {}): Cart['lines'][number] => ({
  lineId: `line-${sku}`,
  kind: 'product',
  sku,
  productKey: sku,
  auxiliaryId: sku,
  quantity,
  unitPrice: '1.00',
  priceBasis: '1',
  unit: 'EA',
  name: `The ${sku}`,
  classifications: [],
  customFields: {},
  ...more,
});
const cart = (
  mark: string,
  lines: Cart['lines'],
  notices?: CartNotice[],
): Pick<Cart, 'contentMark' | 'lines' | 'notices'> => ({ contentMark: mark, lines, notices });
const SHOWN: ShownCart = shownCartOf(cart('a', [line('A'), line('B', '5'), line('TEN', '1', { kind: 'promotion' })]));

describe('changes in a cart that the buyer does not know', () => {
  it.each([
    [
      'nothing, where it is as they saw it',
      cart('a', [line('A'), line('B', '5'), line('TEN', '1', { kind: 'promotion' })]),
      [],
    ],
    [
      'a line that is gone',
      cart('b', [line('A'), line('TEN', '1', { kind: 'promotion' })]),
      [{ kind: 'line_dropped', item: 'B', name: 'The B' }],
    ],
    [
      'another quantity',
      cart('b', [line('A'), line('B', '3'), line('TEN', '1', { kind: 'promotion' })]),
      [{ kind: 'quantity_changed', item: 'B', name: 'The B' }],
    ],
    [
      'a discount that is gone',
      cart('b', [line('A'), line('B', '5')]),
      [{ kind: 'discount_dropped', item: 'TEN', name: 'The TEN' }],
    ],
    [
      'not what the shop gives on top',
      cart('b', [line('A'), line('B', '5'), line('TEN', '1', { kind: 'promotion' }), line('GIFT')]),
      [],
    ],
    [
      'all of it at once',
      cart('b', []),
      [
        { kind: 'line_dropped', item: 'A', name: 'The A' },
        { kind: 'line_dropped', item: 'B', name: 'The B' },
        { kind: 'discount_dropped', item: 'TEN', name: 'The TEN' },
      ],
    ],
  ])('%s', (_, now, expected) => {
    expect(unknownChanges(now, SHOWN, [])).toEqual(expected);
  });

  it('the text of a notice is attached to its difference, by number or by name', () => {
    const told: CartNotice[] = [{ kind: 'line_dropped', item: 'The B', text: 'B is no longer available' }];
    expect(unknownChanges(cart('b', [line('A'), line('TEN', '1', { kind: 'promotion' })], told), SHOWN, [])).toEqual([
      { kind: 'line_dropped', item: 'B', name: 'The B', text: 'B is no longer available' },
    ]);
    expect(unknownChanges(cart('b', [line('A'), line('TEN', '1', { kind: 'promotion' })]), SHOWN, told)).toEqual([
      { kind: 'line_dropped', item: 'B', name: 'The B', text: 'B is no longer available' },
    ]);
  });

  it('a notice of the shop gets the name of its line', () => {
    const notice: CartNotice = { kind: 'quantity_changed', item: 'A', text: 'Only 1 is left.' };
    expect(unknownChanges(cart('a', [line('A')], [notice]), SHOWN, [])).toEqual([{ ...notice, name: 'The A' }]);
    expect(unknownChanges(cart('a', [line('A')], [notice]), undefined, [])).toEqual([{ ...notice, name: 'The A' }]);
    expect(unknownChanges(cart('a', [line('A')], [{ ...notice, name: 'Its own' }]), SHOWN, [])).toEqual([
      { ...notice, name: 'Its own' },
    ]);
  });

  it('a name equal to the number is left out', () => {
    expect(unknownChanges(cart('b', []), shownCartOf(cart('a', [line('A', '1', { name: 'A' })])), [])).toEqual([
      { kind: 'line_dropped', item: 'A' },
    ]);
  });

  it("a notice that only we received stays while the buyer's view is unknown; a repeated one is listed once", () => {
    const notice: CartNotice = { kind: 'line_dropped', item: 'B' };
    expect(unknownChanges(cart('b', [line('A')], [notice]), undefined, [notice])).toEqual([notice]);
  });

  it('notices of the cart that the buyer saw are not repeated', () => {
    const notice: CartNotice = { kind: 'discount_dropped', item: 'Summer' };
    const shown = shownCartOf(cart('a', [line('A')], [notice]));
    expect(unknownChanges(cart('a', [line('A')], [notice]), shown, [])).toEqual([]);
  });
});

describe("the buyer's knowledge of a cart after an answer", () => {
  const TEN = line('TEN', '1', { kind: 'promotion' });
  const now = (lines: Cart['lines'], notices?: CartNotice[]): ShownCart => shownCartOf(cart('b', lines, notices));
  const linesOf = (known: ShownCart): [string, string][] =>
    known.lines
      .map(({ item, quantity }): [string, string] => [item, quantity])
      .toSorted(([a], [b]) => a.localeCompare(b));
  const all: [string, string][] = [
    ['A', '1'],
    ['B', '5'],
    ['TEN', '1'],
  ];

  it.each<[string, Cart['lines'], AskedChange]>([
    ['a look without a line', [line('A'), TEN], ONLY_LOOKED],
    ['a look with less of one', [line('A'), line('B', '3'), TEN], ONLY_LOOKED],
    ['a look with more of one: a change that the buyer made was undone', [line('A'), line('B', '9'), TEN], ONLY_LOOKED],
    ['a look without the discount', [line('A'), line('B', '5')], ONLY_LOOKED],
    ['a write that was about other lines', [TEN], { changed: ['line-C'] }],
    ['a write that added another', [line('A'), TEN], { added: new Map([['line-C', '1']]) }],
  ])('%s does not change it', (_, lines, asked) => {
    const known = knownAfter(SHOWN, { cart: now(lines), asked });
    expect(linesOf(known)).toEqual(all);
    expect(unknownChanges({ contentMark: 'b', lines }, known, []).length).toBeGreaterThan(0);
  });

  it.each<[string, Cart['lines'], AskedChange, [string, string][]]>([
    [
      'the line that they took out',
      [line('A'), TEN],
      { changed: ['line-B'] },
      [
        ['A', '1'],
        ['B', '0'],
        ['TEN', '1'],
      ],
    ],
    [
      'that they emptied the cart',
      [],
      { changed: 'all' },
      [
        ['A', '0'],
        ['B', '0'],
      ],
    ],
    [
      'the quantity that they wanted, and the discount that hung on it',
      [line('A'), line('B', '2')],
      { changed: ['line-B'] },
      [
        ['A', '1'],
        ['B', '2'],
      ],
    ],
    [
      'what they added, by line',
      [line('A'), line('B', '7'), TEN],
      { added: new Map([['line-B', '2']]) },
      [
        ['A', '1'],
        ['B', '7'],
        ['TEN', '1'],
      ],
    ],
    [
      'what they added, by item, made up to a whole pack',
      [line('A'), line('B', '10'), TEN],
      { added: new Map([['B', '2']]) },
      [
        ['A', '1'],
        ['B', '10'],
        ['TEN', '1'],
      ],
    ],
    ['any effect of a write with an unknown intention', [line('C')], 'anything', [['C', '1']]],
    [
      'what the shop gives on top',
      [line('A'), line('B', '5'), TEN, line('GIFT')],
      ONLY_LOOKED,
      [
        ['A', '1'],
        ['B', '5'],
        ['GIFT', '1'],
        ['TEN', '1'],
      ],
    ],
  ])('%s', (_, lines, asked, expected) => {
    const known = knownAfter(SHOWN, { cart: now(lines), asked });
    expect(linesOf(known)).toEqual(expected);
    expect(unknownChanges({ contentMark: 'b', lines }, known, [])).toEqual([]);
  });

  it('a read recorded before the write that it already shows', () => {
    const after = [line('A'), line('B', '6'), line('C'), TEN];
    const asked = {
      added: new Map([
        ['line-B', '1'],
        ['line-C', '1'],
      ]),
    };
    const looked = knownAfter(SHOWN, { cart: now(after), asked: ONLY_LOOKED });
    const again = knownAfter(looked, { cart: now(after), asked: ONLY_LOOKED });
    for (const before of [looked, again]) {
      const known = knownAfter(before, { cart: now(after), asked });
      expect([linesOf(known), unknownChanges({ contentMark: 'b', lines: after }, known, [])]).toEqual([
        [
          ['A', '1'],
          ['B', '6'],
          ['C', '1'],
          ['TEN', '1'],
        ],
        [],
      ]);
      // The next addition to that line is lost.
      const lost = knownAfter(known, { cart: now(after), asked: { added: new Map([['line-C', '1']]) } });
      expect(unknownChanges({ contentMark: 'b', lines: after }, lost, [])).toEqual([
        { kind: 'quantity_changed', item: 'C', name: 'The C' },
      ]);
    }
  });

  it('an addition to a line that had lost pieces: the former quantity plus the addition', () => {
    const known = knownAfter(SHOWN, {
      cart: now([line('A'), line('B', '2'), TEN]),
      asked: { added: new Map([['line-B', '2']]) },
    });
    expect(linesOf(known)).toEqual([
      ['A', '1'],
      ['B', '7'],
      ['TEN', '1'],
    ]);
  });

  it('changes in the answer itself, by number or by name', () => {
    for (const item of ['B', 'The B']) {
      const answer = { cart: now([line('A'), TEN], [{ kind: 'line_dropped', item }]), asked: ONLY_LOOKED };
      expect(linesOf(knownAfter(SHOWN, answer))).toEqual([
        ['A', '1'],
        ['TEN', '1'],
      ]);
    }
  });

  it('a removed line that returns; unless the buyer added it again', () => {
    const known = knownAfter(SHOWN, { cart: now([line('A'), TEN]), asked: { changed: ['line-B'] } });
    const back = [line('A'), line('B', '5'), TEN];
    for (const [asked, expected] of [
      [ONLY_LOOKED, [{ kind: 'quantity_changed', item: 'B', name: 'The B' }]],
      [{ added: new Map([['line-B', '5']]) }, []],
    ] as const) {
      const after = knownAfter(known, { cart: shownCartOf(cart('c', back)), asked });
      expect(unknownChanges(cart('c', back), after, [])).toEqual(expected);
    }
    expect(
      unknownChanges(cart('c', back), knownAfter(known, { cart: now([TEN]), asked: { changed: ['line-A'] } }), []),
    ).toEqual([
      { kind: 'quantity_changed', item: 'A', name: 'The A' },
      { kind: 'quantity_changed', item: 'B', name: 'The B' },
    ]);
  });

  it('a line that returns', () => {
    const known = knownAfter(SHOWN, { cart: now([line('A'), TEN]), asked: ONLY_LOOKED });
    const again = now([line('A'), line('B', '5'), TEN]);
    expect(knownAfter(known, { cart: again, asked: ONLY_LOOKED })).toEqual(again);
  });

  it('everything shown, where nothing was known', () => {
    expect(knownAfter(undefined, { cart: SHOWN, asked: ONLY_LOOKED })).toEqual(SHOWN);
  });

  it('notices that only we received stay while they concern what the buyer does not know', () => {
    const untold: CartNotice[] = [
      { kind: 'line_dropped', item: 'The B', text: 'gone' },
      { kind: 'line_dropped', item: 'X' },
    ];
    const answer = { cart: now([line('A'), TEN]), asked: ONLY_LOOKED };
    expect(stillUntold(untold, knownAfter(SHOWN, answer), answer)).toEqual([untold[0]]);
    expect(stillUntold(untold, answer.cart, answer)).toEqual([]);
  });
});
