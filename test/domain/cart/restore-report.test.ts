import { describe, expect, it } from '@jest/globals';
import type { CartLine } from '../../../src/domain/cart/cart.js';
import { differencesOf, lineOf, restoreReport } from '../../../src/domain/cart/restore-report.js';
import type { RequestedItem } from '../../../src/domain/transmission/setup-request.js';
import type { PromotionRule } from '../../../src/domain/mapping/mapping.js';

function line(sku: string, unitPrice: string, priceBasis = '1'): CartLine {
  return {
    lineId: sku,
    kind: 'product',
    sku,
    productKey: sku,
    auxiliaryId: `aux-${sku}`,
    quantity: '2',
    unitPrice,
    priceBasis,
    unit: 'EA',
    name: sku,
    classifications: [],
    customFields: {},
  };
}

const item = (claim?: Partial<NonNullable<RequestedItem['claimedUnitPrice']>>): RequestedItem => ({
  supplierPartId: 'A',
  quantity: '2',
  ...(claim === undefined ? {} : { claimedUnitPrice: { amount: '1', currency: 'EUR', ...claim } }),
});
const only = (asked: RequestedItem, cartLine: CartLine, currency = 'EUR') =>
  restoreReport([asked], [{ got: '2' }], { lines: [cartLine], currency })[0];

describe('restoreReport (architecture.md decision 6)', () => {
  it.each([
    ['unknown_product', 'gone'],
    ['unknown_line', 'gone'],
    ['sold_out', 'sold_out'],
    ['quantity_invalid', 'invalid'],
  ] as const)('what the store calls %s is %s, and has no price', (fault, difference) => {
    expect(
      restoreReport([item({ amount: '9' })], [{ got: '0', fault }], { lines: [line('A', '1.00')], currency: 'EUR' }),
    ).toEqual([{ supplierPartId: 'A', requested: '2', got: '0', difference }]);
  });

  it('reports a changed quantity together with the changed price', () => {
    expect(
      restoreReport([item({ amount: '9.50' })], [{ got: '10', fault: 'quantity_changed' }], {
        lines: [line('A', '1.00')],
        currency: 'EUR',
      }),
    ).toEqual([
      {
        supplierPartId: 'A',
        requested: '2',
        got: '10',
        difference: 'quantity_changed',
        price: { claimed: '9.50', now: '1.00', currency: 'EUR' },
      },
    ]);
  });

  it.each([
    ['1.00', undefined, '1.0', '1'],
    ['0.1', undefined, '10.00', '100'],
    ['10', '100', '10.00', '100'],
    ['0.3333', undefined, '1.00', '3'],
    ['0.33', undefined, '1.00', '3'],
  ])('cxml.md 7.7: claimed %s per %s is %s per %s', (amount, basis, unitPrice, priceBasis) => {
    expect(only(item({ amount, ...(basis === undefined ? {} : { basis }) }), line('A', unitPrice, priceBasis))).toEqual(
      { supplierPartId: 'A', requested: '2', got: '2' },
    );
  });

  it.each([
    ['10', undefined, '10.00', '100', { claimed: '10.00', now: '0.10' }],
    ['1', undefined, '1.20', '1', { claimed: '1.00', now: '1.20' }],
    ['0.34', undefined, '1.00', '3', { claimed: '0.34', now: '0.333333' }],
    ['499.99', undefined, '500', '1', { claimed: '499.99', now: '500.00' }],
  ])('claimed %s per %s is not %s per %s', (amount, basis, unitPrice, priceBasis, price) => {
    expect(only(item({ amount, ...(basis === undefined ? {} : { basis }) }), line('A', unitPrice, priceBasis))).toEqual(
      {
        supplierPartId: 'A',
        requested: '2',
        got: '2',
        difference: 'price_changed',
        price: { ...price, currency: 'EUR' },
      },
    );
  });

  it('compares nothing without a claim, in another currency or with an invalid basis', () => {
    for (const asked of [item(), item({ currency: 'USD' }), item({ basis: '0' })])
      expect(only(asked, line('A', '7.00'))).not.toHaveProperty('difference');
    expect(only(item({ amount: '5', currency: 'eur' }), line('A', '7.00'))).toHaveProperty(
      'difference',
      'price_changed',
    );
  });

  it('cxml.md 6.2: finds a line by our own cookie on it, before its article number', () => {
    const lines = [line('A', '1'), line('B', '2')];
    expect(lineOf(lines, { supplierPartId: 'A', auxiliaryId: 'aux-B' })?.sku).toBe('B');
    expect(lineOf(lines, { supplierPartId: 'A', auxiliaryId: 'strange' })?.sku).toBe('A');
    expect(lineOf(lines, { supplierPartId: 'C' })).toBeUndefined();
  });

  describe('differences are named', () => {
    const named = (description: string | undefined, cartLine: CartLine | undefined, supplierPartId = 'A') =>
      restoreReport(
        [{ supplierPartId, quantity: '2', description }],
        [cartLine === undefined ? { got: '0', fault: 'unknown_product' } : { got: '1', fault: 'quantity_changed' }],
        { lines: cartLine === undefined ? [] : [cartLine], currency: 'EUR' },
      )[0];

    it.each<[string, string | undefined, CartLine | undefined, string | undefined]>([
      ['of the shop', 'Old name', { ...line('A', '1.00'), name: 'Blue pen' }, 'Blue pen'],
      ['of the document, where the shop has it no longer', 'Blue pen', undefined, 'Blue pen'],
      ['the first line of it', ' Blue pen\r\nWrites blue.', undefined, 'Blue pen'],
      ['not more than that', '\u{1f58a}'.repeat(101), undefined, `${'\u{1f58a}'.repeat(100)}\u2026`],
      ['none', undefined, undefined, undefined],
      ['none that is empty', ' \n ', undefined, undefined],
      ['none that is the number', 'A', undefined, undefined],
    ])('%s', (_, description, cartLine, name) => {
      expect(named(description, cartLine)?.name).toBe(name);
    });

    it('an item without a number is called by its text alone', () => {
      expect(named('Blue pen', undefined, '')).toMatchObject({ supplierPartId: 'Blue pen' });
      expect(named('Blue pen', undefined, '')?.name).toBeUndefined();
    });
  });

  it('reports only differences', () => {
    expect(differencesOf(undefined)).toEqual([]);
    expect(
      differencesOf([
        { supplierPartId: 'A', requested: '1', got: '1' },
        { supplierPartId: 'B', requested: '1', got: '0', difference: 'gone' },
      ]),
    ).toEqual([{ supplierPartId: 'B', requested: '1', got: '0', difference: 'gone' }]);
  });

  describe('claims with a discount in them (mapping.promotions: spread)', () => {
    const discount = (amount: string): CartLine => ({
      ...line('TEN', `-${amount}`),
      kind: 'promotion',
      quantity: '1',
      discountCode: 'TEN',
    });
    const asked = (...claims: [sku: string, price: string][]): RequestedItem[] =>
      claims.map(([supplierPartId, amount]) => ({
        supplierPartId,
        quantity: '2',
        claimedUnitPrice: { amount, currency: 'EUR' },
      }));
    const told = (
      claims: [string, string][],
      lines: CartLine[],
      usual: PromotionRule = 'spread',
    ): (object | undefined)[] =>
      restoreReport(
        asked(...claims),
        claims.map(() => ({ got: '2' })),
        { lines, currency: 'EUR' },
        usual,
      ).map(({ price }) => price);

    it.each(['spread', 'negative_line'] as const)(
      '%s: unchanged where the shop gives the same discount, in the price or on a line',
      (usual) => {
        const lines = [line('A', '10.00'), line('B', '3.33'), discount('2.67')];
        expect(
          told(
            [
              ['A', '9.00'],
              ['B', '2.995'],
            ],
            lines,
            usual,
          ),
        ).toEqual([undefined, undefined]);
        expect(
          told(
            [
              ['A', '10.00'],
              ['B', '3.33'],
            ],
            lines,
            usual,
          ),
        ).toEqual([undefined, undefined]);
      },
    );

    it('without the discount all have changed', () => {
      expect(told([['A', '9.00']], [line('A', '10.00')])).toEqual([{ claimed: '9.00', now: '10.00', currency: 'EUR' }]);
    });

    it('other changes are reported with the discount in the price where that is usual, else without it', () => {
      const lines = [line('A', '10.00'), discount('4.00')];
      expect(told([['A', '9.00']], lines)).toEqual([{ claimed: '9.00', now: '8.00', currency: 'EUR' }]);
      expect(told([['A', '9.00']], lines, 'negative_line')).toEqual([
        { claimed: '9.00', now: '10.00', currency: 'EUR' },
      ]);
    });

    it('the same price in another notation is unchanged', () => {
      const per7 = { ...line('A', '10.00', '7'), quantity: '14' };
      expect(told([['A', '1.37']], [per7, discount('1.00')])).toEqual([
        { claimed: '1.37', now: '1.357143', currency: 'EUR' },
      ]);
      expect(told([['A', '1.357']], [per7, discount('1.00')])).toEqual([undefined]);
    });
  });
});
