import type { Migration } from './migration.js';

/**
 * For carts that name no session except by their BuyerCookie. Indexed by its hash, since it may exceed an index entry.
 */
export const buyerCookieIndex: Migration = {
  name: '070-buyer-cookie-index',
  up: (knex) =>
    knex.raw(
      `create index transmission_buyer_cookie on transmission (tenant_id, md5(buyer_cookie))
        where status in ('open', 'active', 'transferred', 'order_created')`,
    ),
};
