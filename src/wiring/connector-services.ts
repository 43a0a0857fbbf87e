import type { Database } from '../adapters/postgres/database/database.js';
import type { StatementRunner } from '../ports/statement-runner.js';
import type { ShopServices } from './shopware-shop.js';

/** What a store may be made from (`options.store` as a function). */
export interface ConnectorServices extends ShopServices {
  /** Runs statements on the connector's database. */
  query: StatementRunner;
  /** For tables of the store's own. */
  knex: Database['knex'];
  publicUrl: string;
}
