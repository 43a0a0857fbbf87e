import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe } from '@jest/globals';
import type { Database } from '../../src/adapters/postgres/database/database.js';
import { openDatabase } from '../../src/adapters/postgres/database/open-database.js';
import { freshData } from '../support/fresh-data.js';
import { asAdmin, createMigratedDatabase, SERVER_URL } from '../support/server-database.js';

/** `describe` if a PostgreSQL server is reachable; else skipped with a message, and a failure in CI. */
export const describeOnServer = await serverDescribe();

async function serverDescribe(): Promise<typeof describe | typeof describe.skip> {
  try {
    await asAdmin('select 1');
    return describe;
  } catch (error) {
    if (process.env.CI !== undefined) throw error;
    console.warn(`SKIPPED: no PostgreSQL at ${new URL(SERVER_URL).host} (DATABASE_URL_TEST): tests on a real server`);
    return describe.skip;
  }
}

/** Runs one test suite on the embedded database and on a server, each new and migrated. */
export function describeOnDatabases(title: string, battery: (database: () => Database) => void): void {
  describe(`${title}, embedded`, () => {
    let directory: string;
    let database: Database;
    beforeAll(async () => {
      directory = await freshData();
      database = await openDatabase({ kind: 'embedded', directory });
    }, 120_000);
    afterAll(async () => {
      await database.close();
      rmSync(directory, { recursive: true, force: true });
    });
    battery(() => database);
  });

  describeOnServer(`${title}, server`, () => {
    let database: Database;
    let server: Awaited<ReturnType<typeof createMigratedDatabase>>;
    beforeAll(async () => {
      server = await createMigratedDatabase();
      database = await openDatabase({ kind: 'server', url: server.url });
    }, 120_000);
    afterAll(async () => {
      await database.close();
      await server.drop();
    });
    battery(() => database);
  });
}
