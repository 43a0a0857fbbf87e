import type { IndexEntry } from '../../domain/catalogue/catalogue-index.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { Store } from '../../ports/store/store.js';
import type { LiveBuyer, ReadLiveItems } from './live-items.js';

interface Deps {
  store: Pick<Store, 'search'>;
  itemsFor: ReadLiveItems;
}

export interface SearchWish {
  query: string;
  /** 1 for the first. */
  page: number;
}

/** One page of what this buyer may buy. */
export interface FoundItems {
  /** On all pages. */
  total: number;
  items: IndexEntry[];
}

/** Most products of one search, on all its pages. */
const MOST_FOUND = 100;
const PAGE_SIZE = 20;

/** Searches the shop for a buyer of a connection, without a session (open-buy.md 3). */
export function searchCatalogue({
  store,
  itemsFor,
}: Deps): (buyer: LiveBuyer, wish: SearchWish) => Promise<Outcome<FoundItems>> {
  return async (buyer, { query, page }) => {
    if (store.search === undefined)
      return refuse('OPERATION_NOT_SUPPORTED', 'This shop has no search for buyers outside a session.');
    const live = await itemsFor(buyer);
    if (!live.ok) return live;
    const { language, currency, read } = live.value;
    const { tenantId } = buyer.connection;
    const found = await read(await store.search(query, MOST_FOUND, { language, currency, tenantId }));
    // An article number names one product: of several with the same one, the first.
    const items = new Map<string, IndexEntry>();
    for (const { entry } of found.filter((item) => item !== undefined))
      if (entry !== undefined && !items.has(entry.sku)) items.set(entry.sku, entry);
    const sold = [...items.values()];
    return accept({ total: sold.length, items: sold.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE) });
  };
}
