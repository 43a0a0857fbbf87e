import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { lineAmount } from '../../src/domain/cart/cart-total.js';
import { divide, formatDecimal, multiply, parseDecimal, round, safeUnits } from '../../src/domain/decimal.js';

const digits = (most: number) => fc.stringMatching(new RegExp(`^\\d{1,${most}}$`));
const amount = fc
  .tuple(digits(12), fc.option(digits(6), { nil: undefined }))
  .map(([whole, fraction]) => (fraction === undefined ? whole : `${whole}.${fraction}`));

it('a number of units is exact, or there is none', () => {
  fc.assert(
    fc.property(amount, fc.integer({ min: 0, max: 6 }), (text, scale) => {
      const units = safeUnits(text, scale);
      const { scale: written } = parseDecimal(text);
      if (written > scale || text.length + scale > 15) expect(units).toBeUndefined();
      else expect(BigInt(units ?? -1)).toBe(round(parseDecimal(text), scale).units);
    }),
  );
});

it.each(['', '.', '.5', '5.', '1.2.3', '-1', '+1', '1e3', ' 1', '1,5', '0x1', '1'.repeat(16)])(
  '%j has no number of units',
  (text) => {
    expect(safeUnits(text, 2)).toBeUndefined();
  },
);

it('a line amount is the product, rounded half away from zero, whichever way it is calculated', () => {
  fc.assert(
    fc.property(amount, amount, fc.constantFrom('EUR', 'JPY', 'KWD'), (quantity, unitPrice, currency) => {
      const digitsOf = { EUR: 2, JPY: 0, KWD: 3 }[currency];
      const exact = multiply(parseDecimal(quantity), parseDecimal(unitPrice));
      expect(formatDecimal(lineAmount({ quantity, unitPrice, priceBasis: '1' }, currency))).toBe(
        formatDecimal(divide(exact, parseDecimal('1'), digitsOf ?? 2)),
      );
    }),
  );
});
