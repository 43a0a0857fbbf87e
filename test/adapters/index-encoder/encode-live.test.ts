import { expect, it } from '@jest/globals';
import { usualBuyer } from '../../../src/adapters/cart-encoder/sample-cart.js';
import { encodeLive } from '../../../src/adapters/index-encoder/encode-live.js';
import type { CartLine } from '../../../src/domain/cart/cart.js';
import { connectionWith } from '../../protocols/mapping/sample.js';
import { product } from './sample-product.js';

function encoded(change: Partial<CartLine>, settings: Parameters<typeof connectionWith>[0] = {}) {
  const connection = connectionWith(settings);
  return encodeLive({ connection, buyer: usualBuyer(connection), currency: 'EUR', language: 'en' }, product(change));
}

it('an article number of 255 characters is whole, a longer one keeps the product out', () => {
  expect(encoded({ sku: 'x'.repeat(255) }).entry?.sku).toBe('x'.repeat(255));
  const longer = encoded({ sku: 'x'.repeat(256) });
  expect([longer.entry, longer.faults]).toEqual([undefined, [expect.objectContaining({ kind: 'id_too_long' })]]);
});

it('a price that six decimals cannot hold keeps the product out', () => {
  expect(encoded({ unitPrice: '0.123456' }).entry?.price).toBe('0.123456');
  expect(encoded({ unitPrice: '0.1234567' })).toMatchObject({ faults: [{ kind: 'price_decimals' }] });
});

it('texts are cut to what Coupa takes, and not within a character', () => {
  const { entry } = encoded({
    name: '€'.repeat(300),
    manufacturerName: 'm'.repeat(300),
    description: 'd'.repeat(5000),
  });
  expect([entry?.name.length, entry?.manufacturerName?.length, entry?.description.length]).toEqual([255, 255, 4000]);
});

it('a product without a classification has none: the default of the connection says nothing about it', () => {
  expect(encoded({ classifications: [] }).entry?.classifications).toEqual([]);
  expect(encoded({}).entry?.classifications).toEqual([{ domain: 'UNSPSC', code: '27111602' }]);
});

it('an address of an image that no browser could load is left out', () => {
  expect(encoded({ imageUrl: 'javascript:alert(1)' }).entry?.imageUrl).toBeUndefined();
  expect(encoded({ imageUrl: 'https://shop.example.com/a.jpg' }).entry?.imageUrl).toContain('a.jpg');
});
