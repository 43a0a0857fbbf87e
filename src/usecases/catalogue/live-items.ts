import type { Connection } from '../../domain/access/connection.js';
import type { CatalogueProduct } from '../../domain/cart/catalogue-product.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { EncodeLive, LiveItem } from '../../ports/index-encoder.js';
import type { Store } from '../../ports/store/store.js';
import type { WantedProduct } from '../../ports/store/store-catalogue.js';
import type { ChooseCustomer } from '../punchout/choose-customer.js';

interface Deps {
  store: Pick<Store, 'catalogueProducts'>;
  encode: EncodeLive;
  chooseCustomer: ChooseCustomer;
  /** A call-up as a buyer of the connection sends it. */
  buyerOf: (connection: Connection) => Transmission;
}

/** Who asks, outside a session. */
export interface LiveBuyer {
  connection: Connection;
  /** Empty: unknown. */
  email: string;
}

/** A product that the shop sells to the buyer, and as the answer holds it. */
export interface FoundItem extends LiveItem {
  product: CatalogueProduct;
}

/** What one buyer may buy, at their prices. */
export interface LiveItems {
  /** Of their call-ups. */
  language?: string | undefined;
  currency?: string | undefined;
  /** In the order of `items`, at most 100; undefined for one that is not sold to this buyer. */
  read(items: readonly WantedProduct[]): Promise<(FoundItem | undefined)[]>;
}

export type ReadLiveItems = (buyer: LiveBuyer) => Promise<Outcome<LiveItems>>;

/**
 * Products of the shop for a buyer of a connection, without a session. Prices are those of the customer that a call-up
 * of this buyer would get (open-buy.md 2 and 6).
 */
export function liveItems({ store, encode, chooseCustomer, buyerOf }: Deps): ReadLiveItems {
  return async ({ connection, email }) => {
    if (store.catalogueProducts === undefined)
      return refuse('OPERATION_NOT_SUPPORTED', 'This shop has no products for buyers outside a session.');
    const extrinsics = email === '' ? [] : [{ name: 'UserEmail', value: email }];
    const chosen = await chooseCustomer(connection, { extrinsics });
    if (!chosen.ok) return chosen;
    const usual = buyerOf(connection);
    const request = { ...usual.request, buyer: { email }, extrinsics, shopCustomer: chosen.value };
    const buyer = { ...usual, request };
    return accept({
      language: request.language,
      currency: request.currency,
      async read(items) {
        if (items.length === 0) return [];
        const found = await store.catalogueProducts?.(buyer, items);
        if (found === undefined) return items.map(() => undefined);
        const { currency, language, products } = found;
        const terms = { connection, buyer, currency, language };
        return products.map((product) => product && { product, ...encode(terms, product) });
      },
    });
  };
}
