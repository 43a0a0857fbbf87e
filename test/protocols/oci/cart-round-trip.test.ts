import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import type { CartLine } from '../../../src/domain/cart/cart.js';
import type { OciCharset } from '../../../src/domain/access/connection.js';
import { add, compare, type Decimal, multiply, parseDecimal } from '../../../src/domain/decimal.js';
import type { NameValue } from '../../../src/domain/transmission/setup-request.js';
import { parseFlatForm } from '../../../src/protocols/form/parse-flat-form.js';
import { cartOfOciItems } from '../../../src/protocols/oci/read/cart-of-items.js';
import { checkOciCartForm } from '../../../src/protocols/oci/read/check-cart-form.js';
import { cutText } from '../../../src/protocols/oci/write/cut-text.js';
import { parseOciCart } from '../../../src/protocols/oci/read/parse-cart-form.js';
import { transliterate } from '../../../src/protocols/oci/write/transliterate.js';
import { writeOciCartFields } from '../../../src/protocols/oci/write/write-cart-form.js';
import { browserBody } from './browser-form.js';
import { cartWith, lineWith, requestWith, settingsWith } from './sample-cart.js';

const numRuns = process.env.PROOF ? 10_000 : 300;
if (process.env.PROOF) jest.setTimeout(600_000);
const CHARSETS: OciCharset[] = ['utf-8', 'iso-8859-1', 'windows-1252'];

const NAUGHTY = ['', ' ', '"><script>', "' OR 1=1", '&#128512;', '&amp;', '100%', '%41', '+', 'a=b&c=d', 'NEW_ITEM-PRICE[2]', '\0', '\x1b[31m', '\u202eabc', 'Łódź', '“x”', '\ufeff', '\ud800', '😀', 'a\r\nb\rc\nd', '__proto__', 'Ω≤≥', '日本語', 'a\u2028b', '?', '¿'];
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constantFrom(...NAUGHTY), fc.string({ maxLength: 60 }));
const key = fc.string({ unit: fc.constantFrom(...Array.from('ABCxyz019-_/. ä"&<%+')), minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== '');
const decimal = (maxWhole: number, digits: number): fc.Arbitrary<string> =>
  fc.tuple(fc.integer({ min: 1, max: maxWhole }), fc.integer({ min: 0, max: digits })).chain(([whole, scale]) => (scale === 0 ? fc.constant(String(whole)) : fc.nat(10 ** scale - 1).map((fraction) => `${whole}.${String(fraction).padStart(scale, '0')}`)));

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
      classifications: fc.constantFrom<CartLine['classifications']>([], [{ domain: 'UNSPSC', code: '12345678' }], [{ domain: 'eClass', code: '24-26-09-01' }]),
      manufacturerPartId: key,
      leadTimeDays: fc.nat(99_999),
    },
    { requiredKeys: ['kind', 'sku', 'productKey', 'quantity', 'unitPrice', 'priceBasis', 'unit', 'name', 'classifications'] },
  )
  .map((line): CartLine => lineWith(line));

const oneLine = (text: string): string => text.replace(/[\t\r\n\u2028\u2029]+/g, ' ').trim();
const characters = (text: string): number => Array.from(text).length;
const lineFeeds = (text: string): string => text.replace(/\r\n?/g, '\n');

/** How many fields a line has, counted from the cart alone (SECURITY T18). */
function fieldCount(line: CartLine, charset: OciCharset): number {
  const name = oneLine(transliterate(line.name, charset));
  const cut = characters(name) > 40;
  const longText = cut || transliterate(line.description ?? '', charset).trim() !== '';
  const code = line.classifications[0]?.code ?? '';
  return 10 + Number(longText) + Number(line.leadTimeDays !== undefined) + Number(line.manufacturerPartId !== undefined) + Number(line.kind === 'service') + (code === '' ? 0 : code.length <= 10 ? 3 : 2);
}

function sum(lines: readonly Pick<CartLine, 'quantity' | 'unitPrice' | 'priceBasis'>[]): Decimal {
  // Every basis in these carts divides 100,000.
  return lines.reduce<Decimal>((total, { quantity, unitPrice, priceBasis }) => add(total, multiply(multiply(parseDecimal(quantity), parseDecimal(unitPrice)), { units: 10n ** 10n / BigInt(priceBasis), scale: 10 })), { units: 0n, scale: 0 });
}

interface Posted {
  fields: NameValue[];
  received: NameValue[];
}

function post(lines: CartLine[], charset: OciCharset): Posted {
  const written = writeOciCartFields({ cart: cartWith(lines), request: requestWith({ okCode: 'ADDI' }), settings: settingsWith({ charset }), quoteId: 'quote-1' });
  if (!written.ok) throw new Error(written.refusal.reason);
  const form = parseFlatForm(browserBody(written.value, charset), charset);
  if (!form.ok) throw new Error(form.refusal.reason);
  return { fields: written.value, received: form.value };
}

describe('OCI cart, written, posted by a browser and read back', () => {
  it('OCI 8.1: equals the cart as its charset can say it (property)', () => {
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
          expect(read).toMatchObject({ kind: line.kind, sku: line.sku, productKey: line.productKey, unit: line.unit, name: cutText(name, 40), auxiliaryId: String(place + 1) });
          expect(read?.leadTimeDays).toBe(line.leadTimeDays);
          expect(read?.manufacturerPartId).toBe(line.manufacturerPartId);
          expect(read?.classifications).toEqual(line.classifications.map(({ domain, code }) => ({ domain: domain.toUpperCase(), code })));
          const description = transliterate(lineFeeds(line.description ?? ''), charset);
          if (description.trim() !== '') expect(read?.description).toContain(description);
          if (characters(name) > 40) expect(read?.description).toContain(name);
          expect(compare(parseDecimal(read?.quantity ?? ''), parseDecimal(line.quantity))).toBe(0);
        }
        expect(compare(sum(lines), sum(back.value.lines.map((line) => ({ ...line, unitPrice: scaled(line), priceBasis: '1' }))))).toBe(0);
      }),
      { numRuns },
    );
  });

  it('SECURITY T18: has as many fields as the formula says, each name once', () => {
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

  it('OCI 3: gives the independent checker nothing to find, and nothing that a browser would replace', () => {
    fc.assert(
      fc.property(fc.array(lineArbitrary, { maxLength: 6 }), fc.constantFrom(...CHARSETS), fc.constantFrom<0 | 1>(0, 1), (lines, charset, startIndex) => {
        const written = writeOciCartFields({ cart: cartWith(lines), request: requestWith(), settings: settingsWith({ charset, startIndex, alwaysPassThrough: true, vendor: '4711' }), quoteId: 'quote-1' });
        expect(written.ok && checkOciCartForm(written.value, { startIndex })).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('OCI 3: nor in bundles for OCI 5.0 and shipping', () => {
    const lines = [lineWith({ lineId: 'b', kind: 'bundle' }), lineWith({ lineId: 'p', parentLineId: 'b' })];
    const written = writeOciCartFields({ cart: cartWith(lines, { shipping: { amount: '4.9', description: 'Parcel' } }), request: requestWith({ version: '5.0' }), settings: settingsWith({ shippingAsLine: true }), quoteId: 'q' });
    expect(written.ok && checkOciCartForm(written.value)).toEqual([]);
  });

  it('DESIGN 5: writes 10,000 lines within a second', () => {
    const lines = Array.from({ length: 10_000 }, (_, n) => lineWith({ lineId: String(n), sku: `SKU-${n}`, description: 'Größe – groß' }));
    const start = performance.now();
    const written = writeOciCartFields({ cart: cartWith(lines), request: requestWith(), settings: settingsWith(), quoteId: 'q' });
    expect(performance.now() - start).toBeLessThan(1000);
    expect(written.ok && written.value).toHaveLength(110_000);
  });
});

/** Price for one unit, with the digits that a basis of at most 5 digits needs; exact, since bases here are 2^a x 5^b. */
function scaled({ unitPrice, priceBasis }: CartLine): string {
  const price = parseDecimal(unitPrice);
  const units = (price.units * 10n ** 10n) / BigInt(priceBasis);
  const digits = units.toString().padStart(price.scale + 11, '0');
  return `${digits.slice(0, -(price.scale + 10))}.${digits.slice(-(price.scale + 10))}`;
}
