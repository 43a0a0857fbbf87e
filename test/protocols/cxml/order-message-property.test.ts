import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Cart, CartLine } from '../../../src/domain/cart/cart.js';
import type { CxmlVersion } from '../../../src/domain/access/connection.js';
import { checkCxmlDocument } from '../../../src/protocols/cxml/check/check-document.js';
import {
  type CxmlOrderLine,
  type CxmlOrderMessage,
  TRANSFER_LIMITS,
} from '../../../src/protocols/cxml/cxml-document.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';
import { writePunchOutOrderMessage } from '../../../src/protocols/cxml/write/write-order-message.js';
import { cartOfOrderMessage, type MessageCart } from '../../../src/protocols/cxml/cart-of-order-message.js';
import { pricePerUnit } from '../../../src/protocols/cxml/write/order-lines.js';
import { NAUGHTY_STRINGS } from '../../fixtures/naughty-strings.js';
import { anyCart, anyGivenCart, currency, decimal, plain } from './any-cart.js';
import { cartLine, orderMessageInput } from './sample-cart.js';
import { describeWithDtds, officialVerdict, RUNS } from './official-dtds.js';

/**
 * The text that XML can hold: allowed characters, trimmed, line breaks as in XML. Implemented independently of the
 * codec.
 */
function said(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  let kept = '';
  for (const character of value.trim()) {
    const code = character.codePointAt(0) ?? 0;
    if (
      code === 9 ||
      code === 10 ||
      code === 13 ||
      (code >= 32 && code <= 0xd7ff) ||
      (code >= 0xe000 && code <= 0xfffd) ||
      code >= 0x10000
    )
      kept += character;
  }
  const result = kept.trim();
  return result === '' ? undefined : result;
}

function readBack(document: string): CxmlOrderMessage {
  const parsed = parseCxml(Buffer.from(document), 'text/xml; charset="UTF-8"', TRANSFER_LIMITS);
  if (!parsed.ok || parsed.value.kind !== 'PunchOutOrderMessage') throw new Error(JSON.stringify(parsed));
  return parsed.value.message;
}

/** The line as its reader must get it. */
function expected(source: CartLine, money: string, version: CxmlVersion, language: string): Partial<CxmlOrderLine> {
  const name = said(source.name) ?? '';
  const long = said(source.description);
  const short = Array.from(name).slice(0, 50).join('').trim();
  const described =
    long === undefined || long === name || long === short ? { text: long ?? name } : { text: long, shortName: short };
  const isNewer = version !== '1.2.014';
  const unit = source.unit === 'piece' ? 'EA' : source.unit;
  const priceUnit = source.priceUnit === 'piece' ? 'EA' : (source.priceUnit ?? unit);
  const isPriced =
    isNewer && (source.priceBasis !== '1' || (source.conversionFactor ?? '1') !== '1' || priceUnit !== unit);
  const charge = (given: CartLine['tax'], fallback: string) =>
    given && {
      amount: given.amount,
      currency: money,
      description: said(given.description) ?? fallback,
      language: said(given.description) === undefined ? language : (given.language ?? language),
    };
  const texts = (source.texts ?? []).map((further) => ({
    language: further.language,
    text: said(further.description) ?? said(further.name),
  }));
  const classifications = source.classifications.map(({ domain, code }) => ({ domain, code: said(code) ?? '' }));
  return {
    quantity: source.quantity,
    supplierPartId: said(source.sku),
    auxiliaryId: said(source.auxiliaryId),
    unit,
    buyerPartId: isNewer ? said(source.buyerPartId) : undefined,
    references: isNewer ? source.references : undefined,
    shipping: charge(source.shipping, 'Shipping'),
    tax: charge(source.tax, 'Tax'),
    lineNumber: source.lineNumber,
    descriptions: [{ language: source.textLanguages?.name ?? language, ...described }, ...texts],
    classifications: classifications.length > 0 ? classifications : [{ domain: 'UNSPSC', code: '43000000' }],
    manufacturerPartId: said(source.manufacturerPartId),
    manufacturerName: said(source.manufacturerName),
    url: said(source.url),
    leadTime: source.leadTimeDays?.toString(),
    extrinsics: Object.entries(source.customFields).flatMap(([key, value]) =>
      said(value) === undefined ? [] : [{ name: key, value: said(value) ?? '' }],
    ),
    ...(isNewer ? { unitPrice: { amount: source.unitPrice, currency: money } } : {}),
    ...(isPriced
      ? {
          priceBasis: {
            quantity: source.priceBasis,
            conversionFactor: source.conversionFactor ?? '1',
            unit: priceUnit,
          },
        }
      : {}),
  };
}

type Priced = Pick<CartLine, 'quantity' | 'unitPrice' | 'priceBasis' | 'conversionFactor'>;

/**
 * Sum of quantity x factor x price / basis as a fraction over one denominator, rounded per line: an independent
 * reference.
 */
function oracleTotal(lines: readonly Priced[], digits: number): string {
  let cents = 0n;
  for (const { quantity, unitPrice, priceBasis, conversionFactor = '1' } of lines) {
    const [a, b, c, d] = [quantity, unitPrice, priceBasis, conversionFactor].map((value) => ({
      top: BigInt(value.replace('.', '')),
      bottom: 10n ** BigInt(value.split('.')[1]?.length ?? 0),
    }));
    if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('four numbers');
    const top = a.top * b.top * d.top * c.bottom * 10n ** BigInt(digits);
    const bottom = a.bottom * b.bottom * d.bottom * c.top;
    cents += top / bottom + ((top % bottom) * 2n >= bottom ? 1n : 0n);
  }
  return plain(cents, digits);
}

/** The parent of a line as defined by `bundlesOf`: not unknown, not the line itself, not one of its parts. */
function oracleParent(lines: readonly CartLine[], index: number): number | undefined {
  const named = (at: number): number | undefined => {
    const id = lines[at]?.parentLineId;
    const found = lines.findIndex(({ lineId, kind }) => lineId === id && kind === 'bundle');
    const parent = found >= 0 ? found : lines.findIndex(({ lineId }) => lineId === id);
    return id === undefined || parent < 0 || parent === at ? undefined : parent;
  };
  let above = named(index);
  for (let steps = 0; above !== undefined && steps <= lines.length; steps += 1) {
    if (above === index) return undefined;
    above = named(above);
  }
  return named(index);
}

/** The lines whose prices make up the total, top-down. */
function oraclePriced(lines: readonly CartLine[]): CartLine[] {
  const parents = lines.map((_, index) => oracleParent(lines, index));
  const priced = (index: number): CartLine[] => {
    const parts = parents.flatMap((parent, part) => (parent === index ? [part] : []));
    const line = lines[index] as CartLine;
    return parts.length > 0 && line.pricedAt === 'itemLevel' ? parts.flatMap(priced) : [line];
  };
  return parents.flatMap((parent, index) => (parent === undefined ? priced(index) : []));
}

/** The cart after a round trip; undefined for one without lines. */
function carried(cart: Cart): MessageCart['cart'] | undefined {
  const written = writePunchOutOrderMessage(
    orderMessageInput({ cart, given: true, language: cart.language }, '1.2.071'),
  );
  if (!written.ok) throw new Error(JSON.stringify(written));
  const read = cartOfOrderMessage(readBack(written.value.document));
  if (!read.ok) throw new Error(JSON.stringify(read));
  return cart.lines.length === 0 || read.value === 'unchanged' ? undefined : read.value.cart;
}

const DIGITS: Record<string, number> = { EUR: 2, USD: 2, JPY: 0, KWD: 3, HUF: 2 };

describeWithDtds('PunchOutOrderMessage, any cart', () => {
  it.each(['1.2.014', '1.2.050', '1.2.071'] as const)(
    'cxml.md 1.2, 7.3, 8.2: written for %s, it is valid by that DTD, pure ASCII, and reads back as the cart',
    (version) => {
      fc.assert(
        fc.property(
          anyCart,
          fc.string({ unit: 'grapheme', minLength: 1 }).map((cookie) => `{${cookie.replace(/\r/g, '')}}`),
          (cart, cookie) => {
            const buyerCookie = Array.from(cookie)
              .filter((character) => said(`x${character}x`)?.length === character.length + 2)
              .join('');
            const written = writePunchOutOrderMessage(
              orderMessageInput({ cart, buyerCookie, language: cart.language }, version),
            );
            if (!written.ok && cart.lines.some((line) => pricePerUnit(line, cart.currency) === undefined)) return;
            if (!written.ok) throw new Error(JSON.stringify(written));
            const { document, total, linesCount } = written.value;
            expect(officialVerdict(document, version)).toBe('');
            expect(checkCxmlDocument(document, version)).toEqual([]);
            // In UTF-8, only ASCII has one byte for each unit of the text.
            expect(Buffer.byteLength(document)).toBe(document.length);
            const message = readBack(document);
            expect(message.buyerCookie).toBe(buyerCookie);
            expect(linesCount).toBe(cart.lines.length);
            const lines = cart.lines.map((source) => expected(source, cart.currency, version, cart.language));
            expect(message.lines).toMatchObject(JSON.parse(JSON.stringify(lines)));
            expect(message.total).toEqual({ amount: total, currency: cart.currency });
            for (const [read, source, name] of [
              [message.shipping, cart.shipping, 'Shipping'],
              [message.tax, cart.tax, 'Tax'],
            ] as const) {
              expect(read).toEqual(
                source && {
                  amount: source.amount,
                  currency: cart.currency,
                  description: said(source.description) ?? name,
                  language: said(source.description) === undefined ? cart.language : (source.language ?? cart.language),
                },
              );
            }
          },
        ),
        { numRuns: RUNS },
      );
    },
    600_000,
  );

  it('cxml.md 7.2: Total is the independently computed sum of the written lines, and of the cart', () => {
    const moneyLine = fc.record({
      quantity: decimal(7, 3),
      unitPrice: decimal(12, 6),
      priceBasis: fc.constantFrom('1', '1', '1', '10', '100', '1000', '3', '7', '0.5', '12'),
      conversionFactor: fc.constantFrom(undefined, '1', '10', '0.5', '2.54', '1000'),
    });
    fc.assert(
      fc.property(
        fc.array(moneyLine, { maxLength: 20 }),
        currency,
        fc.constantFrom('1.2.014' as const, '1.2.071' as const),
        (lines, code, version) => {
          const cart: Cart = {
            cartId: 'c',
            contentMark: 'm',
            currency: code,
            language: 'en',
            lines: lines.map((change, index) => cartLine({ ...change, lineId: `l${index}` })),
          };
          const written = writePunchOutOrderMessage(orderMessageInput({ cart }, version));
          if (!written.ok) {
            // Only a price for 3, 7 or 12 units can have no decimal form that gives the amount of the line.
            expect(lines.some(({ priceBasis }) => ['3', '7', '12'].includes(priceBasis))).toBe(true);
            return;
          }
          const message = readBack(written.value.document);
          const emitted = message.lines.map((emittedLine) => ({
            quantity: emittedLine.quantity,
            unitPrice: emittedLine.unitPrice.amount,
            priceBasis: emittedLine.priceBasis?.quantity ?? '1',
            conversionFactor: emittedLine.priceBasis?.conversionFactor,
          }));
          expect(message.total?.amount).toBe(oracleTotal(emitted, DIGITS[code] ?? 2));
          expect(message.total?.amount).toBe(oracleTotal(lines, DIGITS[code] ?? 2));
        },
      ),
      { numRuns: RUNS * 10 },
    );
  }, 600_000);

  it.each(['1.2.014', '1.2.050', '1.2.071'] as const)(
    'cxml.md 7.2: bundles of both kinds, any order of parents, unknown parents: the amounts of %s sum up to the cart',
    (version) => {
      fc.assert(
        fc.property(anyGivenCart, (cart) => {
          const written = writePunchOutOrderMessage(
            orderMessageInput({ cart, given: true, language: cart.language }, version),
          );
          if (!written.ok && cart.lines.some((line) => pricePerUnit(line, cart.currency) === undefined)) return;
          if (!written.ok) throw new Error(JSON.stringify(written));
          expect(officialVerdict(written.value.document, version)).toBe('');
          expect(checkCxmlDocument(written.value.document, version)).toEqual([]);
          const total = oracleTotal(oraclePriced(cart.lines), DIGITS[cart.currency] ?? 2);
          expect(written.value.total).toBe(total);
          const read = cartOfOrderMessage(readBack(written.value.document));
          if (cart.lines.length === 0 || !read.ok) return;
          const back = (read.value as MessageCart).cart.lines;
          expect(oracleTotal(oraclePriced(back), DIGITS[cart.currency] ?? 2)).toBe(total);
          if (version === '1.2.014') return;
          // By article number, which equals the index: parent, price level and price.
          const family = (lines: readonly CartLine[]) =>
            lines.map(({ sku, quantity, priceBasis, conversionFactor = '1' }, index) => [
              sku,
              quantity,
              priceBasis,
              conversionFactor,
              lines[oracleParent(lines, index) ?? -1]?.sku,
            ]);
          expect(family(back)).toEqual(family(cart.lines));
        }),
        { numRuns: RUNS },
      );
    },
    600_000,
  );

  it('cxml.md 7.2: a name that is cut to the long text is written once', () => {
    const cart = (name: string): Cart => ({
      cartId: 'c',
      contentMark: 'm',
      currency: 'EUR',
      language: 'en',
      lines: [cartLine({ name, description: 'x'.repeat(50) })],
    });
    const once = carried(cart('x'.repeat(51)));
    expect(once?.lines[0]).toMatchObject({ name: 'x'.repeat(50), description: undefined });
    expect(carried({ ...cart(''), ...once })).toEqual(once);
  });

  it('cxml.md 7.2: a cart document survives a round trip as 1.2.071', () => {
    fc.assert(
      fc.property(anyGivenCart, (cart) => {
        const once = carried(cart);
        if (once === undefined) return;
        expect(carried({ ...cart, ...once, language: once.language ?? cart.language })).toEqual(once);
      }),
      { numRuns: RUNS },
    );
  }, 600_000);

  it('T20: every naughty string in every place gives a valid document and is read back', () => {
    for (const naughty of NAUGHTY_STRINGS) {
      const source = cartLine({
        sku: `${naughty}.`,
        auxiliaryId: naughty,
        name: naughty,
        description: `${naughty}long`,
        manufacturerName: naughty,
        url: naughty,
        customFields: { [`f${naughty}`]: naughty },
        classifications: [{ domain: naughty, code: naughty }],
      });
      const written = writePunchOutOrderMessage(
        orderMessageInput({
          cart: { cartId: 'c', contentMark: 'm', currency: 'EUR', language: 'en', lines: [source] },
          userAgent: `${naughty}a`,
          from: [{ domain: naughty, identity: naughty }],
        }),
      );
      if (!written.ok) throw new Error(JSON.stringify([naughty, written]));
      expect([naughty, officialVerdict(written.value.document, '1.2.014')]).toEqual([naughty, '']);
      expect(written.value.document).not.toMatch(/<(\w+)><\/\1>/);
      const parsed = parseCxml(written.value.document);
      if (said(naughty) !== undefined)
        expect(parsed).toMatchObject({ ok: true, value: { message: { lines: [{ auxiliaryId: said(naughty) }] } } });
    }
  });
});
