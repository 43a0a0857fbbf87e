import type { Migration } from './migration.js';

/**
 * What the buyer last saw of a live cart (`shown_cart`), and the changes of the shop that they have not been told
 * (`cart_notices`): a shop tells a change once, to the next caller. Both are deleted with the end of the session.
 */
export const shownCart: Migration = {
  name: '087-shown-cart',
  up: (knex) => knex.raw('alter table transmission add column shown_cart jsonb, add column cart_notices jsonb'),
};
