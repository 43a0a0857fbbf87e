import { expect, it } from '@jest/globals';
import { usualBuyer } from '../../../src/adapters/cart-encoder/sample-cart.js';
import { encodeLive } from '../../../src/adapters/index-encoder/encode-live.js';
import type { CatalogueProduct } from '../../../src/domain/cart/catalogue-product.js';
import { accept, refuse } from '../../../src/domain/error-codes.js';
import type { Store } from '../../../src/ports/store/store.js';
import { liveItems } from '../../../src/usecases/catalogue/live-items.js';
import { searchCatalogue } from '../../../src/usecases/catalogue/search-catalogue.js';
import { product } from '../../adapters/index-encoder/sample-product.js';
import { connectionWith } from '../../protocols/mapping/sample.js';

const buyer = { connection: connectionWith({}), email: '' };
const wish = { query: 'x', page: 1 };
const selling = (products: (CatalogueProduct | undefined)[]): Pick<Store, 'search' | 'catalogueProducts'> => ({
  search: async () => products.map((_, nth) => ({ supplierPartId: `hit-${nth}` })),
  catalogueProducts: async () => ({ currency: 'EUR', language: 'de', products }),
});

function searchOf(store: Pick<Store, 'search' | 'catalogueProducts'>, chooseCustomer = async () => accept(undefined)) {
  const itemsFor = liveItems({ store, encode: encodeLive, chooseCustomer, buyerOf: usualBuyer });
  return searchCatalogue({ store, itemsFor })(buyer, wish);
}

it('a shop that cannot search, or cannot tell what it sells to whom, is not searched', async () => {
  const { search, catalogueProducts } = selling([]);
  for (const store of [{}, { search }, { catalogueProducts }])
    expect(await searchOf(store)).toMatchObject({
      ok: false,
      refusal: { code: 'OPERATION_NOT_SUPPORTED', reason: expect.stringMatching(/no (search|products)/) },
    });
});

it('a person without a customer finds nothing: the refusal goes on', async () => {
  const refused = async () => refuse('SHIP_TO_UNKNOWN');
  expect(await searchOf(selling([]), refused)).toMatchObject({ ok: false, refusal: { code: 'SHIP_TO_UNKNOWN' } });
});

it('a search without hits asks for no products', async () => {
  const store = { ...selling([]), catalogueProducts: () => Promise.reject(new Error('asked')) };
  expect(await searchOf(store)).toEqual(accept({ total: 0, items: [] }));
});

it('finds what an index would have, and each article number once', async () => {
  const found = await searchOf(
    selling([
      product({ sku: 'A-1', unitPrice: '1.00' }),
      product({ sku: 'A-1', unitPrice: '2.00' }),
      undefined,
      product({ sku: 'GONE' }, { availability: 'sold_out' }),
      product({ sku: 'NO-PRICE', unitPrice: '' }),
      product({ sku: 'x'.repeat(256) }),
      product({ sku: 'B-1' }),
    ]),
  );
  expect(found.ok && found.value.items.map(({ sku, price }) => [sku, price])).toEqual([
    ['A-1', '1.00'],
    ['B-1', '12.50'],
  ]);
  expect(found).toMatchObject({ value: { total: 2 } });
});
