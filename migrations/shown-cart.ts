import type { Migration } from './migration.js';

/**
 * What the buyer last saw in a live cart, and what the shop changed in it by itself that nobody has told them yet: a shop tells once, to whoever asks
 * next. Both are of no use once the session is over.
 */
export const shownCart: Migration = {
  name: '087-shown-cart',
  up: (knex) => knex.raw('alter table transmission add column shown_cart jsonb, add column cart_notices jsonb'),
};
