import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  parseDecimalJson,
  at,
  decimalAt,
  entriesAt,
  listAt,
  textAt,
} from '../../../../src/adapters/stores/exchange/json-reading.js';
import { Throttle } from '../../../../src/adapters/stores/exchange/throttle.js';
import { BoundedCache } from '../../../../src/adapters/stores/bounded-cache.js';
import { cartOf } from '../../../../src/adapters/stores/shopware/cart/cart-view.js';
import { netPriceOf } from '../../../../src/adapters/stores/shopware/cart/cart-line.js';
import { shopCartOf } from '../../../../src/adapters/stores/shopware/cart/shop-cart.js';
import { plainText } from '../../../../src/adapters/stores/plain-text.js';
import { type ProductDetails, unitCodeOf } from '../../../../src/adapters/stores/shopware/catalogue/product-details.js';
import { formatDecimal, multiply, parseDecimal, round, trimZeros } from '../../../../src/domain/decimal.js';
import { expectProportional } from '../../../support/growth.js';

describe('parseDecimalJson', () => {
  it.each([
    ['{"a":31.9}', { a: '31.9' }],
    ['[1.005,100.49999,0.9600000000000004]', ['1.005', '100.49999', '0.9600000000000004']],
    ['[-0.5,1e-7,12345678901234567890.12]', ['-0.5', '1e-7', '12345678901234567890.12']],
    ['{"1.5":"a 2.5 \\" 3 \\\\","b":[true,null,""]}', { '1.5': 'a 2.5 " 3 \\', b: [true, null, ''] }],
  ])('T52: %s', (text, value) => {
    expect(parseDecimalJson(text)).toEqual(value);
  });

  it.each(['', '{', '01', '1.', '.5', '+1', '1 2', '{"a":1"2"}', 'NaN', '<html>'])(
    'is as strict as JSON.parse: %s',
    (text) => {
      expect(() => parseDecimalJson(text)).toThrow(SyntaxError);
    },
  );

  it('equals JSON.parse except for the numbers', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        const numbersAsText = (each: unknown): unknown =>
          typeof each === 'number'
            ? JSON.stringify(each)
            : Array.isArray(each)
              ? each.map(numbersAsText)
              : typeof each === 'object' && each !== null
                ? Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, numbersAsText(inner)]))
                : each;
        expect(parseDecimalJson(text)).toEqual(numbersAsText(JSON.parse(text)));
      }),
    );
  });

  it('parses a long text at once', () => {
    expect(parseDecimalJson(JSON.stringify({ text: '\\"1'.repeat(500_000) }))).toEqual({
      text: '\\"1'.repeat(500_000),
    });
  });
});

it('reads [] as an empty map, null and other types as missing, and no inherited keys', () => {
  const body = parseDecimalJson('{"map":[],"filled":{"a":1},"none":null,"list":{"0":"x"},"empty":""}');
  expect([
    entriesAt(body, 'map'),
    entriesAt(body, 'filled'),
    entriesAt(body, 'none'),
    entriesAt(body, 'nowhere', 'deep'),
  ]).toEqual([[], [['a', '1']], [], []]);
  expect([
    listAt(body, 'list'),
    textAt(body, 'none'),
    textAt(body, 'empty'),
    at(body, 'constructor'),
    at(body, 'map', 'length'),
  ]).toEqual([[], undefined, undefined, undefined, undefined]);
});

it.each([
  ['1.5', '1.5'],
  ['1e-7', '0.0000001'],
  ['1.0E+25', '10000000000000000000000000'],
  ['-2.5e1', '-25'],
  ['1e99', undefined],
  ['abc', undefined],
])('decimalAt reads %s as %s', (text, decimal) => {
  expect(decimalAt({ price: text }, 'price')).toBe(decimal);
});

describe('netPriceOf', () => {
  const priceOf = (totalPrice: string, tax: string, unitPrice: string) => ({
    unitPrice,
    totalPrice,
    calculatedTaxes: [{ tax, taxRate: '19' }],
  });

  it('cxml.md 7: quantity x unit price is the net total, for any gross total, tax and quantity', () => {
    const cents = fc
      .integer({ min: -1_000_000_000, max: 1_000_000_000 })
      .map((units) => formatDecimal({ units: BigInt(units), scale: 2 }));
    fc.assert(
      fc.property(
        cents,
        cents,
        fc.integer({ min: 1, max: 1_000_000_000 }),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        (total, tax, quantity, currency) => {
          const digits = { EUR: 2, JPY: 0, KWD: 3 }[currency] ?? 2;
          const price = netPriceOf(priceOf(total, tax, '1'), String(quantity), 'gross', currency);
          const line = round(multiply(parseDecimal(price.unitPrice), parseDecimal(String(quantity))), digits);
          expect(formatDecimal(line)).toBe(formatDecimal(round(price.total, digits)));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("keeps the shop's unit price where it gives the total, and not otherwise", () => {
    expect(netPriceOf(priceOf('20.16', '3.83', '10.08'), '2', 'net', 'EUR').unitPrice).toBe('10.08');
    expect(netPriceOf(priceOf('9.99', '0', '3.34'), '3', 'net', 'EUR').unitPrice).toBe('3.33');
    expect(netPriceOf(priceOf('10.00', '0', '5'), '7', 'tax-free', 'EUR').unitPrice).toBe('1.429');
  });

  it('rounds a total with more digits than its currency before dividing (a tie was lost in the unit price)', () => {
    const { unitPrice, total } = netPriceOf(priceOf('4837537.50', '0', '1'), '7', 'gross', 'JPY');
    expect([unitPrice, formatDecimal(total)]).toEqual(['691076.9', '4837538']);
  });

  it('is as short as possible', () => {
    expect(netPriceOf(priceOf('119', '19', '1.19'), '100', 'gross', 'EUR')).toMatchObject({ unitPrice: '1.00' });
    expect(formatDecimal(trimZeros(netPriceOf(priceOf('119', '19', '1.19'), '100', 'gross', 'EUR').total))).toBe('100');
  });
});

it('a container is a bundle and its children are its parts, priced within it', () => {
  const price = (totalPrice: number) => ({ unitPrice: totalPrice, quantity: 1, totalPrice, calculatedTaxes: [] });
  const child = {
    id: 'c',
    type: 'product',
    referencedId: 'p',
    quantity: 1,
    label: 'Part',
    price: price(5),
    children: [],
    payload: { productNumber: 'PART' },
  };
  const body = parseDecimalJson(
    JSON.stringify({
      price: { taxStatus: 'net', calculatedTaxes: [] },
      deliveries: null,
      lineItems: [
        {
          id: 'b',
          type: 'container',
          referencedId: null,
          quantity: 1,
          label: 'Set',
          price: price(5),
          children: [child],
          payload: [],
        },
      ],
    }),
  );
  const cart = cartOf(shopCartOf(body), {
    cartId: 'x',
    language: 'en',
    details: new Map(),
    context: {
      currency: 'EUR',
      languageId: undefined,
      country: undefined,
      customerId: 'c',
      taxState: 'net',
      permissions: [],
    },
    rules: { units: {}, unitField: 'u', classificationFields: {}, productUrl: () => undefined },
  });
  expect(cart.lines.map(({ lineId, kind, parentLineId, sku }) => [lineId, kind, parentLineId, sku])).toEqual([
    ['b', 'bundle', undefined, 'b'],
    ['c', 'product', 'b', 'PART'],
  ]);
});

it.each([
  ['<p>Writes <b>well</b>.</p>', 'Writes well.'],
  ['a<br/>b<li>c</li>\n d', 'a\nbc\nd'],
  ['5 &lt; 6 &amp;amp; &#228;&#xe4;&nbsp;&bogus;', '5 < 6 &amp; ää &bogus;'],
  ['x < y', 'x < y'],
  ['<script>alert(1)</script>ok', 'ok'],
])('plainText: %s', (html, text) => {
  expect(plainText(html)).toBe(text);
});

it('plainText takes time in proportion with hostile text', () => {
  expectProportional(300_000, (size) => {
    plainText('<'.repeat(size) + '<script>'.repeat(size / 10) + '&'.repeat(size));
  });
});

it('unitCodeOf: custom field, packing unit, measure of exactly one, else a piece', () => {
  const details = (change: Partial<ProductDetails>): ProductDetails => ({
    productId: 'p',
    productNumber: 'P',
    name: 'P',
    description: undefined,
    manufacturerName: undefined,
    manufacturerNumber: undefined,
    ean: undefined,
    packUnit: undefined,
    unitCode: undefined,
    purchaseUnit: undefined,
    categoryPath: [],
    categoryIds: [],
    customFields: {},
    ...change,
  });
  const code = (change: Partial<ProductDetails>): string =>
    unitCodeOf(details(change), { units: { eimer: 'BJ' }, unitField: 'me' });
  expect([
    code({}),
    code({ customFields: { me: 'CT' } }),
    code({ customFields: { me: 'nonsense' } }),
    code({ packUnit: 'Eimer' }),
    code({ packUnit: 'Paar' }),
    code({ unitCode: 'l', purchaseUnit: '0.75' }),
    code({ unitCode: 'm', purchaseUnit: '1' }),
  ]).toEqual(['EA', 'CT', 'EA', 'BJ', 'PR', 'EA', 'MTR']);
});

it('the cache is bounded and drops the least recently used', () => {
  const cache = new BoundedCache<number>({ maxEntries: 2, lifeSeconds: 10, now: () => 0 });
  cache.set('a', 1);
  cache.set('b', 2);
  cache.get('a');
  cache.set('c', 3);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
});

it('a limit blocks its bucket for whole seconds and no other bucket', () => {
  let clockMs = 0;
  const throttle = new Throttle(() => clockMs);
  throttle.hold('a', 10);
  clockMs = 9_001;
  expect([throttle.waitSeconds('a'), throttle.waitSeconds('b')]).toEqual([1, 0]);
  clockMs = 10_000;
  expect(throttle.waitSeconds('a')).toBe(0);
});
