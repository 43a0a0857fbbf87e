import { rm } from 'node:fs/promises';
import type { Knex } from 'knex';
import { migrate } from '../../../../src/adapters/postgres/database/migrate.js';
import { openDatabase } from '../../../../src/adapters/postgres/database/open-database.js';
import { DemoStore } from '../../../../src/adapters/stores/demo/demo-store.js';
import { freshData } from '../../../support/fresh-data.js';

const PUBLIC_URL = 'http://127.0.0.1:3000';

/** A demo store on a separate embedded database. */
export async function openDemoStore(): Promise<{
  store: DemoStore;
  /** Another one on the same database. */
  storeWith: (options: { generated: number }) => DemoStore;
  knex: Knex;
  close: () => Promise<void>;
}> {
  const directory = await freshData();
  const database = await openDatabase({ kind: 'embedded', directory });
  const { knex, query, close } = database;
  await migrate(database);
  return {
    store: new DemoStore({ query, publicUrl: PUBLIC_URL }),
    storeWith: (options) => new DemoStore({ query, publicUrl: PUBLIC_URL, ...options }),
    knex,
    async close() {
      await close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
