import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { CartLine } from '../../src/domain/cart/cart.js';
import { cartTotal } from '../../src/domain/cart/cart-total.js';
import { compare, formatDecimal, multiply, parseDecimal } from '../../src/domain/decimal.js';
import { cartOfOciItems } from '../../src/protocols/oci/read/cart-of-items.js';
import { parseOciCart } from '../../src/protocols/oci/read/parse-cart-form.js';
import { writeOciCartFields } from '../../src/protocols/oci/write/write-cart-form.js';
import { readRepostForm } from '../../src/protocols/repost/read-repost-form.js';
import { writeRepostForm } from '../../src/protocols/repost/repost-protocol.js';
import { anyGivenCart } from './cxml/any-cart.js';
import { RUNS } from './cxml/official-dtds.js';
import { cartWith, lineWith, requestWith, settingsWith } from './oci/sample-cart.js';

/** Lines that every protocol can express, with any bundle structure. */
const anyLines = anyGivenCart.map(({ lines }): CartLine[] =>
  lines.map(({ lineId, kind, parentLineId, pricedAt, unitPrice }, index) =>
    lineWith({
      lineId,
      kind,
      parentLineId,
      pricedAt,
      sku: `sku-${index}`,
      quantity: String(index + 1),
      unitPrice: unitPrice === '0.00' ? '0.00' : `${index + 1}.25`,
    }),
  ),
);

describe('bundles in forms without a total', () => {
  it.each(['4.0', '5.0'])(
    'oci.md 3: the prices of an OCI %s form add up to the total of the cart, and so does the cart that is read from it',
    (version) => {
      fc.assert(
        fc.property(anyLines, (lines) => {
          const written = writeOciCartFields({
            cart: cartWith(lines),
            request: requestWith({ version }),
            settings: settingsWith(),
            quoteId: 'q',
          });
          if (!written.ok) throw new Error(written.refusal.reason);
          const parsed = parseOciCart(written.value);
          const cart = parsed.ok && parsed.value.items.length > 0 ? cartOfOciItems(parsed.value.items) : undefined;
          if (cart === undefined) return;
          if (!cart.ok) throw new Error(cart.refusal.reason);
          const flat = cart.value.lines.map((line): CartLine => ({ ...line, parentLineId: undefined }));
          expect([cartTotal(flat, 'EUR'), cartTotal(cart.value.lines, 'EUR')]).toEqual([
            cartTotal(lines, 'EUR'),
            cartTotal(lines, 'EUR'),
          ]);
          if (version === '5.0') expect(cart.value.lines).toHaveLength(lines.length);
        }),
        { numRuns: RUNS },
      );
    },
  );

  it('oci.md 3: a cart with bundles survives an OCI 5.0 round trip', () => {
    const carried = (lines: readonly CartLine[]): CartLine[] | undefined => {
      const form = { cart: cartWith([...lines]), request: requestWith({ version: '5.0' }), settings: settingsWith() };
      const written = writeOciCartFields({ ...form, quoteId: 'q' });
      if (!written.ok) throw new Error(written.refusal.reason);
      const parsed = parseOciCart(written.value);
      const cart = parsed.ok && parsed.value.items.length > 0 ? cartOfOciItems(parsed.value.items) : undefined;
      if (cart?.ok === false) throw new Error(cart.refusal.reason);
      return cart?.value.lines;
    };
    fc.assert(
      fc.property(anyLines, (lines) => {
        const once = carried(lines);
        if (once !== undefined) expect(carried(once)).toEqual(once);
      }),
      { numRuns: RUNS },
    );
  });

  it('custom store integration: the prices of a middleware form add up to the total of the cart', () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const written = writeRepostForm({
          cart: { lines, currency: 'EUR' },
          sessionToken: 's',
          endCustomerId: 1,
          categoryNumbers: new Map(),
        });
        const form = written.ok ? readRepostForm(written.value) : written;
        if (!form.ok) throw new Error(form.refusal.reason);
        const products = form.value.products.map(({ quantity, price }) => ({
          quantity,
          unitPrice: price,
          priceBasis: '1',
        }));
        expect(cartTotal(products, 'EUR')).toBe(cartTotal(lines, 'EUR'));
      }),
      { numRuns: RUNS },
    );
  });

  it('custom store integration: the unit price includes the conversion factor', () => {
    const written = writeRepostForm({
      cart: {
        lines: [lineWith({ quantity: '3', unitPrice: '2.00', conversionFactor: '10', unit: 'BX', priceUnit: 'EA' })],
        currency: 'EUR',
      },
      sessionToken: 's',
      endCustomerId: 1,
      categoryNumbers: new Map(),
    });
    expect(written).toMatchObject({
      ok: true,
      value: expect.arrayContaining([{ name: 'products[0][price]', value: '20.00' }]),
    });
  });

  it.each([
    ['parts at 0 are in the price of their parent', ['90.00', '0', '0'], ['bundle', 'groupLevel', '1'], '90.00'],
    ['a parent at 0 has the price of its parts', ['0', '30.00', '40.00'], ['bundle', 'itemLevel', '1'], '70.00'],
    ['where both have a price, both count', ['90.00', '30.00', '0'], ['product', undefined, undefined], '120.00'],
  ])('oci.md 3: reads PARENT_ID: %s', (_, prices, [kind, pricedAt, parent], total) => {
    const fields = prices.flatMap((price, index) =>
      Object.entries({
        QUANTITY: '1',
        PRICE: price,
        CURRENCY: 'EUR',
        VENDORMAT: `S${index}`,
        ...(index === 0 ? { ITEM_TYPE: 'R', PARENT_ID: '7' } : { ITEM_TYPE: 'L', PARENT_ID: ' 1 ' }),
      }).map(([name, value]) => ({ name: `NEW_ITEM-${name}[${index + 1}]`, value })),
    );
    const parsed = parseOciCart(fields);
    const cart = parsed.ok ? cartOfOciItems(parsed.value.items) : parsed;
    if (!cart.ok) throw new Error(cart.refusal.reason);
    const [head, ...parts] = cart.value.lines;
    expect([head?.kind, head?.pricedAt, head?.parentLineId]).toEqual([kind, pricedAt, undefined]);
    expect(parts.map(({ parentLineId }) => parentLineId)).toEqual([parent, parent]);
    expect(cartTotal(cart.value.lines, 'EUR')).toBe(total);
  });

  it('oci.md 8.3: the price of one order unit is exact for any conversion factor that OCI can express', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99_999 }),
        fc.integer({ min: 1, max: 5_000 }),
        fc.constantFrom('1', '10', '100'),
        (cents, thousandths, priceBasis) => {
          const [unitPrice, conversionFactor] = [
            formatDecimal({ units: BigInt(cents), scale: 2 }),
            formatDecimal({ units: BigInt(thousandths), scale: 3 }),
          ];
          const written = writeOciCartFields({
            cart: cartWith([lineWith({ unitPrice, conversionFactor, priceBasis })]),
            request: requestWith(),
            settings: settingsWith(),
            quoteId: 'q',
          });
          if (!written.ok) throw new Error(written.refusal.reason);
          const said = (field: string) =>
            parseDecimal(written.value.find(({ name }) => name === `NEW_ITEM-${field}[1]`)?.value ?? '');
          expect(
            compare(
              multiply(said('PRICE'), parseDecimal(priceBasis)),
              multiply(multiply(parseDecimal(unitPrice), parseDecimal(conversionFactor)), said('PRICEUNIT')),
            ),
          ).toBe(0);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
