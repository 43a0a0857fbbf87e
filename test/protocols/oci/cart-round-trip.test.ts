import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import type { CartLine } from '../../../src/domain/cart/cart.js';
import type { NotCarried } from '../../../src/domain/transmission/transfer-payload.js';
import type { OciCharset } from '../../../src/domain/access/connection.js';
import { add, compare, type Decimal, multiply, parseDecimal } from '../../../src/domain/decimal.js';
import type { NameValue } from '../../../src/domain/transmission/setup-request.js';
import { parseFlatForm } from '../../../src/protocols/form/parse-flat-form.js';
import { cartOfOciItems } from '../../../src/protocols/oci/read/cart-of-items.js';
import { checkOciCartForm } from '../../../src/protocols/oci/read/check-cart-form.js';
import { cutText } from '../../../src/protocols/oci/write/cut-text.js';
import { type OciItem, OCI_TEXT_FIELDS } from '../../../src/protocols/oci/read/oci-item.js';
import { parseOciCart } from '../../../src/protocols/oci/read/parse-cart-form.js';
import { transliterate } from '../../../src/protocols/oci/write/transliterate.js';
import { writeOciCartFields } from '../../../src/protocols/oci/write/write-cart-form.js';
import { browserBody } from './browser-form.js';
import { cartWith, lineWith, requestWith, settingsWith } from './sample-cart.js';
import { expectProportional } from '../../support/growth.js';
import { anyCharacter } from '../../fixtures/any-character.js';

const numRuns = process.env.PROOF ? 10_000 : 300;
if (process.env.PROOF) jest.setTimeout(600_000);
const CHARSETS: OciCharset[] = ['utf-8', 'iso-8859-1', 'windows-1252'];

const NAUGHTY = [
  '',
  ' ',
  '"><script>',
  "' OR 1=1",
  '&#128512;',
  '&amp;',
  '100%',
  '%41',
  '+',
  'a=b&c=d',
  'NEW_ITEM-PRICE[2]',
  '\0',
  '\x1b[31m',
  '\u202eabc',
  'Łódź',
  '“x”',
  '\ufeff',
  '\ud800',
  '😀',
  'a\r\nb\rc\nd',
  '__proto__',
  'Ω≤≥',
  '日本語',
  'a\u2028b',
  '?',
  '¿',
];
const anyText = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(...NAUGHTY),
  fc.string({ maxLength: 60 }),
);
const key = fc
  .string({ unit: fc.constantFrom(...Array.from('ABCxyz019-_/. ä"&<%+')), minLength: 1, maxLength: 40 })
  .filter((text) => text.trim() !== '');
const decimal = (maxWhole: number, digits: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: 1, max: maxWhole }), fc.integer({ min: 0, max: digits }))
    .chain(([whole, scale]) =>
      scale === 0
        ? fc.constant(String(whole))
        : fc.nat(10 ** scale - 1).map((fraction) => `${whole}.${String(fraction).padStart(scale, '0')}`),
    );

const lineArbitrary: fc.Arbitrary<CartLine> = fc
  .record(
    {
      kind: fc.constantFrom('product', 'service'),
      sku: key,
      productKey: key,
      quantity: decimal(99_999, 3),
      unitPrice: fc.oneof(decimal(99_999, 3), decimal(999, 5)),
      priceBasis: fc.constantFrom('1', '1', '1', '10', '5'),
      unit: fc.constantFrom('EA', 'C62', 'MTR'),
      name: anyText,
      description: anyText,
      classifications: fc.constantFrom<CartLine['classifications']>(
        [],
        [{ domain: 'UNSPSC', code: '12345678' }],
        [{ domain: 'eClass', code: '24-26-09-01' }],
      ),
      manufacturerPartId: key,
      leadTimeDays: fc.nat(99_999),
    },
    {
      requiredKeys: [
        'kind',
        'sku',
        'productKey',
        'quantity',
        'unitPrice',
        'priceBasis',
        'unit',
        'name',
        'classifications',
      ],
    },
  )
  .map((line): CartLine => lineWith(line));

const oneLine = (text: string): string => text.replace(/[\t\r\n\u2028\u2029]+/g, ' ').trim();
const characters = (text: string): number => Array.from(text).length;
const lineFeeds = (text: string): string => text.replace(/\r\n?/g, '\n');

/** Number of fields of a line, computed only from the cart (T18). */
function fieldCount(line: CartLine, charset: OciCharset): number {
  const name = oneLine(transliterate(line.name, charset));
  const cut = characters(name) > 40;
  const longText = cut || transliterate(line.description ?? '', charset).trim() !== '';
  const code = line.classifications[0]?.code ?? '';
  return (
    10 +
    Number(longText) +
    Number(line.leadTimeDays !== undefined) +
    Number(line.manufacturerPartId !== undefined) +
    Number(line.kind === 'service') +
    (code === '' ? 0 : code.length <= 10 ? 3 : 2)
  );
}

function sum(lines: readonly Pick<CartLine, 'quantity' | 'unitPrice' | 'priceBasis'>[]): Decimal {
  // Every basis in these carts divides 100,000.
  return lines.reduce<Decimal>(
    (total, { quantity, unitPrice, priceBasis }) =>
      add(
        total,
        multiply(multiply(parseDecimal(quantity), parseDecimal(unitPrice)), {
          units: 10n ** 10n / BigInt(priceBasis),
          scale: 10,
        }),
      ),
    { units: 0n, scale: 0 },
  );
}

interface Posted {
  fields: NameValue[];
  received: NameValue[];
}

function post(lines: CartLine[], charset: OciCharset): Posted {
  const written = writeOciCartFields({
    cart: cartWith(lines),
    request: requestWith({ okCode: 'ADDI' }),
    settings: settingsWith({ charset }),
    quoteId: 'quote-1',
  });
  if (!written.ok) throw new Error(written.refusal.reason);
  const form = parseFlatForm(browserBody(written.value, charset), charset);
  if (!form.ok) throw new Error(form.refusal.reason);
  return { fields: written.value, received: form.value };
}

describe('OCI cart, written, posted by a browser and read back', () => {
  it('oci.md 8.1: equals the cart in the characters of its charset (property)', () => {
    fc.assert(
      fc.property(fc.array(lineArbitrary, { maxLength: 6 }), fc.constantFrom(...CHARSETS), (lines, charset) => {
        const { received } = post(lines, charset);
        const cart = parseOciCart(received);
        if (!cart.ok) throw new Error(cart.refusal.reason);
        expect(cart.value.passThrough).toEqual([{ name: '~OkCode', value: 'ADDI' }]);
        const back = cartOfOciItems(cart.value.items);
        if (!back.ok) throw new Error(back.refusal.reason);
        expect(back.value.lines).toHaveLength(lines.length);
        for (const [place, line] of lines.entries()) {
          const read = back.value.lines[place];
          const name = oneLine(transliterate(line.name, charset)) || line.sku;
          expect(read).toMatchObject({
            kind: line.kind,
            sku: line.sku,
            productKey: line.productKey,
            unit: line.unit,
            name: cutText(name, 40),
            auxiliaryId: String(place + 1),
          });
          expect(read?.leadTimeDays).toBe(line.leadTimeDays);
          expect(read?.manufacturerPartId).toBe(line.manufacturerPartId);
          expect(read?.classifications).toEqual(
            line.classifications.map(({ domain, code }) => ({ domain: domain.toUpperCase(), code })),
          );
          const description = transliterate(lineFeeds(line.description ?? ''), charset);
          if (description.trim() !== '') expect(read?.description).toContain(description);
          if (characters(name) > 40) expect(read?.description).toContain(name);
          expect(compare(parseDecimal(read?.quantity ?? ''), parseDecimal(line.quantity))).toBe(0);
        }
        expect(
          compare(
            sum(lines),
            sum(back.value.lines.map((line) => ({ ...line, unitPrice: scaled(line), priceBasis: '1' }))),
          ),
        ).toBe(0);
      }),
      { numRuns },
    );
  });

  it('T18: has the number of fields of the formula, each name once', () => {
    fc.assert(
      fc.property(fc.array(lineArbitrary, { maxLength: 6 }), fc.constantFrom(...CHARSETS), (lines, charset) => {
        const { fields, received } = post(lines, charset);
        expect(fields).toHaveLength(1 + lines.reduce((count, line) => count + fieldCount(line, charset), 0));
        expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
        expect(received.map(({ name }) => name)).toEqual(fields.map(({ name }) => name));
        expect(received.map(({ value }) => lineFeeds(value))).toEqual(fields.map(({ value }) => lineFeeds(value)));
      }),
      { numRuns },
    );
  });

  it('oci.md 3: has no findings in the independent checker, and no characters that a browser would replace', () => {
    fc.assert(
      fc.property(
        fc.array(lineArbitrary, { maxLength: 6 }),
        fc.constantFrom(...CHARSETS),
        fc.constantFrom<0 | 1>(0, 1),
        (lines, charset, startIndex) => {
          const written = writeOciCartFields({
            cart: cartWith(lines),
            request: requestWith(),
            settings: settingsWith({ charset, startIndex, alwaysPassThrough: true, vendor: '4711' }),
            quoteId: 'quote-1',
          });
          expect(written.ok && checkOciCartForm(written.value, { startIndex })).toEqual([]);
        },
      ),
      { numRuns },
    );
  });

  it('oci.md 3: no findings in bundles for OCI 5.0 and shipping either', () => {
    const lines = [lineWith({ lineId: 'b', kind: 'bundle' }), lineWith({ lineId: 'p', parentLineId: 'b' })];
    const written = writeOciCartFields({
      cart: cartWith(lines, { shipping: { amount: '4.9', description: 'Parcel' } }),
      request: requestWith({ version: '5.0' }),
      settings: settingsWith({ shippingAsLine: true }),
      quoteId: 'q',
    });
    expect(written.ok && checkOciCartForm(written.value)).toEqual([]);
  });

  it('architecture.md section 5: writes 10,000 lines in proportion to their number', () => {
    expectProportional(10_000, (length) => {
      const lines = Array.from({ length }, (_, n) =>
        lineWith({ lineId: String(n), sku: `SKU-${n}`, description: 'Größe – groß' }),
      );
      const written = writeOciCartFields({
        cart: cartWith(lines),
        request: requestWith(),
        settings: settingsWith(),
        quoteId: 'q',
      });
      expect(written.ok && written.value.length).toBe(11 * length);
    });
  });
});

const LONGTEXT_SPELLINGS = [
  'LONGTEXT_#',
  'LONGTEXT_#[]',
  'LONGTEXT_#:132',
  'LONGTEXT_#:132[]',
  'LONGTEXT_#:132[#]',
  'LONGTEXT_#:132[][#]',
  'LONGTEXT[#]',
  'LONGTEXT[#]:132',
  'LONGTEXT[#]:132[]',
  'LONGTEXT:132[#]',
  'LONGTEXT#',
  'LONGTEXT#:132[]',
  'longtext_#%3A132%5B%5D',
];
const VENDOR_FIELDS = ['GTIN'];
const shortText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
/** Values of every field, some of them against oci.md 3. */
const shopFields = fc.record(
  {
    VENDORMAT: key,
    DESCRIPTION: anyText,
    MATNR: fc.oneof(key, fc.string({ minLength: 38, maxLength: 43 })),
    UNIT: fc.constantFrom('EA', ' PCE '),
    PRICEUNIT: fc.constantFrom('1', '100', '5.0'),
    LEADTIME: fc.constantFrom('5', '0', '7.0', '2-3 days', '100000', '1,5'),
    VENDOR: shortText,
    MANUFACTCODE: shortText,
    MANUFACTMAT: fc.oneof(key, fc.string({ minLength: 38, maxLength: 43 })),
    MANUFACTURER: anyText,
    MATGROUP: fc.constantFrom('12345678', 'NUTS', 'a material group'),
    SERVICE: fc.constantFrom('X', 'x', 'Service'),
    CONTRACT: shortText,
    CONTRACT_ITEM: fc.constantFrom('10', '123456'),
    EXT_QUOTE_ID: fc.constantFrom('quote-1', 'Q-77'),
    EXT_QUOTE_ITEM: fc.constantFrom('1', '77'),
    EXT_PRODUCT_ID: fc.oneof(key, fc.string({ minLength: 38, maxLength: 43 })),
    ATTACHMENT: fc.constantFrom('https://shop.example.com/a.pdf', 'a.pdf'),
    ATTACHMENT_TITLE: fc.oneof(anyText, fc.constant('t'.repeat(256))),
    ATTACHMENT_PURPOSE: fc.constantFrom('C', 'D'),
    EXT_SCHEMA_TYPE: fc.constantFrom('UNSPSC', 'ECLASS', 'A LONG SCHEMA NAME'),
    EXT_CATEGORY_ID: fc.constantFrom('24-26-09-01', 'Ł-1', 'x'.repeat(61)),
    EXT_CATEGORY: anyText,
    SLD_SYS_NAME: anyText,
    CUST_FIELD1: shortText,
    CUST_FIELD2: shortText,
    CUST_FIELD3: shortText,
    CUST_FIELD4: anyText,
    CUST_FIELD5: anyText,
    GTIN: fc.constantFrom('4006381333931'),
    NO_FIELD: anyText,
  },
  { requiredKeys: [] },
);
const shopItem = fc.record({
  fields: shopFields,
  quantity: decimal(99_999, 3),
  price: decimal(99_999, 3),
  comma: fc.boolean(),
  lower: fc.boolean(),
  longTexts: fc.array(fc.tuple(fc.constantFrom(...LONGTEXT_SPELLINGS), anyText), { maxLength: 2 }),
});
type ShopItem = typeof shopItem extends fc.Arbitrary<infer Item> ? Item : never;

/** The form that a shop posts, with gaps in the indexes. Without NUL, because a form with one is refused as a whole. */
function shopForm(items: readonly ShopItem[]): NameValue[] {
  return items.flatMap(({ fields, quantity, price, comma, lower, longTexts }, place) => {
    const index = place * 2 + 1;
    const pairs: [string, string | undefined][] = [
      ...Object.entries({ MANUFACTMAT: 'M-1', ...fields }),
      ['QUANTITY', ` ${quantity} `],
      ['PRICE', comma ? price.replace('.', ',') : price],
      ['CURRENCY', 'EUR'],
    ];
    return [
      ...pairs.map(([field, value = '']): NameValue => ({
        name: `NEW_ITEM-${lower ? field.toLowerCase() : field}[${index}]`,
        value,
      })),
      ...longTexts.map(([spelling, value]) => ({ name: `NEW_ITEM-${spelling.replaceAll('#', String(index))}`, value })),
    ].map(({ name, value }) => ({ name, value: value.replaceAll('\0', '') }));
  });
}

function itemsOf(fields: readonly NameValue[]): OciItem[] {
  const cart = parseOciCart(fields);
  if (!cart.ok) throw new Error(cart.refusal.reason);
  return cart.value.items;
}

describe("a shop's own OCI cart, read, written and read again", () => {
  it('oci.md 3: every field is equal or listed in notCarried, and no carried field is listed (property)', () => {
    fc.assert(
      fc.property(
        fc.array(shopItem, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...CHARSETS),
        (items, charset) => {
          const given = itemsOf(shopForm(items));
          const cart = cartOfOciItems(given);
          if (!cart.ok) throw new Error(cart.refusal.reason);
          fc.pre(
            cart.value.lines.every(
              ({ sku, productKey }) =>
                productKey === '' ||
                (characters(sku) <= 40 && transliterate(sku, charset) === sku && !/[\t\r\n]/.test(sku)),
            ),
          );
          const notCarried: NotCarried[] = [];
          const settings = settingsWith({ charset }, { mapping: { ociVendorFields: VENDOR_FIELDS } });
          const written = writeOciCartFields({
            cart: cartWith(cart.value.lines),
            request: requestWith(),
            settings,
            quoteId: 'quote-1',
            notCarried,
          });
          if (!written.ok) throw new Error(written.refusal.reason);
          const form = parseFlatForm(browserBody(written.value, charset), charset);
          const received = itemsOf(form.ok ? form.value : []);
          expect(received).toHaveLength(given.length);
          for (const [place, before] of given.entries()) {
            const after = received[place];
            if (after === undefined) throw new Error('a line is missing');
            const isNamed = (field: string): boolean =>
              notCarried.some((loss) => loss.line === place + 1 && loss.field === field);
            for (const [field, read] of readersOf(before, after)) {
              const [was, is] = [read(before), read(after)].map((text) => oneLine(transliterate(text ?? '', charset)));
              if (was === '') continue;
              if (field === 'DESCRIPTION')
                expect(
                  is === cutText(was ?? '', 40) &&
                    (is === was || oneLine(transliterate(after.longText ?? '', charset)).includes(was ?? '')),
                ).toBe(true);
              else if (field === 'LONGTEXT') expect(is).toContain(was);
              else expect([field, isNamed(field), is]).toEqual([field, is !== was, isNamed(field) ? is : was]);
            }
            expect(compare(sum([lineOfItem(before)]), sum([lineOfItem(after)]))).toBe(0);
          }
        },
      ),
      { numRuns },
    );
  });
});

/** Reads each field of the shop before and after the round trip. */
function readersOf(before: OciItem, after: OciItem): [field: string, read: (item: OciItem) => string | undefined][] {
  const texts = Array.from(OCI_TEXT_FIELDS, ([field, property]): [string, (item: OciItem) => string | undefined] => [
    field,
    (item) => item[property],
  ]);
  const unknown = [...before.unknown, ...after.unknown].map(
    ({ name }): [string, (item: OciItem) => string | undefined] => [
      name,
      (item) => item.unknown.find((pair) => pair.name === name)?.value,
    ],
  );
  return [
    ...texts,
    ['LONGTEXT', (item) => item.longText],
    [
      'LEADTIME',
      (item) => item.leadTimeDays?.toString() ?? item.unknown.find(({ name }) => name === 'LEADTIME')?.value,
    ],
    ['SERVICE', (item) => (item.service ? 'X' : undefined)],
    ...unknown.filter(([name]) => name !== 'LEADTIME'),
  ];
}

function lineOfItem({
  quantity = '',
  price = '',
  priceUnit,
}: OciItem): Pick<CartLine, 'quantity' | 'unitPrice' | 'priceBasis'> {
  return { quantity, unitPrice: price, priceBasis: priceUnit };
}

/**
 * Price of one unit, with the digits that a basis of at most 5 digits needs; exact, because bases here are 2^a x 5^b.
 */
function scaled({ unitPrice, priceBasis }: CartLine): string {
  const price = parseDecimal(unitPrice);
  const units = (price.units * 10n ** 10n) / BigInt(priceBasis);
  const digits = units.toString().padStart(price.scale + 11, '0');
  return `${digits.slice(0, -(price.scale + 10))}.${digits.slice(-(price.scale + 10))}`;
}
