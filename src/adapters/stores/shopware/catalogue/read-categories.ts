import type { StoreCategory } from '../../../../ports/store/store.js';
import type { Deadline } from '../../exchange/deadline.js';
import type { Json } from '../../exchange/decimal-json.js';
import { at, decimalAt, listAt, textAt } from '../../exchange/json-reading.js';
import type { StoreApi } from '../api/store-api.js';
import { MAX_PER_REQUEST } from './in-chunks.js';

/** A tree that is larger is cut off here: it is for browsing by people. */
const MAX_PAGES = 100;

const FIELDS = {
  category: ['id', 'name', 'parentId', 'path', 'level', 'breadcrumb', 'translated', 'active', 'type', 'childCount'],
};

/** The active categories of the sales channel, parents before children; one whose parent is not among them stands as a root. */
export async function readCategories(api: StoreApi, deadline: Deadline): Promise<StoreCategory[]> {
  const found: { level: number; category: StoreCategory }[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const body = await api.read(
      { deadline },
      { method: 'POST', path: '/category', body: { limit: MAX_PER_REQUEST, page, includes: FIELDS } },
    );
    const elements = listAt(body, 'elements');
    found.push(...elements.flatMap(categoryOf));
    if (elements.length < MAX_PER_REQUEST) break;
  }
  const ids = new Set(found.map(({ category }) => category.categoryId));
  return found
    .toSorted((a, b) => a.level - b.level)
    .map(({ category: { parentId, ...category } }) =>
      parentId === undefined || !ids.has(parentId) ? category : { ...category, parentId },
    );
}

function categoryOf(entity: Json): { level: number; category: StoreCategory }[] {
  const categoryId = textAt(entity, 'id');
  const name = textAt(entity, 'translated', 'name') ?? textAt(entity, 'name');
  if (categoryId === undefined || name === undefined || at(entity, 'active') === false) return [];
  const parentId = textAt(entity, 'parentId');
  return [
    {
      level: Number(decimalAt(entity, 'level') ?? '0'),
      category: { categoryId, ...(parentId === undefined ? {} : { parentId }), name },
    },
  ];
}
