import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Cart, CartLine } from '../../../src/domain/cart/cart.js';
import type { CxmlVersion } from '../../../src/domain/access/connection.js';
import { checkCxmlDocument } from '../../../src/protocols/cxml/check/check-document.js';
import type { CxmlOrderLine, CxmlOrderMessage } from '../../../src/protocols/cxml/cxml-document.js';
import { TRANSFER_LIMITS } from '../../../src/protocols/cxml/cxml-limits.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';
import { writePunchOutOrderMessage } from '../../../src/protocols/cxml/write/write-order-message.js';
import { NAUGHTY_STRINGS } from '../../fixtures/naughty-strings.js';
import { cartLine, orderMessageInput } from './sample-cart.js';
import { describeWithShared, officialVerdict, RUNS } from './shared-material.js';

const text = fc.oneof(fc.constantFrom(...NAUGHTY_STRINGS), fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ maxLength: 60 }));
const filled = text.map((value) => `${value}.`);
const decimal = (digits: number, scale: number) => fc.tuple(fc.bigInt(0n, 10n ** BigInt(digits)), fc.nat(scale)).map(([units, places]) => plain(units, places));
const currency = fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'HUF');
const optional = <T,>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const line: fc.Arbitrary<CartLine> = fc.record({
  lineId: fc.uuid(), kind: fc.constant('product' as const), sku: filled, productKey: text, auxiliaryId: text, quantity: decimal(6, 3), unitPrice: decimal(9, 5),
  priceBasis: fc.oneof({ weight: 4, arbitrary: fc.constant('1') }, { weight: 2, arbitrary: fc.constantFrom('10', '100', '1000', '2.5', '1.0') }),
  unit: fc.constantFrom('EA', 'piece', 'MTR', 'KGM'), name: filled, description: optional(text),
  classifications: fc.array(fc.record({ domain: fc.constantFrom('UNSPSC', 'eClass', 'a<b>&"c'), code: filled }), { maxLength: 3 }),
  manufacturerPartId: optional(text), manufacturerName: optional(text), url: optional(text), leadTimeDays: optional(fc.nat(400)),
  customFields: fc.dictionary(fc.constantFrom('costCenter', 'a&"<b', '__x', 'Größe'), text, { maxKeys: 3 }),
});

const charge = fc.record({ amount: decimal(6, 2), description: text });
const cartArbitrary: fc.Arbitrary<Cart> = fc.record({
  cartId: fc.constant('c'), contentMark: fc.constant('m'), currency, language: fc.constantFrom('de', 'de-DE', 'en-US', 'zh-Hant-TW'),
  lines: fc.array(line, { maxLength: 6 }), shipping: optional(charge), tax: optional(charge),
});

/** What remains of a text in XML: sayable characters, trimmed, line breaks as XML has them. Written otherwise than the codec does it. */
function said(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  let kept = '';
  for (const character of value.trim()) {
    const code = character.codePointAt(0) ?? 0;
    if (code === 9 || code === 10 || code === 13 || (code >= 32 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000) kept += character;
  }
  const result = kept.trim();
  return result === '' ? undefined : result;
}

function plain(units: bigint, scale: number): string {
  const digits = units.toString().padStart(scale + 1, '0');
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function readBack(document: string): CxmlOrderMessage {
  const parsed = parseCxml(Buffer.from(document), 'text/xml; charset="UTF-8"', TRANSFER_LIMITS);
  if (!parsed.ok || parsed.value.kind !== 'PunchOutOrderMessage') throw new Error(JSON.stringify(parsed));
  return parsed.value.message;
}

/** The line as its reader must find it. */
function expected(source: CartLine, money: string, version: CxmlVersion, language: string): Partial<CxmlOrderLine> {
  const name = said(source.name) ?? '';
  const long = said(source.description);
  const described = long === undefined || long === name ? { text: name } : { text: long, shortName: Array.from(said(source.name) ?? '').slice(0, 50).join('').trim() };
  const classifications = source.classifications.map(({ domain, code }) => ({ domain, code: said(code) ?? '' }));
  return {
    quantity: source.quantity, supplierPartId: said(source.sku), auxiliaryId: said(source.auxiliaryId), unit: source.unit === 'piece' ? 'EA' : source.unit,
    descriptions: [{ language, ...described }], classifications: classifications.length > 0 ? classifications : [{ domain: 'UNSPSC', code: '43000000' }],
    manufacturerPartId: said(source.manufacturerPartId), manufacturerName: said(source.manufacturerName), url: said(source.url),
    leadTime: source.leadTimeDays?.toString(), extrinsics: Object.entries(source.customFields).flatMap(([key, value]) => (said(value) === undefined ? [] : [{ name: key, value: said(value) ?? '' }])),
    ...(version === '1.2.014' ? {} : { unitPrice: { amount: source.unitPrice, currency: money } }),
    ...(version === '1.2.014' || source.priceBasis === '1' ? {} : { priceBasis: { quantity: source.priceBasis, conversionFactor: '1', unit: source.unit === 'piece' ? 'EA' : source.unit } }),
  };
}

/** Sum of quantity x price / basis as a fraction over one denominator, rounded line by line: an independent oracle. */
function oracleTotal(lines: Pick<CartLine, 'quantity' | 'unitPrice' | 'priceBasis'>[], digits: number): string {
  let cents = 0n;
  for (const { quantity, unitPrice, priceBasis } of lines) {
    const [a, b, c] = [quantity, unitPrice, priceBasis].map((value) => ({ top: BigInt(value.replace('.', '')), bottom: 10n ** BigInt(value.split('.')[1]?.length ?? 0) }));
    if (a === undefined || b === undefined || c === undefined) throw new Error('three numbers');
    const top = a.top * b.top * c.bottom * 10n ** BigInt(digits);
    const bottom = a.bottom * b.bottom * c.top;
    cents += top / bottom + ((top % bottom) * 2n >= bottom ? 1n : 0n);
  }
  return plain(cents, digits);
}

const DIGITS: Record<string, number> = { EUR: 2, USD: 2, JPY: 0, KWD: 3, HUF: 2 };

describeWithShared('PunchOutOrderMessage, any cart', () => {
  it.each(['1.2.014', '1.2.050', '1.2.071'] as const)('RULES 1.2, 7.3, 8.2: written for %s, it is valid by that DTD, pure ASCII, and reads back as the cart', (version) => {
    fc.assert(
      fc.property(cartArbitrary, fc.string({ unit: 'grapheme', minLength: 1 }).map((cookie) => `{${cookie.replace(/\r/g, '')}}`), (cart, cookie) => {
        const buyerCookie = Array.from(cookie).filter((character) => said(`x${character}x`)?.length === character.length + 2).join('');
        const written = writePunchOutOrderMessage(orderMessageInput({ cart, buyerCookie, language: cart.language }, version));
        if (!written.ok) throw new Error(JSON.stringify(written));
        const { document, total, linesCount } = written.value;
        expect(officialVerdict(document, version)).toBe('');
        expect(checkCxmlDocument(document, version)).toEqual([]);
        expect(Array.from(document).every((character) => character.charCodeAt(0) < 128)).toBe(true);
        const message = readBack(document);
        expect(message.buyerCookie).toBe(buyerCookie);
        expect(message.lines.length).toBe(cart.lines.length);
        expect(linesCount).toBe(cart.lines.length);
        for (const [index, source] of cart.lines.entries()) expect(message.lines[index]).toMatchObject(JSON.parse(JSON.stringify(expected(source, cart.currency, version, cart.language))));
        expect(message.total).toEqual({ amount: total, currency: cart.currency });
        for (const [read, source, name] of [[message.shipping, cart.shipping, 'Shipping'], [message.tax, cart.tax, 'Tax']] as const) {
          expect(read).toEqual(source && { amount: source.amount, currency: cart.currency, description: said(source.description) ?? name });
        }
      }),
      { numRuns: RUNS },
    );
  }, 600_000);

  it('RULES 7.2: Total is the sum of the emitted lines, by an independent decimal oracle, and of the cart as it came', () => {
    const moneyLine = fc.record({ quantity: decimal(7, 3), unitPrice: decimal(12, 6), priceBasis: fc.constantFrom('1', '1', '1', '10', '100', '1000', '3', '7', '0.5', '12') });
    fc.assert(
      fc.property(fc.array(moneyLine, { maxLength: 20 }), currency, fc.constantFrom('1.2.014' as const, '1.2.071' as const), (lines, code, version) => {
        const cart: Cart = { cartId: 'c', contentMark: 'm', currency: code, language: 'en', lines: lines.map((change, index) => cartLine({ ...change, lineId: `l${index}` })) };
        const written = writePunchOutOrderMessage(orderMessageInput({ cart }, version));
        if (!written.ok) {
          // Only a price for 3, 7 or 12 units can have no decimal form that gives the line's amount.
          expect(lines.some(({ priceBasis }) => ['3', '7', '12'].includes(priceBasis))).toBe(true);
          return;
        }
        const message = readBack(written.value.document);
        const emitted = message.lines.map((emittedLine) => ({ quantity: emittedLine.quantity, unitPrice: emittedLine.unitPrice.amount, priceBasis: emittedLine.priceBasis?.quantity ?? '1' }));
        expect(message.total?.amount).toBe(oracleTotal(emitted, DIGITS[code] ?? 2));
        expect(message.total?.amount).toBe(oracleTotal(lines, DIGITS[code] ?? 2));
      }),
      { numRuns: RUNS * 10 },
    );
  }, 600_000);

  it('SECURITY T20: every naughty string in every place is written validly and reads back', () => {
    for (const naughty of NAUGHTY_STRINGS) {
      const source = cartLine({ sku: `${naughty}.`, auxiliaryId: naughty, name: naughty, description: `${naughty}long`, manufacturerName: naughty, url: naughty, customFields: { [`f${naughty}`]: naughty }, classifications: [{ domain: naughty, code: naughty }] });
      const written = writePunchOutOrderMessage(orderMessageInput({ cart: { cartId: 'c', contentMark: 'm', currency: 'EUR', language: 'en', lines: [source] }, userAgent: `${naughty}a`, from: [{ domain: naughty, identity: naughty }] }));
      if (!written.ok) throw new Error(JSON.stringify([naughty, written]));
      expect([naughty, officialVerdict(written.value.document, '1.2.014')]).toEqual([naughty, '']);
      expect(written.value.document).not.toMatch(/<(\w+)><\/\1>/);
      const parsed = parseCxml(written.value.document);
      if (said(naughty) !== undefined) expect(parsed).toMatchObject({ ok: true, value: { message: { lines: [{ auxiliaryId: said(naughty) }] } } });
    }
  });
});
