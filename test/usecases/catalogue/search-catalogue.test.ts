import { expect, it } from '@jest/globals';
import { usualBuyer } from '../../../src/adapters/cart-encoder/sample-cart.js';
import { accept, refuse } from '../../../src/domain/error-codes.js';
import { searchCatalogue } from '../../../src/usecases/catalogue/search-catalogue.js';
import { connectionWith } from '../../protocols/mapping/sample.js';

const connection = connectionWith({});
const wish = { query: 'x', page: 1, email: '' };
const chooseCustomer = async () => accept(undefined);
const found = {
  search: async () => [],
  catalogueProducts: async () => ({ currency: 'EUR', language: 'de', products: [] }),
};

it('a shop that cannot search, or cannot tell what it sells to whom, is not searched', async () => {
  for (const store of [{}, { search: found.search }, { catalogueProducts: found.catalogueProducts }])
    expect(await searchCatalogue({ store, chooseCustomer, buyerOf: usualBuyer })(connection, wish)).toMatchObject({
      ok: false,
      refusal: { code: 'OPERATION_NOT_SUPPORTED', reason: expect.stringContaining('no search') },
    });
});

it('a person without a customer finds nothing: the refusal goes on', async () => {
  const refused = async () => refuse('SHIP_TO_UNKNOWN');
  const search = searchCatalogue({ store: found, chooseCustomer: refused, buyerOf: usualBuyer });
  expect(await search(connection, wish)).toMatchObject({ ok: false, refusal: { code: 'SHIP_TO_UNKNOWN' } });
});

it('a search without hits asks for no products', async () => {
  const store = { ...found, catalogueProducts: () => Promise.reject(new Error('asked')) };
  const search = searchCatalogue({ store, chooseCustomer, buyerOf: usualBuyer });
  expect(await search(connection, wish)).toEqual(accept({ total: 0, products: [] }));
});
