import * as fc from 'fast-check';
import type { Cart, CartLine } from '../../../src/domain/cart/cart.js';
import { anyCharacter } from '../../fixtures/any-character.js';
import { NAUGHTY_STRINGS } from '../../fixtures/naughty-strings.js';

export const text = fc.oneof(
  fc.constantFrom(...NAUGHTY_STRINGS),
  fc.string({ unit: anyCharacter, maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
);
const filled = text.map((value) => `${value}.`);
export const decimal = (digits: number, scale: number) =>
  fc.tuple(fc.bigInt(0n, 10n ** BigInt(digits)), fc.nat(scale)).map(([units, places]) => plain(units, places));
export const currency = fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'HUF');
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const language = fc.constantFrom('de', 'de-DE', 'en-US', 'fr', 'zh-Hant-TW');
const charge = fc.record({ amount: decimal(6, 2), description: text, language: optional(language) });

export function plain(units: bigint, scale: number): string {
  const digits = units.toString().padStart(scale + 1, '0');
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

const line: fc.Arbitrary<CartLine> = fc.record({
  lineId: fc.uuid(),
  kind: fc.constant('product' as const),
  sku: filled,
  productKey: text,
  auxiliaryId: text,
  quantity: decimal(6, 3),
  unitPrice: decimal(9, 5),
  priceBasis: fc.oneof(
    { weight: 4, arbitrary: fc.constant('1') },
    { weight: 2, arbitrary: fc.constantFrom('10', '100', '1000', '2.5', '1.0') },
  ),
  conversionFactor: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: fc.constantFrom('1', '10', '0.5', '2.54', '1000') },
  ),
  priceUnit: optional(fc.constantFrom('EA', 'piece', 'KGM')),
  unit: fc.constantFrom('EA', 'piece', 'MTR', 'KGM'),
  name: filled,
  description: optional(text),
  textLanguages: optional(language.map((both) => ({ name: both, description: both }))),
  texts: optional(fc.array(fc.record({ language, name: filled, description: optional(filled) }), { maxLength: 2 })),
  classifications: fc.array(fc.record({ domain: fc.constantFrom('UNSPSC', 'eClass', 'a<b>&"c'), code: filled }), {
    maxLength: 3,
  }),
  manufacturerPartId: optional(text),
  manufacturerName: optional(text),
  url: optional(text),
  leadTimeDays: optional(fc.nat(400)),
  buyerPartId: optional(text),
  references: optional(
    fc.array(
      fc.record({ domain: fc.constantFrom('EAN-13', 'a"<b>'), identifier: fc.constantFrom('4006381333931', '<&>"') }),
      { minLength: 1, maxLength: 2 },
    ),
  ),
  tax: optional(charge),
  shipping: optional(charge),
  customFields: fc.dictionary(fc.constantFrom('costCenter', 'a&"<b', '__x', 'Größe'), text, { maxKeys: 3 }),
});

const head = {
  cartId: fc.constant('c'),
  contentMark: fc.constant('m'),
  currency,
  language,
  shipping: optional(charge),
  tax: optional(charge),
};

/** Any cart without bundles. */
export const anyCart: fc.Arbitrary<Cart> = fc.record({ ...head, lines: fc.array(line, { maxLength: 6 }) });

/**
 * Bundle structure: the id of a parent may be that of any line, of the line itself, or unknown; ids may be repeated.
 */
const place = fc.record({
  isBundle: fc.boolean(),
  pricedAt: fc.constantFrom('groupLevel' as const, 'itemLevel' as const, undefined),
  parent: optional(fc.oneof(fc.nat(7), fc.constant(99))),
  lineNumber: optional(fc.integer({ min: 1, max: 20 })),
  isFree: fc.boolean(),
});

/**
 * Any cart with bundles and the fields of a shop's own document. Article numbers are the indexes, quantities are above
 * 0.
 */
export const anyGivenCart: fc.Arbitrary<Cart> = fc
  .record({
    ...head,
    quoteStatus: optional(fc.constantFrom('pending' as const, 'final' as const)),
    operationAllowed: fc.constantFrom('create' as const, 'inspect' as const, 'edit' as const),
    lines: fc.array(fc.tuple(line, place), { maxLength: 8 }),
  })
  .map(({ lines, ...rest }) => ({
    ...rest,
    lines: lines.map(([given, { isBundle, pricedAt, parent, lineNumber, isFree }], index): CartLine => ({
      ...given,
      lineId: `l${index}`,
      kind: isBundle ? 'bundle' : 'product',
      pricedAt: isBundle ? pricedAt : undefined,
      parentLineId: parent === undefined ? undefined : `l${parent}`,
      lineNumber: lineNumber?.toString(),
      sku: `sku-${index}`,
      quantity: /[1-9]/.test(given.quantity) ? given.quantity : '1',
      unitPrice: isFree ? '0.00' : given.unitPrice,
    })),
  }));
