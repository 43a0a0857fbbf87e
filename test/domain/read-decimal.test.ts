import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isDecimalText, readDecimal } from '../../src/domain/decimal.js';

const COMMAS = ['groups', 'decimal', 'none'] as const;

describe('readDecimal', () => {
  it.each([
    ['12', '12'],
    ['12.50', '12.50'],
    ['0', '0'],
    [' 7\n', '7'],
    ['\u00a07\ufeff', '7'],
    ['+5', '5'],
    ['-5', '-5'],
    ['.5', '0.5'],
    ['-.5', '-0.5'],
    ['5.', '5'],
    ['-0', '0'],
    ['-0.00', '0.00'],
    ['007', '7'],
    ['00.10', '0.10'],
    ['9'.repeat(30), '9'.repeat(30)],
    [`0.${'1'.repeat(30)}`, `0.${'1'.repeat(30)}`],
    [`00${'9'.repeat(30)}`, '9'.repeat(30)],
  ])('reads %j as %s under every comma rule', (text, number) => {
    for (const comma of COMMAS) expect(readDecimal(text, { comma })).toBe(number);
  });

  it.each([
    '',
    ' ',
    '.',
    '-',
    '+',
    '+-5',
    '--5',
    '- 5',
    '1 234',
    '1\u00a0234',
    "1'234",
    '1’234',
    '1_000',
    '１２',
    '١٢',
    '1e3',
    '1E3',
    '0x10',
    'NaN',
    'Infinity',
    '1.2.3',
    '1..2',
    '5-',
    '(5)',
    '5 EUR',
    '€5',
    '5%',
    '12;50',
    '9'.repeat(31),
    `0.${'1'.repeat(31)}`,
    '0'.repeat(101),
  ])('refuses %j under every comma rule', (text) => {
    for (const comma of COMMAS) expect(readDecimal(text, { comma })).toBeUndefined();
  });

  it.each([
    // [text, groups, decimal]
    ['1,5', undefined, '1.5'],
    ['12,50', undefined, '12.50'],
    ['1,234', '1234', '1.234'],
    ['12,345', '12345', '12.345'],
    ['1,234.5', '1234.5', undefined],
    ['1,234,567.5', '1234567.5', undefined],
    ['1,234,567', '1234567', undefined],
    ['-1,234', '-1234', '-1.234'],
    ['+1,234.', '1234', undefined],
    ['0,500', undefined, '0.500'],
    ['000,500', undefined, '0.500'],
    ['1234,567', undefined, '1234.567'],
    ['1,23,456', undefined, undefined],
    ['12,345,6', undefined, undefined],
    ['1,2345', undefined, '1.2345'],
    ['1.250,00', undefined, undefined],
    ['2.000,00', undefined, undefined],
    ['1.234.567,5', undefined, undefined],
    ['1.5,000', undefined, undefined],
    [',5', undefined, '0.5'],
    ['5,', undefined, '5'],
    [',', undefined, undefined],
    ['1,,234', undefined, undefined],
    [',234', undefined, '0.234'],
    ['1,234,', undefined, undefined],
    ['1, 234', undefined, undefined],
  ])('%j is %s where commas separate groups, and %s where the comma is the decimal sign', (text, groups, decimal) => {
    expect(readDecimal(text, { comma: 'groups' })).toBe(groups);
    expect(readDecimal(text, { comma: 'decimal' })).toBe(decimal);
    expect(readDecimal(text)).toBeUndefined();
  });

  it.each([
    ['1e3', '1000'],
    ['1.5e-7', '0.00000015'],
    ['-2.50E+1', '-25.0'],
    ['1e-30', `0.${'0'.repeat(29)}1`],
    ['0e5', '0'],
    ['1e31', undefined],
    ['1e-31', undefined],
    ['1e999', undefined],
    ['1e', undefined],
    ['e5', undefined],
  ])('reads the exponent of %s where programs write numbers', (text, number) => {
    expect(readDecimal(text, { exponent: true })).toBe(number);
  });

  it('returns decimal text or nothing, and reads its own result unchanged (property)', () => {
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom(...Array.from('0123456789.,+- eE')), maxLength: 20 }),
      fc.string(),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...COMMAS), fc.boolean(), (written, comma, exponent) => {
        const number = readDecimal(written, { comma, exponent });
        if (number === undefined) return;
        expect(isDecimalText(number)).toBe(true);
        expect(readDecimal(number, { comma })).toBe(number);
      }),
    );
  });
});
