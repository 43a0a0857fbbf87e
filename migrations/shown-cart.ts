import type { Migration } from './migration.js';

/**
 * The cart as the buyer last saw it (`shown_cart`), and the shop's changes that the buyer has not seen yet
 * (`cart_notices`): a shop reports a change once, to the next caller. Both are deleted at the end of the session.
 */
export const shownCart: Migration = {
  name: '087-shown-cart',
  up: (knex) => knex.raw('alter table transmission add column shown_cart jsonb, add column cart_notices jsonb'),
};
