import type { Migration } from './migration.js';

/**
 * The key that signs Shopware Connect's header to hooks, and whether the shop's calls need X-Punchout-Signature.
 * Existing shops keep their behaviour: their subscribers know no other key.
 */
export const shopSigning: Migration = {
  name: '091-shop-signing',
  up: (knex) =>
    knex.raw(`
      alter table connect_shop
        add column delivery_key text not null default 'shared' check (delivery_key in ('own', 'shared')),
        add column request_signature text not null default 'optional'
          check (request_signature in ('optional', 'required'))`),
};
