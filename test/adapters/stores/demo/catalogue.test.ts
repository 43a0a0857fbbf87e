import { describe, expect, it } from '@jest/globals';
import {
  CATEGORIES,
  findProduct,
  MIXED_PRODUCTS,
  PRODUCTS,
  searchProducts,
} from '../../../../src/adapters/stores/demo/catalogue/catalogue.js';
import { priceOf, sellableQuantity } from '../../../../src/adapters/stores/demo/price.js';
import { compare, parseDecimal } from '../../../../src/domain/decimal.js';

function productOf(sku: string): (typeof PRODUCTS)[number] {
  const product = findProduct(sku);
  if (product === undefined) throw new Error(`no ${sku}`);
  return product;
}

describe('catalogue', () => {
  it('architecture.md section 6: some 60 articles, every number once, none lost in the mixed order', () => {
    expect(PRODUCTS.length).toBeGreaterThanOrEqual(55);
    expect(new Set(PRODUCTS.map(({ sku }) => sku)).size).toBe(PRODUCTS.length);
    expect(new Set(MIXED_PRODUCTS)).toEqual(new Set(PRODUCTS));
    for (const { id } of CATEGORIES) expect(searchProducts({ category: id }).length).toBeGreaterThan(5);
  });

  it('every GTIN has a valid check digit and is used once', () => {
    const gtins = PRODUCTS.flatMap(({ gtin }) => gtin ?? []);
    expect(new Set(gtins).size).toBe(gtins.length);
    for (const gtin of gtins) {
      expect(gtin).toMatch(/^952\d{10}$/);
      expect(
        gtin.split('').reduce((sum, digit, place) => sum + Number(digit) * (place % 2 === 0 ? 1 : 3), 0) % 10,
      ).toBe(0);
    }
  });

  it.each(PRODUCTS)(
    'oci.md 3: $sku fits (unit, codes, prices, tiers)',
    ({ unit, unspsc, eclass, price, priceBasis, tiers, sku }) => {
      expect(unit).toMatch(/^[A-Z0-9]{2,3}$/);
      expect(sku).toMatch(/^[A-Z0-9-]{1,18}$/);
      if (unspsc !== undefined) expect(unspsc).toMatch(/^\d{8}$/);
      if (eclass !== undefined) expect(eclass).toMatch(/^\d{8}$/);
      if (priceBasis !== undefined) expect(priceBasis).toMatch(/^10+$/);
      let [from, before] = ['0', price];
      for (const tier of tiers ?? []) {
        expect(compare(parseDecimal(tier.from), parseDecimal(from))).toBe(1);
        expect(compare(parseDecimal(tier.price), parseDecimal(before))).toBe(-1);
        [from, before] = [tier.from, tier.price];
      }
    },
  );

  it('PunchFlow: its two articles to the cent, without tiers', () => {
    expect(productOf('SKU-001')).toMatchObject({
      name: { de: 'Premium Widget', en: 'Premium Widget' },
      price: '499.99',
      manufacturer: 'WidgetCo',
      manufacturerPartId: 'WID-001',
      unit: 'EA',
      unspsc: '12345678',
    });
    expect(productOf('SKU-002')).toMatchObject({
      name: { de: 'Standard Gadget', en: 'Standard Gadget' },
      price: '300.01',
      unit: 'EA',
    });
    expect(productOf('SKU-001').tiers ?? productOf('SKU-002').tiers).toBeUndefined();
  });

  it('finds by every word, in number, name, maker or GTIN', () => {
    expect(searchProducts({ words: 'widgetco premium' }).map(({ sku }) => sku)).toEqual(['SKU-001']);
    expect(searchProducts({ words: 'B\u00dcRODREHSTUHL' }).map(({ sku }) => sku)).toEqual(['NB-1088']);
    expect(searchProducts({ words: 'nothing like that' })).toEqual([]);
  });
});

describe('priceOf', () => {
  it('uses the tier of the quantity', () => {
    const paper = productOf('NB-1010');
    expect(['1', '5', '49', '50', '240'].map((quantity) => priceOf(paper, quantity, { currency: 'EUR' }))).toEqual([
      '4.79',
      '4.29',
      '4.29',
      '3.85',
      '3.59',
    ]);
  });

  it('uses a price in the currency, else converts at the fixed rate', () => {
    const chair = productOf('NB-1088');
    expect([
      priceOf(chair, '1', { currency: 'CHF' }),
      priceOf(chair, '10', { currency: 'CHF' }),
      priceOf(productOf('NW-3028'), '1', { currency: 'USD' }),
    ]).toEqual(['375.00', '338.18', '3.3906']);
  });
});

describe('sellableQuantity', () => {
  it.each([
    '0',
    '-1',
    '1e9',
    'abc',
    '',
    '1,5',
    '0x10',
    ' 1',
    '1.5',
    '1000000000',
    '0.0',
    '99999999999999999999',
    'NaN',
    'Infinity',
  ])('refuses %s pieces', (quantity) => {
    expect(sellableQuantity(productOf('SKU-001'), quantity)).toBeUndefined();
  });

  it.each([
    ['SKU-001', '2.000', '2'],
    ['SKU-001', '999999999', '999999999'],
    ['NE-4012', '2.5', '2.5'],
    ['NE-4012', '0.001', '0.001'],
    ['NW-3011', '50', '50'],
    ['NW-3011', '51', '100'],
    ['NB-1010', '1', '5'],
  ])('%s: %s -> %s', (sku, wanted, got) => {
    expect(sellableQuantity(productOf(sku), wanted)).toBe(got);
  });

  it('refuses a quantity that the step would raise over the limit, and one finer than thousandths', () => {
    expect(sellableQuantity(productOf('NW-3011'), '999999999')).toBeUndefined();
    expect(sellableQuantity(productOf('NE-4012'), '0.0001')).toBeUndefined();
  });
});
