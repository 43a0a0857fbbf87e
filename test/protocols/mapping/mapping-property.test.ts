import { describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { discountShares } from '../../../src/domain/mapping/mapping-discount.js';
import type { Cart, CartLine } from '../../../src/domain/cart/cart.js';
import type { ShippingPlace } from '../../../src/domain/mapping/mapping.js';
import { TRANSFER_LIMITS } from '../../../src/protocols/cxml/cxml-document.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';
import { writePunchOutOrderMessage } from '../../../src/protocols/cxml/write/write-order-message.js';
import { applyMapping, writerSettings } from '../../../src/protocols/mapping/apply-mapping.js';
import { cartOfOciItems } from '../../../src/protocols/oci/read/cart-of-items.js';
import { parseOciCart } from '../../../src/protocols/oci/read/parse-cart-form.js';
import { writeOciCartFields } from '../../../src/protocols/oci/write/write-cart-form.js';
import { connectionWith, LINE, promotion, REQUEST } from './sample.js';
import { anyCharacter } from '../../fixtures/any-character.js';

const numRuns = process.env.PROOF ? 10_000 : 300;
if (process.env.PROOF) jest.setTimeout(600_000);

const DIGITS: Record<string, number> = { EUR: 2, JPY: 0, KWD: 3 };
const decimal = (max: number, digits: number): fc.Arbitrary<string> =>
  fc.tuple(fc.integer({ min: 1, max }), fc.nat(digits)).map(([units, scale]) => text(BigInt(units), scale));

const article: fc.Arbitrary<CartLine> = fc
  .record({
    quantity: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 999 }).map(String) }, decimal(99_999, 3)),
    unitPrice: decimal(999_999, 3),
    priceBasis: fc.constantFrom('1', '1', '1', '10', '100'),
  })
  .map((numbers) => ({ ...LINE, unit: 'EA', ...numbers }));
const discount: fc.Arbitrary<CartLine> = fc
  .tuple(decimal(9_999, 2), fc.boolean(), fc.integer({ min: 1, max: 3 }))
  .map(([amount, turned, count]) =>
    promotion(
      turned ? { quantity: `-${count}`, unitPrice: amount } : { quantity: String(count), unitPrice: `-${amount}` },
    ),
  );
const carts: fc.Arbitrary<Cart> = fc
  .record({
    currency: fc.constantFrom('EUR', 'EUR', 'JPY', 'KWD'),
    articles: fc.array(article, { minLength: 1, maxLength: 8 }),
    discounts: fc.array(discount, { maxLength: 3 }),
    shipping: fc.option(fc.integer({ min: 0, max: 9_999 }), { nil: undefined }),
  })
  .map(({ currency, articles, discounts, shipping }) => ({
    cartId: 'c',
    contentMark: 'm',
    currency,
    language: 'de',
    lines: [...discounts, ...articles].map((line, place) => ({
      ...line,
      lineId: `l${place}`,
      auxiliaryId: `a${place}`,
    })),
    ...(shipping === undefined
      ? {}
      : { shipping: { amount: text(BigInt(shipping), DIGITS[currency] ?? 2), description: 'Parcel' } }),
  }));

function text(units: bigint, scale: number): string {
  const digits = units.toString().padStart(scale + 1, '0');
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Fractions over one denominator, implemented independently of the product. */
function fraction(value: string): { top: bigint; bottom: bigint } {
  const [whole = '', rest = ''] = value.replace('-', '').split('.');
  return { top: BigInt(whole + rest) * (value.startsWith('-') ? -1n : 1n), bottom: 10n ** BigInt(rest.length) };
}

/** Amount of a line in the smallest unit, rounded half away from zero. */
function oracleAmount(
  { quantity, unitPrice, priceBasis }: Pick<CartLine, 'quantity' | 'unitPrice' | 'priceBasis'>,
  digits: number,
): bigint {
  const [q, p, b] = [fraction(quantity), fraction(unitPrice), fraction(priceBasis)];
  const top = q.top * p.top * b.bottom * 10n ** BigInt(digits);
  const bottom = q.bottom * p.bottom * b.top;
  const size = top < 0n ? -top : top;
  const rounded = size / bottom + ((size % bottom) * 2n >= bottom ? 1n : 0n);
  return top < 0n ? -rounded : rounded;
}

/** The amount that the buyer must pay for the lines, computed only from the store's cart. */
function oracleTotal(cart: Cart, shipping: ShippingPlace): bigint {
  const digits = DIGITS[cart.currency] ?? 2;
  const lines = cart.lines.reduce((sum, line) => sum + oracleAmount(line, digits), 0n);
  return shipping === 'line' && cart.shipping !== undefined ? lines + fraction(cart.shipping.amount).top : lines;
}

const articlesOf = (cart: Cart): bigint =>
  cart.lines
    .filter(({ kind }) => kind !== 'promotion')
    .reduce((sum, line) => sum + oracleAmount(line, DIGITS[cart.currency] ?? 2), 0n);
const discountsOf = (cart: Cart): bigint =>
  cart.lines
    .filter(({ kind }) => kind === 'promotion')
    .reduce((sum, line) => sum - oracleAmount(line, DIGITS[cart.currency] ?? 2), 0n);

describe('architecture.md decision 8: totals', () => {
  it('cXML: Total equals the sum of the sent lines and the total of the store cart', () => {
    let sent = 0;
    fc.assert(
      fc.property(
        carts,
        fc.constantFrom<ShippingPlace>('header', 'line', 'none'),
        fc.constantFrom<'negative_line' | 'spread'>('negative_line', 'spread'),
        fc.constantFrom('1.2.014', '1.2.050'),
        (cart, shipping, promotions, version) => {
          const connection = connectionWith({ shipping, promotions }, { cxml: { version } });
          const mapped = applyMapping({ cart, request: REQUEST, connection, protocol: 'cxml' });
          if (!mapped.ok) {
            expect(promotions).toBe('spread');
            expect(discountsOf(cart)).toBeGreaterThan(articlesOf(cart));
            return;
          }
          const written = writePunchOutOrderMessage({
            payloadId: '1@s',
            at: new Date(0),
            language: 'de',
            deploymentMode: 'test',
            from: [],
            to: [{ domain: 'D', identity: 'b' }],
            userAgent: 't',
            buyerCookie: 'c',
            operationAllowed: 'edit',
            cart: mapped.value,
            settings: writerSettings(connection),
          });
          if (!written.ok) throw new Error(written.refusal.reason);
          const parsed = parseCxml(Buffer.from(written.value.document), 'text/xml', TRANSFER_LIMITS);
          if (!parsed.ok || parsed.value.kind !== 'PunchOutOrderMessage') throw new Error('unreadable');
          const { total, lines } = parsed.value.message;
          const digits = DIGITS[cart.currency] ?? 2;
          const sum = lines.reduce(
            (all, { quantity, unitPrice, priceBasis }) =>
              all +
              oracleAmount({ quantity, unitPrice: unitPrice.amount, priceBasis: priceBasis?.quantity ?? '1' }, digits),
            0n,
          );
          const want = oracleTotal(cart, shipping);
          expect(sum).toBe(want);
          expect(total?.amount).toBe(want < 0n ? `-${text(-want, digits)}` : text(want, digits));
          expect(lines.every(({ quantity }) => !quantity.startsWith('-'))).toBe(true);
          if (promotions === 'spread')
            expect(lines.some(({ unitPrice }) => unitPrice.amount.startsWith('-'))).toBe(false);
          sent += 1;
        },
      ),
      { numRuns },
    );
    expect(sent).toBeGreaterThan(numRuns / 2);
  });

  it('OCI: the sent lines add up to the total of the store cart', () => {
    let sent = 0;
    fc.assert(
      fc.property(carts, fc.constantFrom<ShippingPlace>('line', 'none'), (cart, shipping) => {
        const connection = connectionWith({ shipping });
        const mapped = applyMapping({ cart, request: REQUEST, connection, protocol: 'oci' });
        if (!mapped.ok) {
          expect(mapped.refusal.code).toBe('CART_NOT_ENCODABLE');
          return;
        }
        const written = writeOciCartFields({
          cart: mapped.value,
          request: REQUEST,
          settings: writerSettings(connection),
          quoteId: 'q',
        });
        if (!written.ok) throw new Error(written.refusal.reason);
        const read = parseOciCart(written.value);
        const received = read.ok ? cartOfOciItems(read.value.items) : read;
        if (!received.ok) throw new Error(received.refusal.reason);
        expect(
          received.value.lines.reduce((sum, line) => sum + oracleAmount(line, DIGITS[cart.currency] ?? 2), 0n),
        ).toBe(oracleTotal(cart, shipping));
        sent += 1;
      }),
      { numRuns },
    );
    expect(sent).toBeGreaterThan(numRuns / 2);
  });

  it('shares of a discount: exact, never above their line, and less than one unit off their proportion', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(0n, 10n ** 9n), { minLength: 1, maxLength: 20 }),
        fc.nat(1_000_000),
        (amounts, part) => {
          const sum = amounts.reduce((all, amount) => all + amount, 0n);
          const discount = (sum * BigInt(part)) / 1_000_000n;
          const shares = discountShares(amounts, discount);
          expect(shares.reduce((all, share) => all + share, 0n)).toBe(discount);
          for (const [place, share] of shares.entries()) {
            const amount = amounts[place] ?? 0n;
            expect(share >= 0n && share <= amount).toBe(true);
            const off = share * sum - amount * discount;
            if (sum > 0n) expect((off < 0n ? -off : off) < sum).toBe(true);
          }
        },
      ),
      { numRuns },
    );
  });
});

describe('T18: mapped names never come from data', () => {
  it('the sent names are always those of the settings', () => {
    const hostile = fc.oneof(
      fc.constantFrom(
        'NEW_ITEM-PRICE[1]',
        'PRICE',
        'Extrinsic.x',
        '"><Extrinsic name="y">',
        '__proto__',
        'constructor',
        ']',
        '1]',
        '&name;',
      ),
      fc.string({ unit: anyCharacter, maxLength: 30 }),
    );
    const mapping = {
      cxml: { 'Extrinsic.only': { from: 'line.customFields.a', fallbacks: ['request.extrinsic.b'] } },
      oci: {
        CUST_FIELD5: {
          from: 'line.customFields.a',
          fallbacks: ['request.oci.extra.b'],
          transforms: [{ maxLength: 50 }],
        },
        LONGTEXT: { from: 'line.customFields.b' },
      },
    };
    const connection = connectionWith(mapping);
    const baseNames = new Set(
      [
        'DESCRIPTION',
        'QUANTITY',
        'UNIT',
        'PRICE',
        'CURRENCY',
        'PRICEUNIT',
        'LEADTIME',
        'VENDOR',
        'VENDORMAT',
        'MANUFACTMAT',
        'EXT_QUOTE_ID',
        'EXT_QUOTE_ITEM',
        'EXT_PRODUCT_ID',
        'CUST_FIELD5',
      ].map((name) => `NEW_ITEM-${name}[1]`),
    );
    fc.assert(
      fc.property(fc.dictionary(hostile, hostile), hostile, hostile, (customFields, value, name) => {
        const line: CartLine = {
          ...LINE,
          name: value,
          description: name,
          classifications: [],
          customFields: { ...customFields, a: value, b: name },
        };
        const cart: Cart = { cartId: 'c', contentMark: 'm', currency: 'EUR', language: 'de', lines: [line] };
        const request = {
          ...REQUEST,
          extrinsics: [
            { name: 'b', value },
            { name, value },
          ],
          oci: { extra: [{ name, value }] },
        };
        const cxml = applyMapping({ cart, request, connection, protocol: 'cxml' });
        expect(
          cxml.ok && (cxml.value.lines[0]?.outgoing?.extrinsics ?? []).every((extrinsic) => extrinsic.name === 'only'),
        ).toBe(true);
        const oci = applyMapping({ cart, request, connection, protocol: 'oci' });
        const fields = oci.ok
          ? writeOciCartFields({ cart: oci.value, request, settings: writerSettings(connection), quoteId: 'q' })
          : oci;
        if (!fields.ok) throw new Error(fields.refusal.reason);
        expect(
          fields.value
            .map((field) => field.name)
            .filter((sent) => !baseNames.has(sent) && sent !== 'NEW_ITEM-LONGTEXT_1:132[]'),
        ).toEqual([]);
      }),
      { numRuns },
    );
  });
});
