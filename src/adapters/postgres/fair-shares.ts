import type { FairShares } from '../../ports/fair-shares.js';

const EVERYTHING: FairShares = { taken: {}, most: 2_147_483_647 };

/** As values of a statement: places by owner as JSON, and the most of one. Without them only the waiting time counts. */
export function sharesValues({ taken, most } = EVERYTHING): [taken: string, most: number] {
  return [JSON.stringify(taken), most];
}

/** SQL: how many places an owner has. `owner` and `values` are SQL too. */
export function placesOf(owner: string, values: string): string {
  return `coalesce((${values}::jsonb ->> ${owner})::int, 0)`;
}
