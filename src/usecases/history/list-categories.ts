import type { CategoryNumbers } from '../../ports/store/store-extras.js';
import type { Store } from '../../ports/store/store.js';

export interface NumberedCategory {
  id: number;
  name: string;
  /** 0 for a root. */
  parentId: number;
}

interface Deps {
  store: Pick<Store, 'categories'>;
  numbers: CategoryNumbers;
}

/**
 * The shop's tree with integer ids (custom store integration). Parents come before children. A parent that is not in
 * the tree counts as none.
 */
export function listCategories({ store, numbers }: Deps): (tenantId: string) => Promise<NumberedCategory[]> {
  return async (tenantId) => {
    const categories = (await store.categories?.()) ?? [];
    const numberOf = await numbers.numbersOf(
      tenantId,
      categories.map(({ categoryId }) => categoryId),
    );
    return categories.map(({ categoryId, parentId, name }) => ({
      id: numberOf.get(categoryId) ?? 0,
      name,
      parentId: (parentId === undefined ? undefined : numberOf.get(parentId)) ?? 0,
    }));
  };
}
