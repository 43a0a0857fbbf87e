import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseDecimalJson, decimalAt } from '../../../../src/adapters/stores/exchange/json-reading.js';
import { cartOf } from '../../../../src/adapters/stores/shopware/cart/cart-view.js';
import { type ShopCart, shopCartOf } from '../../../../src/adapters/stores/shopware/cart/shop-cart.js';
import type { Cart } from '../../../../src/domain/cart/cart.js';
import type { PromotionRule, ShippingPlace } from '../../../../src/domain/mapping/mapping.js';
import { cents, expectSentTotals } from '../../../contracts/sent-totals.js';
import { type CartItem, cartJson, type TaxState } from './double/cart-json.js';
import { idOf, PRODUCTS } from './double/shop-data.js';
import { itWithReference, referencePath, referenceText } from '../../../support/reference.js';

const RECORDINGS = 'shopware/recordings';
const RULES = { units: {}, unitField: 'u', classificationFields: {}, productUrl: () => undefined };

function read(shopCart: ShopCart): Cart {
  return cartOf(shopCart, {
    cartId: 'c',
    language: 'en',
    details: new Map(),
    context: {
      currency: 'EUR',
      languageId: undefined,
      country: undefined,
      customerId: undefined,
      taxState: undefined,
      permissions: [],
    },
    rules: RULES,
  });
}

function expectTotals(shopCart: ShopCart, ...choices: [ShippingPlace[]?, PromotionRule[]?]): void {
  const cart = read(shopCart);
  if (cart.lines.length > 0)
    expectSentTotals(cart, cents(decimalAt(shopCart.body, 'price', 'netPrice') ?? ''), ...choices);
}

describe('totals from Shopware survive into cXML and OCI', () => {
  itWithReference(RECORDINGS)('every recorded cart', () => {
    let carts = 0;
    for (const name of readdirSync(referencePath(RECORDINGS)).filter((file) => file.endsWith('.json'))) {
      const { response } = JSON.parse(referenceText(`${RECORDINGS}/${name}`)) as {
        response: { body: { apiAlias?: string; lineItems?: unknown[] } | null };
      };
      if (response.body?.apiAlias !== 'cart') continue;
      expectTotals(shopCartOf(parseDecimalJson(JSON.stringify(response.body))));
      carts += (response.body.lineItems ?? []).length > 0 ? 1 : 0;
    }
    expect(carts).toBeGreaterThan(10);
  });

  const sold = PRODUCTS.filter(({ isParent }) => isParent !== true);
  const item: fc.Arbitrary<CartItem> = fc
    .record({
      product: fc.constantFrom(...sold),
      quantity: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 9999 })),
      price: fc.option(
        fc.integer({ min: 1, max: 999_999 }).map((units) => units / 100),
        { nil: undefined },
      ),
    })
    .map(({ product, quantity, price }) => ({
      id: product.id,
      type: 'product' as const,
      referencedId: product.id,
      quantity,
      ...(price === undefined ? {} : { price }),
    }));
  const carts = fc.record({
    items: fc.uniqueArray(item, { minLength: 1, maxLength: sold.length, selector: ({ id }) => id }),
    promotion: fc.boolean(),
    taxState: fc.constantFrom<TaxState>('net', 'gross', 'tax-free'),
    factor: fc.constantFrom(1, 0.5, 1.0823),
    place: fc.constantFrom<ShippingPlace>('header', 'line', 'none'),
    rule: fc.constantFrom<PromotionRule>('negative_line', 'spread'),
    shipping: fc.constantFrom({ net: 0, gross: 0 }, { net: 4.2, gross: 5 }, { net: 12.61, gross: 15.01 }),
  });

  it('1,000 random carts: net, gross, tax free, tier prices, promotions, shipping, other currencies', () => {
    fc.assert(
      fc.property(carts, ({ items, promotion, taxState, factor, shipping, place, rule }) => {
        const lines: CartItem[] = promotion
          ? [...items, { id: idOf('disc10'), type: 'promotion', referencedId: 'TEN', quantity: 1 }]
          : items;
        expectTotals(
          shopCartOf(
            parseDecimalJson(
              JSON.stringify(
                cartJson('token', lines, [], { taxState, factor, language: 'en', shipping, goods: PRODUCTS }),
              ),
            ),
          ),
          [place],
          [rule],
        );
      }),
      { numRuns: 1000 },
    );
  }, 120_000);
});
