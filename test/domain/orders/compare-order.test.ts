import { describe, expect, it } from '@jest/globals';
import { compareOrder, faultsOfOrder } from '../../../src/domain/orders/compare-order.js';
import {
  mismatchText,
  type OrderMismatch,
  type PurchaseLine,
  type PurchaseOrder,
} from '../../../src/domain/orders/purchase-order.js';
import { isFrom } from '../../../src/domain/orders/pair-lines.js';
import { expectProportional } from '../../support/growth.js';

type Wish = Partial<Omit<PurchaseLine, 'unitPrice'>> & { price?: string; currency?: string };

function line(
  supplierPartId: string,
  quantity: string,
  { price = '10.00', currency = 'EUR', ...more }: Wish = {},
): PurchaseLine {
  return { supplierPartId, quantity, unit: 'EA', unitPrice: { amount: price, currency }, ...more };
}

const euro = (amount: string): { amount: string; currency: string } => ({ amount, currency: 'EUR' });
const told = (mismatches: OrderMismatch[]): string[] =>
  mismatches.map(({ kind, supplierPartId, comparedWith }) =>
    [kind, supplierPartId, comparedWith].filter((part) => part !== undefined && part !== '').join(' '),
  );

/** Compares an order with a cart; the Totals exist only if given. */
function compared(
  ordered: PurchaseLine[],
  sent: PurchaseLine[],
  {
    total,
    cart,
    units,
    ...order
  }: { total?: string; cart?: string; units?: Record<string, string> } & Pick<PurchaseOrder, 'tax' | 'shipping'> = {},
): string[] {
  return told(
    compareOrder(
      { lines: ordered, total: total === undefined ? undefined : euro(total), ...order },
      { lines: sent, total: cart === undefined ? undefined : euro(cart) },
      units,
    ),
  );
}

describe('units', () => {
  const UNITS = { PCE: 'EA', KAR: 'BX' };
  it.each<[string, string | undefined, string | undefined, boolean]>([
    ['the same', 'EA', 'EA', true],
    ['another letter case', 'ea', 'EA', true],
    ["the shop's name for the buyer's unit", 'PCE', 'EA', true],
    ["the buyer's name for the shop's unit", 'EA', 'PCE', true],
    ["the shop's name in another letter case", 'kar', 'bx', true],
    ['none in the order', undefined, 'EA', true],
    ['none in the cart', 'EA', undefined, true],
    ['a box for a piece', 'BX', 'EA', false],
    ['a pallet for a box', 'PF', 'KAR', false],
    ['metres for pieces', 'MTR', 'PCE', false],
  ])('%s: %s against %s', (_, unit, sentUnit, same) => {
    expect(compared([line('A', '1', { unit })], [line('A', '1', { unit: sentUnit })], { units: UNITS })).toEqual(
      same ? [] : ['unit A'],
    );
  });
});

describe('prices are compared per unit, after price basis and conversion factor', () => {
  it.each<[string, Wish, Wish, string[]]>([
    ['the same for 100', { price: '10.00', priceBasis: '100' }, { price: '10.00', priceBasis: '100' }, []],
    ['per 100 and per 1', { price: '0.1', priceBasis: '1' }, { price: '10.00', priceBasis: '100' }, []],
    ['a third that no decimal can say', { price: '2', priceBasis: '6' }, { price: '1', priceBasis: '3' }, []],
    [
      'a factor that the cart has too',
      { price: '2.00', conversionFactor: '10' },
      { price: '2.00', conversionFactor: '10' },
      [],
    ],
    ['a factor that is in the price of the cart', { price: '2.00', conversionFactor: '10' }, { price: '20.00' }, []],
    ['a factor and a basis', { price: '2.00', conversionFactor: '10', priceBasis: '5' }, { price: '4.00' }, []],
    [
      'a factor that the cart does not have',
      { price: '12.40', conversionFactor: '10' },
      { price: '12.40' },
      ['price A'],
    ],
    [
      'a factor that the order does not have',
      { price: '12.40' },
      { price: '12.40', conversionFactor: '10' },
      ['price A'],
    ],
    ['a basis of 0', { price: '10.00', priceBasis: '0' }, { price: '10.00' }, ['price A']],
    ['another currency', { currency: 'USD' }, {}, ['currency A']],
    ['no currency', { currency: '' }, {}, []],
  ])('%s', (_, ordered, sent, mismatches) => {
    expect(compared([line('A', '3', ordered)], [line('A', '3', sent)])).toEqual(mismatches);
  });

  it('reports a price that the order leaves out', () => {
    expect(compared([{ ...line('A', '1'), unitPrice: undefined }], [line('A', '1')])).toEqual(['price A']);
  });
});

describe('quantities are compared after conversion', () => {
  const BOXES = line('SCREW', '3', { unit: 'BX', price: '2.00', conversionFactor: '10', priceUnit: 'EA' });
  it.each<[string, PurchaseLine, string[]]>([
    ['3 boxes', BOXES, []],
    ['30 pieces are 3 boxes of 10, in another unit', line('SCREW', '30', { price: '2.00' }), ['unit SCREW']],
    ['3 pieces in place of 3 boxes', line('SCREW', '3', { price: '2.00' }), ['unit SCREW', 'quantity SCREW']],
    ['30 boxes', { ...BOXES, quantity: '30' }, ['quantity SCREW']],
    ['3.0 boxes', { ...BOXES, quantity: '3.0' }, []],
    [
      '3 pallets',
      { ...BOXES, unit: 'PF', priceUnit: undefined, conversionFactor: '20', unitPrice: euro('1.00') },
      ['unit SCREW'],
    ],
  ])('%s', (_, ordered, mismatches) => {
    expect(compared([ordered], [BOXES])).toEqual(mismatches);
  });
});

describe('the Total is compared with the sum of the lines and with the cart', () => {
  const LINES = [line('A', '3'), line('B', '1', { price: '4.99' })];
  it.each<[string, Parameters<typeof compared>[2], string[]]>([
    ['the net sum', { total: '34.99', cart: '34.99' }, []],
    ['more digits', { total: '34.9900', cart: '34.99' }, []],
    ['none', { cart: '34.99' }, []],
    ['with tax that the order states', { total: '41.64', tax: '6.65', cart: '34.99' }, []],
    ['with shipping that the order states', { total: '39.99', shipping: '5.00', cart: '34.99' }, []],
    ['with both', { total: '46.64', tax: '6.65', shipping: '5.00', cart: '34.99' }, []],
    ['without what it states', { total: '34.99', tax: '6.65', shipping: '5.00', cart: '34.99' }, []],
    ['with tax that it does not state', { total: '41.64', cart: '34.99' }, ['total lines']],
    ['less than the lines', { total: '3.00', cart: '34.99' }, ['total lines']],
    ['another than the cart had', { total: '34.99', cart: '30.00' }, ['total cart']],
    [
      'another than the lines and another than the cart',
      { total: '1.00', cart: '30.00' },
      ['total lines', 'total cart'],
    ],
    ['0', { total: '0', cart: '34.99' }, ['total lines']],
  ])('%s', (_, totals, mismatches) => {
    expect(compared(LINES, LINES, totals)).toEqual(mismatches);
  });

  it('charges may be in the lines instead of the header', () => {
    const lines = [line('A', '3', { tax: '5.70', shipping: '2.00' })];
    for (const total of ['30.00', '35.70', '32.00', '37.70'])
      expect(compared(lines, lines, { total, cart: '30.00' })).toEqual([]);
    expect(compared(lines, lines, { total: '33.00', cart: '30.00' })).toEqual(['total lines']);
  });

  it('may be rounded line by line, or at the end', () => {
    const thirds = Array.from({ length: 3 }, (_, index) => line(`P${index}`, '1', { price: '10', priceBasis: '3' }));
    expect(compared(thirds, thirds, { total: '9.99' })).toEqual([]);
    expect(compared(thirds, thirds, { total: '10.00' })).toEqual([]);
    expect(compared(thirds, thirds, { total: '9.98' })).toEqual(['total lines']);
  });

  it('in another currency than its lines is a mismatch', () => {
    expect(
      told(
        compareOrder(
          { lines: LINES, total: { amount: '34.99', currency: 'USD' } },
          { lines: LINES, total: euro('34.99') },
        ),
      ),
    ).toEqual(['currency lines']);
    expect(
      told(
        compareOrder(
          { lines: LINES, total: { amount: '34.99', currency: '' } },
          { lines: LINES, total: euro('34.99') },
        ),
      ),
    ).toEqual([]);
  });

  it('is not compared with lines without a price', () => {
    const open = LINES.map((one) => ({ ...one, unitPrice: undefined }));
    expect(told(faultsOfOrder({ lines: open, total: euro('1.00') }))).toEqual([]);
  });
});

describe('bundles', () => {
  const head = (pricedAt: PurchaseLine['pricedAt'], price: string): PurchaseLine =>
    line('KIT', '1', { lineNumber: '1', price, pricedAt, isBundle: true });
  const part = (name: string, quantity: string, price: string): PurchaseLine =>
    line(name, quantity, { lineNumber: name, parentLineNumber: '1', price });
  const plain = (one: PurchaseLine): PurchaseLine => ({
    ...one,
    parentLineNumber: undefined,
    isBundle: undefined,
    pricedAt: undefined,
  });
  const GROUP = [head('groupLevel', '100.00'), part('2', '2', '30.00'), part('3', '1', '40.00')];
  const ITEMS = [head('itemLevel', '0.00'), part('2', '2', '30.00'), part('3', '1', '40.00')];
  const [KIT, ...PARTS] = GROUP as [PurchaseLine, ...PurchaseLine[]];

  it.each<[string, PurchaseLine[], PurchaseLine[], string[]]>([
    ['priced at the head', GROUP, GROUP, []],
    ['priced at the parts', ITEMS, ITEMS, []],
    ['the head alone, which alone was sent (DTD 1.2.014)', [KIT], [plain(KIT)], []],
    ['the parts, which were sent as plain lines (DTD 1.2.014)', ITEMS.slice(1), ITEMS.slice(1).map(plain), []],
    ['priced at the parts, which are ordered as plain lines', ITEMS.slice(1).map(plain), ITEMS, []],
    ['priced at the head, ordered as plain lines', GROUP.map(plain), GROUP, []],
    [
      'parts with other prices, which do not count',
      [KIT, ...PARTS.map((one) => ({ ...one, unitPrice: euro('99.00') }))],
      GROUP,
      [],
    ],
    ['parts without a price', [KIT, ...PARTS.map((one) => ({ ...one, unitPrice: undefined }))], GROUP, []],
    ['the level left out', [head(undefined, '100.00'), ...PARTS], GROUP, []],
    ['the level left out, the price at the parts', [head(undefined, '0.00'), ...PARTS], ITEMS, []],
    ['parents in any order', GROUP.toReversed(), GROUP, []],
    [
      'line numbers with zeros in front',
      GROUP.map((one) => ({ ...one, lineNumber: `00${one.lineNumber}` })),
      GROUP,
      [],
    ],
    ['a head that is named by its place', [{ ...KIT, lineNumber: undefined }, ...PARTS], GROUP, []],
    ['a parent that does not say that it is a bundle', [plain(KIT), ...PARTS], GROUP, []],
    [
      'a head with itemLevel, with parts that cost nothing',
      [head('itemLevel', '100.00'), ...PARTS.map((one) => ({ ...one, unitPrice: euro('0.00') }))],
      GROUP,
      [],
    ],
  ])('%s: the same, for 100.00', (_, ordered, sent, mismatches) => {
    expect(compared(ordered, sent, { total: '100.00', cart: '100.00' })).toEqual(mismatches);
  });

  it.each<[string, PurchaseLine[], PurchaseLine[], string, string[]]>([
    ['a part less', GROUP.slice(0, 2), GROUP, '100.00', ['missing 3']],
    ['a part more', [...GROUP, part('4', '1', '0')], GROUP, '100.00', ['added 4']],
    ['a part more, priced', [...ITEMS, part('4', '1', '5.00')], ITEMS, '105.00', ['added 4', 'total cart']],
    ['more of a part', [KIT, { ...PARTS[0]!, quantity: '3' }, PARTS[1]!], GROUP, '100.00', ['quantity 2']],
    [
      'another price at the head',
      [{ ...KIT, unitPrice: euro('90.00') }, ...PARTS],
      GROUP,
      '90.00',
      ['price KIT', 'total cart'],
    ],
    ['the price moved to the parts', ITEMS, GROUP, '100.00', ['price KIT', 'price 2', 'price 3']],
    ['head and parts charged', GROUP.map(plain), GROUP, '200.00', ['total lines']],
    [
      'a parent that is no line',
      PARTS.map((one) => ({ ...one, parentLineNumber: '0' })),
      PARTS.map(plain),
      '100.00',
      [],
    ],
    [
      'a parent that is the line itself',
      [line('A', '1', { lineNumber: '1', parentLineNumber: '1', isBundle: true })],
      [line('A', '1')],
      '10.00',
      ['total cart'],
    ],
    [
      'parents in a circle',
      [
        line('A', '1', { lineNumber: '1', parentLineNumber: '2', isBundle: true }),
        line('B', '1', { lineNumber: '2', parentLineNumber: '1', isBundle: true }),
      ],
      [line('A', '1'), line('B', '1')],
      '20.00',
      ['total cart'],
    ],
    [
      'a bundle in a bundle',
      [KIT, PARTS[0]!, { ...PARTS[1]!, isBundle: true }, { ...part('4', '1', '1.00'), parentLineNumber: '3' }],
      GROUP,
      '100.00',
      ['added 4'],
    ],
    ['parts of a cart that was sent without them', GROUP, [plain(KIT)], '100.00', ['added 2', 'added 3']],
    ['the head of a cart that was sent as plain parts', ITEMS, ITEMS.slice(1).map(plain), '100.00', ['added KIT']],
    ['the head alone', [plain(KIT)], GROUP, '100.00', ['missing 2', 'missing 3']],
    ['the head alone, without a word of the bundle', [KIT], GROUP, '100.00', ['missing 2', 'missing 3']],
    [
      'a foreign part below a line of the cart that is said to be a bundle',
      [KIT, part('EVIL', '5', '300.00')],
      [plain(KIT)],
      '100.00',
      ['added EVIL'],
    ],
    [
      'a foreign head above a line of the cart',
      [{ ...head('itemLevel', '300.00'), supplierPartId: 'EVIL' }, part('A', '1', '100.00')],
      [line('A', '1', { price: '100.00' })],
      '100.00',
      ['added EVIL'],
    ],
    [
      'a foreign head above the whole cart',
      [
        line('EVIL', '1', { lineNumber: '9', price: '0', pricedAt: 'groupLevel', isBundle: true }),
        ...GROUP.map((one) => ({ ...one, parentLineNumber: one.parentLineNumber ?? '9' })),
      ],
      GROUP,
      '100.00',
      ['added EVIL', 'price KIT', 'total lines'],
    ],
  ])('%s', (_, ordered, sent, total, mismatches) => {
    expect(compared(ordered, sent, { total, cart: '100.00' })).toEqual(mismatches);
  });
});

it("parts as plain lines are included in the head's price only where the Total shows it", () => {
  const sent = [
    line('KIT', '1', { lineNumber: '1', price: '100.00', pricedAt: 'groupLevel', isBundle: true }),
    line('P', '2', { lineNumber: '2', parentLineNumber: '1', price: '30.00' }),
  ];
  const ordered = sent.map((one) => ({
    ...one,
    parentLineNumber: undefined,
    isBundle: undefined,
    pricedAt: undefined,
  }));
  expect(compared(ordered, sent, { total: '100.00', cart: '100.00' })).toEqual([]);
  expect(compared(ordered, sent, { cart: '100.00' })).toEqual(['price P']);
});

describe('lines', () => {
  it('a line without a part id is marked, and matches the cart line of its auxiliary id', () => {
    const sent = [line('A', '1', { auxiliaryId: 'a' }), line('B', '2', { auxiliaryId: 'b' })];
    expect(compared([line('A', '1', { auxiliaryId: 'a' }), line('', '2', { auxiliaryId: 'b' })], sent)).toEqual([
      'unidentified',
    ]);
    expect(compared([line('A', '1', { auxiliaryId: 'a' }), line('', '2')], sent)).toEqual([
      'unidentified',
      'missing B',
    ]);
    expect(isFrom([line('A', '1', { auxiliaryId: 'a' }), line('', '2')], sent)).toBe(true);
    expect(isFrom([line('', '2', { auxiliaryId: 'b' })], sent)).toBe(false);
    expect(told(faultsOfOrder({ lines: [line('', '1')], total: euro('10.00') }))).toEqual(['unidentified']);
  });

  it('reports added and missing lines, and pairs each line once', () => {
    expect(
      compared([line('A', '1'), line('A', '2'), line('C', '1')], [line('A', '2'), line('A', '1'), line('B', '1')]),
    ).toEqual(['added C', 'missing B']);
    expect(compared([line('A', '1'), line('A', '1')], [line('A', '1')])).toEqual(['added A']);
  });

  it('10,000 lines of one article take time in proportion to their number', () => {
    expectProportional(10_000, (length) => {
      const lines = Array.from({ length }, (_, index) => line('A', String(index + 1)));
      expect(compared(lines.toReversed(), lines)).toEqual([]);
    });
  });
});

it('quantities in different units are reported with their units', () => {
  const texts = (ordered: PurchaseLine, sent: PurchaseLine): string[] =>
    compareOrder({ lines: [ordered] }, { lines: [sent] }).map(mismatchText);
  const boxes = line('A', '3', { unit: 'BX', conversionFactor: '10', priceUnit: 'EA' });
  expect(texts(line('A', '3'), boxes)).toEqual([
    'article A: unit EA in place of BX',
    'article A: quantity 3 EA in place of 3 BX',
  ]);
  expect(texts(line('A', '2', { unit: 'PF' }), line('A', '1'))).toContain('article A: quantity 2 PF in place of 1 EA');
  expect(texts(line('A', '2', { unit: undefined }), boxes)).toContain('article A: quantity 2 in place of 3');
});

it('each kind has a text', () => {
  const order = {
    lines: [
      line('A', '2', { unit: 'BX', price: '11.00', lineNumber: '1' }),
      line('', '1', { lineNumber: '2' }),
      line('D', '1', { lineNumber: '3', conversionFactor: '5' }),
    ],
    total: euro('1.00'),
  };
  expect(
    compareOrder(order, { lines: [line('A', '1'), line('B', '1'), line('D', '1')], total: euro('30.00') }).map(
      mismatchText,
    ),
  ).toEqual([
    'line 1, article A: unit BX in place of EA',
    'line 1, article A: quantity 2 BX in place of 1 EA',
    'line 1, article A: price 11.00 in place of 10.00',
    'line 2 has no SupplierPartID',
    'line 3, article D: price 10.00 for 1 (conversion factor 5) in place of 10.00 for 1',
    'article B is missing',
    "the order's total 1.00 in place of 82.00, the sum of its own lines",
    "the order's total 1.00 in place of 30.00, the total of the cart (both without tax and shipping)",
  ]);
});
