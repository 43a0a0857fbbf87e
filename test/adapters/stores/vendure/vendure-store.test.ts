import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { cartOf } from '../../../../src/adapters/stores/vendure/cart/order-cart.js';
import { shopOrderOf } from '../../../../src/adapters/stores/vendure/cart/shop-order.js';
import { tokenSeal } from '../../../../src/adapters/stores/exchange/sealed-token.js';
import type { Json } from '../../../../src/adapters/stores/exchange/json-reading.js';
import type { Cart, CartRef } from '../../../../src/domain/cart/cart.js';
import { cents, expectSentTotals } from '../../../contracts/sent-totals.js';
import { transmissionOf } from '../../../contracts/store.contract.js';
import { describeVendure, openVendure, type OpenVendure, SEALING_SECRET, VENDURE_URL } from './open-vendure.js';

const ACME = { tenantId: 'acme', connectionId: 'erp' };
const tokenOf = (cart: CartRef): string =>
  tokenSeal(SEALING_SECRET, 'vendure').open(cart.handle?.['token'] ?? '', cart.id);

/** The Shop API with the cart's session. */
// oxlint-disable-next-line typescript/no-explicit-any -- answers of the shop
async function ask(cart: CartRef, query: string, channel = 'net'): Promise<any> {
  const answer = await fetch(`${VENDURE_URL}/shop-api?currencyCode=${cart.handle?.['currency'] ?? 'EUR'}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenOf(cart)}`, 'vendure-token': channel },
    body: JSON.stringify({ query }),
  });
  return ((await answer.json()) as { data: unknown }).data;
}

describeVendure('Vendure store, on a real server', () => {
  let shop: OpenVendure;
  beforeAll(async () => {
    shop = await openVendure();
  });
  afterAll(() => shop.close());
  const reasonOf = (act: Promise<unknown>): Promise<string> =>
    act.then(
      () => 'no fault',
      (fault: Error) => fault.message,
    );

  it('the token is in the handle sealed, bound to its cart', async () => {
    const store = shop.storeWith();
    const cart = await store.openCart(transmissionOf(ACME));
    expect(JSON.stringify(cart)).not.toContain(tokenOf(cart));
    expect(await reasonOf(store.readCart({ ...cart, id: 'another' }))).toMatch(/cannot be opened/);
    expect(await reasonOf(store.readCart({ store: 'vendure', id: 'x' }))).toMatch(/no cart of a Vendure store/);
  });

  it('a lost session is reported, never shown as an empty cart', async () => {
    const store = shop.storeWith();
    const cart = await store.openCart(transmissionOf(ACME));
    const lost = {
      ...cart,
      handle: { ...cart.handle, token: tokenSeal(SEALING_SECRET, 'vendure').seal('f'.repeat(64), cart.id) },
    };
    for (const act of [
      store.readCart(lost),
      store.addLines(lost, [{ supplierPartId: 'SKU-PEN', quantity: '1' }]),
      store.changeLine(lost, '1', '2'),
      store.removeLine(lost, '1'),
    ])
      expect(await reasonOf(act)).toContain('STORE_SESSION_LOST');
    expect(await store.deleteCart(lost)).toBe('deleted');
  });

  it('one active order per customer: an order left open by a customer is emptied', async () => {
    const store = shop.storeWith({ customer: () => ({ username: 'berta@acme.test', password: 'throwaway-password' }) });
    const first = await store.openCart(transmissionOf(ACME));
    await store.addLines(first, [{ supplierPartId: 'SKU-PEN', quantity: '3' }]);
    const second = await store.openCart(transmissionOf(ACME));
    expect((await store.readCart(second)).lines).toEqual([]);
    expect(await ask(second, '{ activeCustomer { emailAddress } }')).toEqual({
      activeCustomer: { emailAddress: 'berta@acme.test' },
    });
    const wrong = shop.storeWith({ customer: () => ({ username: 'berta@acme.test', password: 'wrong' }) });
    expect(await reasonOf(wrong.openCart(transmissionOf(ACME)))).toMatch(/INVALID_CREDENTIALS_ERROR/);
  });

  it('limits of an order and stock: requested against received', async () => {
    const store = shop.storeWith();
    const cart = await store.openCart(transmissionOf(ACME));
    const results = await store.addLines(
      cart,
      [
        ['SKU-PEN', '5001'],
        ['SKU-BOOK', '4'],
        ['SKU-LAMP', '2'],
        ['SKU-GONE', '1'],
        ['sku-paper', '1'],
      ].map(([supplierPartId = '', quantity = '']) => ({ supplierPartId, quantity })),
    );
    expect(results.map(({ supplierPartId, got, fault }) => [supplierPartId, got, fault])).toEqual([
      ['SKU-PEN', '0', 'quantity_invalid'],
      ['SKU-BOOK', '4', undefined],
      ['SKU-LAMP', '2', undefined],
      ['SKU-GONE', '0', 'sold_out'],
      ['SKU-PAPER', '1', undefined],
    ]);
    const book = (await store.readCart(cart)).lines.find(({ sku }) => sku === 'SKU-BOOK');
    expect(await store.changeLine(cart, book?.lineId ?? '', '9')).toEqual({
      supplierPartId: 'SKU-BOOK',
      requested: '9',
      got: '5',
      fault: 'quantity_changed',
    });
    // By OCI's PRODUCTID, which is our key; a missing article next to an existing one.
    expect(await store.productPath({ supplierPartId: book?.productKey ?? '' })).toBe('/products/handbook');
    expect(
      await store.addLines(cart, [
        { supplierPartId: 'X', auxiliaryId: '1.99999', quantity: '1' },
        { supplierPartId: 'SKU-SHIRT-L', quantity: '1' },
      ]),
    ).toMatchObject([{ fault: 'unknown_product' }, { got: '1' }]);
    expect((await store.readCart(cart)).lines.find(({ sku }) => sku === 'SKU-SHIRT-L')?.name).toBe('Shirt (Size: L)');
  });

  it('changes currency, language and site of a live cart; reports what it cannot change', async () => {
    const store = shop.storeWith({ sites: { shop: 'gross' } });
    const cart = await store.openCart(transmissionOf(ACME));
    await store.addLines(cart, [{ supplierPartId: 'SKU-PEN', quantity: '10' }]);
    for (const [wish, unknown] of [
      [{ currency: 'JPY' }, 'currency'],
      [{ language: 'fr' }, 'language'],
      [{ country: 'AT' }, 'country'],
      [{ site: 'elsewhere' }, 'site'],
    ] as const)
      expect(await store.changeContext(cart, wish)).toEqual({ ok: false, unknown });
    const changed = await store.changeContext(cart, { currency: 'CHF', language: 'de-CH' });
    if (!changed.ok) throw new Error(changed.unknown);
    expect(await store.readCart(changed.cart)).toMatchObject({
      currency: 'CHF',
      language: 'de',
      lines: [{ name: 'Kugelschreiber, blau', unitPrice: '1.28', quantity: '10' }],
    });
    // A write in the cart's currency keeps it.
    await store.addLines(changed.cart, [{ supplierPartId: 'SKU-LAMP', quantity: '1' }]);
    expect((await store.readCart(changed.cart)).currency).toBe('CHF');
    const moved = await store.changeContext(changed.cart, { site: 'shop', currency: 'EUR' });
    if (!moved.ok) throw new Error(moved.unknown);
    const lines = new Map(
      (await store.readCart(moved.cart)).lines.map(({ sku, quantity, unitPrice }) => [sku, [quantity, unitPrice]]),
    );
    expect(lines).toEqual(
      new Map([
        ['SKU-PEN', ['10', '1.00']],
        ['SKU-LAMP', ['1', '16.80']],
      ]),
    );
    expect((await store.readCart(changed.cart)).lines).toEqual([]);
  });

  it.each([
    ['net', 'standard-shipping'],
    ['gross', 'standard-shipping'],
    ['net', undefined],
  ])(
    'architecture.md decision 8: random carts of the %s channel, shipping %s: totals survive into cXML and OCI',
    async (channelToken, shippingMethod) => {
      const store = shop.storeWith({ channelToken, ...(shippingMethod === undefined ? {} : { shippingMethod }) });
      const line = fc.record({
        supplierPartId: fc.constantFrom(
          'SKU-PEN',
          'SKU-LAMP',
          'SKU-PAPER',
          'SKU-WASHER',
          'SKU-SHIRT-S',
          'SKU-SHIRT-L',
          'SKU-ENGINE',
        ),
        quantity: fc.integer({ min: 1, max: 99 }).map(String),
      });
      const wishes = fc.record({
        lines: fc.uniqueArray(line, { minLength: 1, maxLength: 7, selector: ({ supplierPartId }) => supplierPartId }),
        coupons: fc.subarray(['TEN', 'THREE', 'FREE']),
        currency: fc.constantFrom('EUR', 'CHF'),
      });
      for (const { lines, coupons, currency } of fc.sample(wishes, { numRuns: 4 })) {
        const cart = await store.openCart(transmissionOf(ACME, { currency }));
        await store.addLines(cart, lines);
        for (const coupon of coupons)
          await ask(cart, `mutation { applyCouponCode(couponCode: "${coupon}") { __typename } }`, channelToken);
        const read = await store.readCart(cart);
        const { activeOrder } = await ask(cart, '{ activeOrder { total totalWithTax currencyCode } }', channelToken);
        expect([activeOrder.currencyCode, cents(read.tax?.amount ?? '')]).toEqual([
          read.currency,
          BigInt(activeOrder.totalWithTax - activeOrder.total),
        ]);
        expectSentTotals(read, BigInt(activeOrder.total));
        await store.deleteCart(cart);
      }
    },
    120_000,
  );
});

describe('orders of Vendure as carts', () => {
  const RULES = { units: { stück: 'EA' }, priceDigits: 'iso' as const, productUrl: () => undefined };
  const read = (order: object, rules: Parameters<typeof cartOf>[1]['rules'] = RULES): Cart =>
    cartOf(shopOrderOf(order as Json), { cartId: 'c', language: 'en', currency: 'EUR', details: new Map(), rules });
  /** Like Vendure: exact unit prices are rounded per line, discounts separately. */
  const lineOf = (
    id: number,
    list: number,
    quantity: number,
    rate: number,
    gross: boolean,
    off: number,
  ): Record<string, Json> => {
    const net = gross ? list / (1 + rate / 100) : list;
    const amount = Math.round((gross ? off / (1 + rate / 100) : off) * -1);
    return {
      id: String(id),
      quantity: String(quantity),
      unitPrice: String(Math.round(net)),
      linePrice: String(Math.round(net * quantity)),
      linePriceWithTax: String(Math.round(net * (1 + rate / 100) * quantity)),
      taxRate: String(rate),
      discounts:
        off === 0
          ? []
          : [
              {
                adjustmentSource: 'PROMOTION:1',
                description: 'Off',
                amount: String(amount),
                amountWithTax: String(amount),
              },
            ],
      productVariant: { id: String(id), productId: String(id), sku: `S${id}`, name: `N${id}` },
    };
  };

  it("cxml.md 7: 1,000 random orders: lines, discounts and charges add up to the order's own net total", () => {
    const line = fc.record({
      list: fc.integer({ min: 1, max: 999_999 }),
      quantity: fc.integer({ min: 1, max: 9999 }),
      rate: fc.constantFrom(0, 7, 19, 7.7, 8.1),
      share: fc.constantFrom(0, 0.05, 0.1, 0.33),
    });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        fc.integer({ min: 0, max: 2000 }),
        fc.option(fc.integer({ min: -500, max: 500 }), { nil: undefined }),
        fc.integer({ min: -3, max: 3 }),
        (lines, gross, shipping, surcharge, drift) => {
          const bodies = lines.map(({ list, quantity, rate, share }, nth) =>
            lineOf(nth + 1, list, quantity, rate, gross, Math.floor(list * quantity * share)),
          );
          const exact = bodies.reduce(
            (sum, body) =>
              sum +
              Number(body['linePrice']) +
              (body['discounts'] as { amount: string }[]).reduce((all, { amount }) => all + Number(amount), 0),
            surcharge ?? 0,
          );
          const isDiscounted = bodies.some(({ discounts }) => (discounts as Json[]).length > 0);
          const subTotal = exact + (isDiscounted ? drift : 0);
          const order = {
            state: 'AddingItems',
            currencyCode: 'EUR',
            couponCodes: [],
            subTotal: String(subTotal),
            total: String(subTotal + shipping),
            totalWithTax: String(subTotal + shipping),
            shipping: String(shipping),
            lines: bodies,
            surcharges:
              surcharge === undefined
                ? []
                : [
                    {
                      id: '1',
                      sku: 'FEE',
                      description: 'Fee',
                      price: String(surcharge),
                      priceWithTax: String(surcharge),
                      taxRate: '0',
                    },
                  ],
            shippingLines: [],
          };
          if (subTotal > 0)
            expectSentTotals(read(order), BigInt(subTotal + shipping), ['header', 'line', 'none'], ['negative_line']);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("integers become amounts by ISO 4217, or by the shop's own digits", () => {
    const order = (currencyCode: string): object => ({
      state: 'AddingItems',
      currencyCode,
      subTotal: '123400',
      total: '123400',
      totalWithTax: '123400',
      shipping: '0',
      lines: [lineOf(1, 123_400, 1, 0, false, 0)],
    });
    expect(['EUR', 'JPY', 'KWD'].map((currency) => read(order(currency)).lines[0]?.unitPrice)).toEqual([
      '1234.00',
      '123400',
      '123.400',
    ]);
    expect(
      ['EUR', 'JPY', 'KWD'].map((currency) => read(order(currency), { ...RULES, priceDigits: 2 }).lines[0]?.unitPrice),
    ).toEqual(['1234.00', '1234', '1234.000']);
  });

  it('a placed order is no cart', () => {
    expect(() => read({ state: 'PaymentSettled', lines: [] })).toThrow(/PaymentSettled/);
    expect(() => read({ lines: null })).toThrow(/no order/);
  });
});
