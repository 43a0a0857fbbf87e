import type { Migration } from './migration.js';

/** For carts that name no session but their BuyerCookie; by its hash, since it may be longer than an index entry. */
export const buyerCookieIndex: Migration = {
  name: '070-buyer-cookie-index',
  up: (knex) =>
    knex.raw(
      `create index transmission_buyer_cookie on transmission (tenant_id, md5(buyer_cookie)) where status in ('open', 'active', 'transferred', 'order_created')`,
    ),
};
