import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { demoStore } from '../../../../migrations/demo-store.js';
import { openDatabase } from '../../../../src/adapters/postgres/open-database.js';
import { DemoStore } from '../../../../src/adapters/stores/demo/demo-store.js';

/** A demo store on an embedded database of its own. */
export async function openDemoStore(): Promise<{ store: DemoStore; knex: Knex; close: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'demo-store-'));
  const { knex, query, close } = await openDatabase({ kind: 'embedded', directory });
  await demoStore.up(knex);
  return {
    store: new DemoStore({ query, publicUrl: 'http://127.0.0.1:3000' }),
    knex,
    async close() {
      await close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
