import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Cart, CartLine } from '../../../src/domain/cart/cart.js';
import { cartTotal, lineAmount } from '../../../src/domain/cart/cart-total.js';
import { grossCart } from '../../../src/domain/cart/gross-prices.js';
import { add, divide, formatDecimal, multiply, parseDecimal } from '../../../src/domain/decimal.js';

const line = (more: Partial<CartLine>): CartLine => ({
  lineId: '1',
  kind: 'product',
  sku: 'A',
  productKey: 'A',
  auxiliaryId: 'a',
  quantity: '1',
  unitPrice: '10.00',
  priceBasis: '1',
  unit: 'EA',
  name: 'A',
  classifications: [],
  customFields: {},
  ...more,
});
const cart = (lines: CartLine[], more: Partial<Cart> = {}): Cart => ({
  cartId: 'c',
  contentMark: '1',
  currency: 'EUR',
  language: 'de',
  lines,
  ...more,
});
const grossOf = (given: Cart): Cart => {
  const made = grossCart(given);
  if (!made.ok) throw new Error(made.refusal.reason);
  return made.value;
};

describe('grossCart', () => {
  it.each([
    ['by the rate, exactly', { taxRate: '19' }, '11.90', '1'],
    ['by the rate, with more digits', { unitPrice: '4.29', taxRate: '19', quantity: '3' }, '5.1051', '1'],
    ['rate and amount agree', { unitPrice: '4.29', taxRate: '19', quantity: '3', taxAmount: '2.45' }, '5.1051', '1'],
    ["the shop's amount counts", { unitPrice: '4.29', taxRate: '19', quantity: '3', taxAmount: '2.46' }, '15.33', '3'],
    ['by the amount alone', { unitPrice: '-5.00', taxAmount: '-0.95' }, '-5.95', '1'],
    ['no tax', { taxRate: '0' }, '10.00', '1'],
    ['free', { unitPrice: '0' }, '0', '1'],
  ])('%s', (_, given, unitPrice, priceBasis) => {
    const [made] = grossOf(cart([line(given)])).lines;
    expect([made?.unitPrice, made?.priceBasis, made?.taxAmount]).toEqual([unitPrice, priceBasis, undefined]);
  });

  it('refuses a line without any tax, with its place', () => {
    expect(grossCart(cart([line({ taxRate: '19' }), line({ sku: 'B' })]))).toMatchObject({
      ok: false,
      refusal: { code: 'CART_NOT_ENCODABLE', details: { line: 2, sku: 'B', field: 'taxRate' } },
    });
  });

  it('shipping gets the tax that is not of lines; no tax stands beside the prices', () => {
    const given = cart([line({ taxRate: '19', taxAmount: '1.90' })], {
      shipping: { amount: '5.00', description: 'Parcel' },
      tax: { amount: '2.85', description: 'VAT' },
    });
    expect(grossOf(given)).toMatchObject({ shipping: { amount: '5.95' } });
    expect(grossOf(given).tax).toBeUndefined();
  });

  it('the total is always net and tax, to the cent', () => {
    const lines = fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 9999 }).map(String),
        unitPrice: fc
          .integer({ min: -99_999, max: 999_999 })
          .map((cents) => formatDecimal({ units: BigInt(cents), scale: 2 })),
        taxRate: fc.constantFrom('0', '7', '19', '8.1'),
        drift: fc.integer({ min: -2, max: 2 }),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(lines, (drawn) => {
        const made = drawn.map(({ drift, ...each }) => {
          const net = lineAmount(line(each), 'EUR');
          const tax = divide(multiply(net, parseDecimal(each.taxRate)), parseDecimal('100'), 2);
          return line({ ...each, taxAmount: formatDecimal(add(tax, { units: BigInt(drift), scale: 2 })) });
        });
        const counted = made.filter(({ unitPrice }) => parseDecimal(unitPrice).units !== 0n);
        const wanted = counted.reduce(
          (sum, each) => add(sum, add(lineAmount(each, 'EUR'), parseDecimal(each.taxAmount ?? '0'))),
          parseDecimal('0.00'),
        );
        expect(cartTotal(grossOf(cart(made)).lines, 'EUR')).toBe(formatDecimal(wanted));
      }),
    );
  });
});
