import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { multiply, parseDecimal, trimZeros } from '../../../../src/domain/decimal.js';
import { readNumber } from '../../../../src/protocols/oci/read/oci-item.js';
import { writePrice, writeThreeDecimals } from '../../../../src/protocols/oci/write/write-number.js';

const numRuns = process.env.PROOF ? 10_000 : 300;

describe('OCI numbers', () => {
  it('oci.md 3: exactly three digits after the point', () => {
    for (const [text, written] of [
      ['2', '2.000'],
      ['2.5', '2.500'],
      ['2.50', '2.500'],
      ['0.125', '0.125'],
      ['0', '0.000'],
      ['007.1', '7.100'],
      ['1.10000', '1.100'],
      ['99999999999', '99999999999.000'],
      ['99999999999.999', '99999999999.999'],
      ['000000000000000001', '1.000'],
    ] as const) {
      expect(writeThreeDecimals(text)).toBe(written);
    }
  });

  it('oci.md 8.3, T53: never rounds, never writes a sign, an exponent or 12 digits', () => {
    for (const text of [
      '0.0001',
      '1.0005',
      '-1',
      '100000000000',
      '99999999999.9991',
      'abc',
      '',
      '1e3',
      '0x10',
      '1,5',
      '.5',
      '5.',
      ' 1',
      '1.2.3',
    ])
      expect(writeThreeDecimals(text)).toBeUndefined();
  });

  it('oci.md 8.3: prices with more than three decimals are scaled by PRICEUNIT', () => {
    for (const [unitPrice, basis, price, priceUnit] of [
      ['0.0125', '1', '12.500', '1000'],
      ['499.99', '1', '499.990', '1'],
      ['10.000', '100', '10.000', '100'],
      ['0.50', '5', '0.500', '5'],
      ['0.0125', '100', '1.250', '10000'],
      ['0.0000125', '1', '0.125', '10000'],
      ['12345678901.2345', '1', '24691357802.469', '2'],
      ['99999999999.9995', '1', undefined, undefined],
      ['1234567890.1234', '1', '12345678901.234', '10'],
      ['10', '100000', '1.000', '10000'],
      ['1', '0.5', '1000.000', '500'],
      ['0.01', '3', '0.010', '3'],
      ['0', '1', '0.000', '1'],
      ['0', '1000000', '0.000', '10000'],
      ['0.00000032', '1', '0.001', '3125'],
      ['0.123456789', '1', undefined, undefined],
      ['-1', '1', undefined, undefined],
      ['1', '0', undefined, undefined],
      ['1', '-1', undefined, undefined],
      ['abc', '1', undefined, undefined],
      ['99999999999.999', '1', '99999999999.999', '1'],
      ['100000000000', '1', undefined, undefined],
      ['100000000000', '10', '10000000000.000', '1'],
    ] as const) {
      expect([unitPrice, basis, writePrice(unitPrice, basis)]).toEqual([
        unitPrice,
        basis,
        price === undefined ? undefined : { price, priceUnit },
      ]);
    }
  });

  it('T53: PRICE / PRICEUNIT is the exact price; refused only if no 5-digit unit can express it (property)', () => {
    const digits = fc
      .tuple(fc.nat(999_999), fc.integer({ min: 0, max: 9 }))
      .map(([units, scale]) =>
        scale === 0
          ? String(units)
          : `${Math.trunc(units / 10 ** scale)}.${String(units % 10 ** scale).padStart(scale, '0')}`,
      );
    fc.assert(
      fc.property(digits, fc.constantFrom('1', '2', '10', '12', '100', '1000', '0.5', '250000'), (unitPrice, basis) => {
        const written = writePrice(unitPrice, basis);
        if (written === undefined) {
          for (const unit of [1, 10, 100, 1000, 3125, 10_000, 62_500, 99_999])
            expect(isWholeThousandths(unitPrice, basis, unit)).toBe(false);
          return;
        }
        expect(written.price).toMatch(/^\d{1,11}\.\d{3}$/);
        expect(written.priceUnit).toMatch(/^[1-9]\d{0,4}$/);
        const ours = trimZeros(multiply(parseDecimal(written.price), parseDecimal(basis)));
        const theirs = trimZeros(multiply(parseDecimal(unitPrice), parseDecimal(written.priceUnit)));
        expect(ours).toEqual(theirs);
      }),
      { numRuns },
    );
  });

  it('oci.md 5: reads numbers as shops write them', () => {
    for (const [text, number] of [
      [' 780,12', '780.12'],
      ['100 ', '100'],
      ['\t12\n', '12'],
      ['00000001730.900', '1730.900'],
      ['0', '0'],
      ['000', '0'],
      ['.5', '0.5'],
      ['5.', '5'],
      ['1,234', '1.234'],
      ['0000000000000012', '12'],
      ['\u00a01', '1'],
    ] as const)
      expect(readNumber(text)).toBe(number);
    for (const text of [
      '',
      ' ',
      '.',
      ',',
      '-1',
      '+1',
      '1e3',
      '0x10',
      'abc',
      '1.234,50',
      '1,234.50',
      '1 000',
      '1.2.3',
      '123456789012',
      '1.12345678901',
      '١',
    ])
      expect(readNumber(text)).toBeUndefined();
  });
});

/**
 * Whether price x unit / basis is a whole number of thousandths with at most 14 digits, computed independently of the
 * writer.
 */
function isWholeThousandths(unitPrice: string, basis: string, unit: number): boolean {
  const price = parseDecimal(unitPrice);
  const per = parseDecimal(basis);
  const numerator = price.units * BigInt(unit) * 1000n * 10n ** BigInt(per.scale);
  const denominator = per.units * 10n ** BigInt(price.scale);
  return numerator % denominator === 0n && numerator / denominator < 10n ** 14n;
}
