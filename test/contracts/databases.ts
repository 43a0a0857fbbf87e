import { rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { Client } from 'pg';
import type { Database } from '../../src/adapters/postgres/database/database.js';
import { migrate } from '../../src/adapters/postgres/database/migrate.js';
import { openDatabase } from '../../src/adapters/postgres/database/open-database.js';
import { freshData } from '../support/fresh-data.js';

const ADMIN_URL = process.env.DATABASE_URL_TEST ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** A fresh, empty database on the real server; dropped again with whatever is still connected to it. */
export async function createServerDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `headless_punchout_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await asAdmin(`create database ${name}`);
  const url = new URL(ADMIN_URL);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asAdmin(`drop database if exists ${name} with (force)`) };
}

async function asAdmin(statement: string): Promise<void> {
  const client = new Client({ connectionString: ADMIN_URL, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** `describe` where a PostgreSQL server can be reached; else skipped with a message, and in CI a failure. */
export const describeOnServer = await serverDescribe();

async function serverDescribe(): Promise<typeof describe | typeof describe.skip> {
  try {
    await asAdmin('select 1');
    return describe;
  } catch (error) {
    if (process.env.CI !== undefined) throw error;
    console.warn(`SKIPPED: no PostgreSQL at ${new URL(ADMIN_URL).host} (DATABASE_URL_TEST): tests on a real server`);
    return describe.skip;
  }
}

/** Runs one battery on the embedded database and on a real server, each fresh and migrated. */
export function describeOnDatabases(title: string, battery: (database: () => Database) => void): void {
  describe(`${title}, embedded`, () => {
    let directory: string;
    let database: Database;
    beforeAll(async () => {
      directory = await freshData();
      database = await openDatabase({ kind: 'embedded', directory });
      await migrate(database);
    }, 120_000);
    afterAll(async () => {
      await database.close();
      rmSync(directory, { recursive: true, force: true });
    });
    battery(() => database);
  });

  describeOnServer(`${title}, server`, () => {
    let database: Database;
    let server: Awaited<ReturnType<typeof createServerDatabase>>;
    beforeAll(async () => {
      server = await createServerDatabase();
      database = await openDatabase({ kind: 'server', url: server.url });
      await migrate(database);
    }, 120_000);
    afterAll(async () => {
      await database.close();
      await server.drop();
    });
    battery(() => database);
  });
}
