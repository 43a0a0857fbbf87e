import type { StoreCategory } from '../../../../ports/store/store.js';
import { listAt, textAt } from '../../exchange/json-reading.js';
import type { ShopApi, ShopSession } from '../api/shop-api.js';
import { MAX_PER_REQUEST } from './in-chunks.js';

/** A tree that is larger is cut off here: it is for browsing by people. */
const MAX_PAGES = 100;
const QUERY =
  'query ($take: Int!, $skip: Int!) { collections(options: { take: $take, skip: $skip }) { items { id parentId name } } }';

/** The channel's public collections, parents before children; one whose parent is not among them (the shop's root is not) stands as a root. */
export async function readCategories(api: ShopApi, session: ShopSession): Promise<StoreCategory[]> {
  const found: StoreCategory[] = [];
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const data = await api.read(session, 'collections', QUERY, { take: MAX_PER_REQUEST, skip: page * MAX_PER_REQUEST });
    const items = listAt(data, 'collections', 'items');
    for (const item of items) {
      const [categoryId, name, parentId] = [textAt(item, 'id'), textAt(item, 'name'), textAt(item, 'parentId')];
      if (categoryId !== undefined && name !== undefined)
        found.push({ categoryId, name, ...(parentId === undefined ? {} : { parentId }) });
    }
    if (items.length < MAX_PER_REQUEST) break;
  }
  return parentsFirst(found);
}

function parentsFirst(all: readonly StoreCategory[]): StoreCategory[] {
  const ids = new Set(all.map(({ categoryId }) => categoryId));
  const children = new Map<string | undefined, StoreCategory[]>();
  for (const { parentId, ...category } of all) {
    const parent = parentId !== undefined && ids.has(parentId) ? parentId : undefined;
    children.set(parent, [
      ...(children.get(parent) ?? []),
      parent === undefined ? category : { ...category, parentId: parent },
    ]);
  }
  const sorted = [...(children.get(undefined) ?? [])];
  for (const { categoryId } of sorted) sorted.push(...(children.get(categoryId) ?? []));
  return sorted;
}
