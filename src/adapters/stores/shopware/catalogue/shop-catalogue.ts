import type { CatalogueProduct } from '../../../../domain/cart/catalogue-product.js';
import type { ItemKey } from '../../../../domain/transmission/setup-request.js';
import type { Transmission } from '../../../../domain/transmission/transmission.js';
import type {
  CataloguePage,
  CatalogueProducts,
  CatalogueWish,
  WantedProduct,
} from '../../../../ports/store/store-catalogue.js';
import type { StoreCategory } from '../../../../ports/store/store.js';
import { type Json, listAt, textAt } from '../../exchange/json-reading.js';
import { Deadline, inChunks, MAX_PER_REQUEST } from '../../exchange/throttle.js';
import type { StoreApi } from '../api/store-api.js';
import { storeFault } from '../api/store-fault.js';
import type { LineRules } from '../cart/cart-line.js';
import type { CartOpener } from '../session/cart-opener.js';
import type { CartSession } from '../session/cart-sessions.js';
import { logOut } from '../session/open-context.js';
import type { SalesChannelChoices } from '../session/sales-channel.js';
import { assertCustomer, readContext } from '../session/shop-context.js';
import type { ShopCustomers } from '../session/shop-customers.js';
import {
  type CatalogueView,
  catalogueProductOf,
  CATALOGUE_ASSOCIATIONS,
  CATALOGUE_FIELDS,
} from './catalogue-product.js';
import { findItems, type FoundProduct, readCategories, searchProducts } from './find-products.js';
import type { ProductDetailsCache } from './product-details.js';

interface Deps {
  api: StoreApi;
  details: ProductDetailsCache;
  choices: SalesChannelChoices;
  customers: ShopCustomers | undefined;
  opener: CartOpener;
  rules: LineRules;
  /** Longest time of one operation with all its requests. */
  operationMs: number;
}

const REQUESTS_PER_PAGE = 5;
/** Begins a cursor, so that an empty one differs from none. */
const BEHIND = 'n';

/** What the shop sells: found by key or words, and listed for the buyers of a connection. */
export class ShopCatalogue {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async find(item: ItemKey): Promise<FoundProduct | undefined> {
    return (await findItems(this.#deps.details, { deadline: this.#deadline() }, [item]))(item);
  }

  /** In the requested language, as keys of items. */
  async search(query: string, limit: number, language: string | undefined): Promise<ItemKey[]> {
    const { api, details, choices } = this.#deps;
    const deadline = this.#deadline();
    const languageId = await choices.languageIdFor(language, deadline);
    return searchProducts(api, details, { languageId, deadline }, query, limit);
  }

  categories(): Promise<StoreCategory[]> {
    return readCategories(this.#deps.api, this.#deadline());
  }

  /**
   * Products in the order of their article numbers, which are unique in a shop. The database compares and sorts them by
   * the same rules (shopware.md 9.1), so the next page begins behind the last number, whatever was added or removed
   * meanwhile. An empty answer ends the list: a short one may be short because a product was deleted meanwhile (9.2).
   */
  page({ buyer, after }: CatalogueWish): Promise<CataloguePage> {
    return this.#asBuyer(buyer, async (session, view) => {
      const products: CatalogueProduct[] = [];
      let last = after === undefined ? undefined : numberIn(after);
      for (let request = 0; request < REQUESTS_PER_PAGE && (request === 0 || this.#hasTime(session)); request += 1) {
        const found = await this.#read(session, {
          sort: [{ field: 'productNumber', order: 'ASC' }],
          ...(last === undefined
            ? {}
            : { filter: [{ type: 'range', field: 'productNumber', parameters: { gt: last } }] }),
        });
        if (found.length === 0) return { ...termsOf(view), products };
        last = textAt(found.at(-1), 'productNumber');
        if (last === undefined) throw storeFault('a product of the catalogue lacks productNumber');
        products.push(...found.flatMap((product) => catalogueProductOf(product, view) ?? []));
      }
      return { ...termsOf(view), products, next: `${BEHIND}${last ?? ''}` };
    });
  }

  products(buyer: Transmission, items: readonly WantedProduct[]): Promise<CatalogueProducts> {
    return this.#asBuyer(buyer, async (session, view) => {
      const find = await findItems(this.#deps.details, session, items);
      const ids = items.map((item) => find(item)?.productId);
      const wanted = [...new Set(ids.flatMap((id) => id ?? []))];
      const found = await inChunks(wanted, (chunk) => this.#read(session, { ids: chunk }));
      const byId = new Map(found.map((product) => [textAt(product, 'id'), product]));
      const products = items.map(({ quantity }, nth) => {
        const product = byId.get(ids[nth]);
        return product === undefined ? undefined : catalogueProductOf(product, view, quantity);
      });
      return { ...termsOf(view), products };
    });
  }

  /** Runs `act` in a context of the buyer's customer, and ends that context. */
  async #asBuyer<T>(buyer: Transmission, act: (session: CartSession, view: CatalogueView) => Promise<T>): Promise<T> {
    const { api, opener, choices, customers, rules } = this.#deps;
    const deadline = this.#deadline();
    const { contextToken, customerId, guestId, isOwn, languageId, language } = await opener.visit(buyer, deadline);
    const session = { contextToken, languageId, deadline };
    try {
      const context = await readContext(api, session);
      assertCustomer(context, customerId);
      const { currency, taxState } = context;
      if (taxState === undefined) throw storeFault('the context does not say whether its prices are net or gross');
      const { languages } = await choices.read(deadline);
      const tagOf = (id: string): string | undefined => languages.find((known) => known.languageId === id)?.tag;
      return await act(session, { currency, taxState, language, languageId, tagOf, rules });
    } finally {
      // What was read is whole. The shop drops a context that stays after a day.
      if (!isOwn) await logOut(api, session).catch(() => undefined);
      if (guestId !== undefined) await customers?.discard(guestId);
    }
  }

  async #read(session: CartSession, criteria: object): Promise<Json[]> {
    const body = {
      limit: MAX_PER_REQUEST,
      ...criteria,
      associations: CATALOGUE_ASSOCIATIONS,
      includes: CATALOGUE_FIELDS,
    };
    return listAt(await this.#deps.api.read(session, { method: 'POST', path: '/product', body }), 'elements');
  }

  #deadline(): Deadline {
    return new Deadline(this.#deps.operationMs);
  }

  #hasTime({ deadline }: CartSession): boolean {
    return deadline.remainingMs() > this.#deps.operationMs / 2;
  }
}

function termsOf({ currency, language }: CatalogueView): { currency: string; language: string } {
  return { currency, language };
}

function numberIn(cursor: string): string {
  if (!cursor.startsWith(BEHIND)) throw storeFault('this is no place in a catalogue of Shopware');
  return cursor.slice(BEHIND.length);
}
