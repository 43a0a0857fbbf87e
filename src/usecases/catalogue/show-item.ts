import type { IndexEntry } from '../../domain/catalogue/catalogue-index.js';
import { notSoldText } from '../../domain/catalogue/not-sold-text.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { LiveBuyer, ReadLiveItems } from './live-items.js';

/**
 * One article for a buyer of a connection, by its number: the one that a punchout lands on which names it as
 * SelectedItem (open-buy.md 4). Refuses with RESOURCE_NOT_FOUND.
 */
export function showItem({
  itemsFor,
}: {
  itemsFor: ReadLiveItems;
}): (buyer: LiveBuyer, sku: string) => Promise<Outcome<IndexEntry>> {
  return async (buyer, sku) => {
    const live = await itemsFor(buyer);
    if (!live.ok) return live;
    const [item] = await live.value.read([{ supplierPartId: sku }]);
    return item?.entry === undefined
      ? refuse('RESOURCE_NOT_FOUND', `${notSoldText(sku, item?.faults)}.`, { field: 'source_part_num' })
      : accept(item.entry);
  };
}
