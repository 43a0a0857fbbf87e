import { rmSync } from 'node:fs';
import { freshData } from './fresh-data.js';
import { asAdmin, createMigratedDatabase } from './server-database.js';

/** A migrated database for one suite. */
export interface TestDatabase {
  database: { url: string; connections?: number } | { directory: string };
  drop(): Promise<void>;
}

/** Each connection learns all statements anew: with the usual eight, tests take a quarter more time. */
const CONNECTIONS = 3;

/** On the PostgreSQL server if there is one, which needs a fraction of the CPU time; else embedded. */
export async function testDatabase(): Promise<TestDatabase> {
  if (await hasServer()) {
    const { url, drop } = await createMigratedDatabase();
    return { database: { url: `${url}?options=-c%20synchronous_commit%3Doff`, connections: CONNECTIONS }, drop };
  }
  const directory = await freshData();
  return { database: { directory }, drop: async () => rmSync(directory, { recursive: true, force: true }) };
}

/** How a program finds the database. */
export const environmentOf = ({ database }: TestDatabase): Record<string, string> =>
  'url' in database ? { DATABASE_URL: database.url } : { DATA_DIR: database.directory };

const hasServer = (): Promise<boolean> =>
  asAdmin('select 1').then(
    () => true,
    () => false,
  );
