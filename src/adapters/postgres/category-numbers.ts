import type { CategoryNumbers } from '../../ports/store/store-extras.js';
import type { Database } from './database/database.js';

const FIND = {
  name: 'category-number-find',
  text: 'select category_id, number from category_number where tenant_id = $1 and category_id = any($2::text[])',
};

/** Run only for missing categories: a conflict would use up a number. */
const ADD = {
  name: 'category-number-add',
  text: `
    insert into category_number (tenant_id, category_id) select $1, id from unnest($2::text[]) as id
      on conflict (tenant_id, category_id) do nothing`,
};

/** Positive integers of up to nine digits are used as they are; the numbers of the table begin above them. */
const OWN_INTEGER = /^[1-9]\d{0,8}$/;

export function categoryNumbers({ query }: Database): CategoryNumbers {
  return {
    async numbersOf(tenantId, categoryIds) {
      const numbers = new Map<string, number>();
      const foreign = new Set<string>();
      for (const id of categoryIds) {
        if (OWN_INTEGER.test(id)) numbers.set(id, Number(id));
        else foreign.add(id);
      }
      const find = async (ids: string[]): Promise<string[]> => {
        const rows =
          ids.length === 0 ? [] : await query<{ category_id: string; number: string | number }>(FIND, [tenantId, ids]);
        for (const row of rows) numbers.set(row.category_id, Number(row.number));
        return ids.filter((id) => !numbers.has(id));
      };
      const missing = await find([...foreign]);
      if (missing.length > 0) {
        await query(ADD, [tenantId, missing]);
        await find(missing);
      }
      return numbers;
    },
  };
}
