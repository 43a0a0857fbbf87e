import type { Connection } from '../../domain/access/connection.js';
import type { CatalogueProduct } from '../../domain/cart/catalogue-product.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { Store } from '../../ports/store/store.js';
import type { ChooseCustomer } from '../punchout/choose-customer.js';

interface Deps {
  store: Pick<Store, 'search' | 'catalogueProducts'>;
  chooseCustomer: ChooseCustomer;
  /** A call-up as a buyer of the connection sends it. */
  buyerOf: (connection: Connection) => Transmission;
}

export interface SearchWish {
  query: string;
  /** 1 for the first. */
  page: number;
  /** Who searches; empty: unknown. */
  email: string;
}

/** One page of what this buyer may buy. */
export interface FoundProducts {
  /** On all pages. */
  total: number;
  products: CatalogueProduct[];
}

/** Most products of one search, on all its pages. */
const MOST_FOUND = 100;
const PAGE_SIZE = 20;

/**
 * Searches the shop for a buyer of a connection, without a session. Prices are those of the customer that a call-up of
 * this buyer would get (open-buy.md 2).
 */
export function searchCatalogue({
  store,
  chooseCustomer,
  buyerOf,
}: Deps): (connection: Connection, wish: SearchWish) => Promise<Outcome<FoundProducts>> {
  return async (connection, { query, page, email }) => {
    if (store.search === undefined || store.catalogueProducts === undefined)
      return refuse('OPERATION_NOT_SUPPORTED', 'This shop has no search for buyers outside a session.');
    const extrinsics = email === '' ? [] : [{ name: 'UserEmail', value: email }];
    const chosen = await chooseCustomer(connection, { extrinsics });
    if (!chosen.ok) return chosen;
    const usual = buyerOf(connection);
    const request = { ...usual.request, buyer: { email }, extrinsics, shopCustomer: chosen.value };
    const { language, currency } = request;
    const items = await store.search(query, MOST_FOUND, { language, currency, tenantId: connection.tenantId });
    const found = items.length === 0 ? [] : (await store.catalogueProducts({ ...usual, request }, items)).products;
    const sold = found.filter((product) => product !== undefined);
    return accept({ total: sold.length, products: sold.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE) });
  };
}
