import { randomBytes } from 'node:crypto';
import { Pool, type QueryResult, type QueryResultRow } from 'pg';
import { migrate } from '../../src/adapters/postgres/database/migrate.js';
import { openDatabase } from '../../src/adapters/postgres/database/open-database.js';
import { schemaDigest } from './schema-digest.js';

/** The PostgreSQL server of the tests. */
export const SERVER_URL = process.env['DATABASE_URL_TEST'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
/**
 * A database with the current schema stays on the server between runs: a copy takes a tenth of the time of the
 * migrations.
 */
const TEMPLATES = 'headless_punchout_template_';
const NO_SUCH_DATABASE = '3D000';

export interface ServerDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A new, empty database on the server; `drop` also closes its connections. */
export async function createServerDatabase(): Promise<ServerDatabase> {
  const name = newName();
  await asAdmin(`create database ${name}`);
  return named(name);
}

/** Like `createServerDatabase`, with the current schema. */
export async function createMigratedDatabase(): Promise<ServerDatabase> {
  const template = `${TEMPLATES}${schemaDigest()}`;
  const name = newName();
  const copy = async (): Promise<void> => asAdmin(`create database ${name} template ${template} ${await strategy()}`);
  try {
    await copy();
  } catch (error) {
    if ((error as { code?: string }).code !== NO_SUCH_DATABASE) throw error;
    await makeTemplate(template);
    await copy();
  }
  return named(name);
}

/** Copying files takes a third of the time of writing pages to the log, where nothing waits for a disk. */
async function strategy(): Promise<string> {
  const { rows } = await onServer<{ copies: boolean }>(
    `select current_setting('fsync') = 'off' and current_setting('server_version_num')::int >= 150000 as copies`,
  );
  return rows[0]?.copies === true ? 'strategy file_copy' : '';
}

async function makeTemplate(template: string): Promise<void> {
  const making = await createServerDatabase();
  const database = await openDatabase({ kind: 'server', url: making.url });
  await migrate(database);
  await database.close();
  // Not the current one: another worker may have made it meanwhile, and others copy it.
  for (const old of await templates())
    if (old !== template) await asAdmin(`drop database if exists ${old}`).catch(() => undefined);
  try {
    await asAdmin(`alter database ${new URL(making.url).pathname.slice(1)} rename to ${template}`);
  } catch {
    // Another worker was faster.
    await making.drop();
  }
}

async function templates(): Promise<string[]> {
  const { rows } = await onServer<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1)',
    [TEMPLATES],
  );
  return rows.map(({ datname }) => datname);
}

export async function asAdmin(statement: string): Promise<void> {
  await onServer(statement);
}

/** Connections stay open for a while: a new one takes the server longer than most of these statements. */
let pool: Pool | undefined;

function onServer<T extends QueryResultRow>(text: string, values?: string[]): Promise<QueryResult<T>> {
  pool ??= new Pool({
    connectionString: SERVER_URL,
    connectionTimeoutMillis: 10_000,
    max: 2,
    idleTimeoutMillis: 60_000,
    allowExitOnIdle: true,
  }).on('error', () => undefined);
  return pool.query<T>(text, values);
}

function named(name: string): ServerDatabase {
  const url = new URL(SERVER_URL);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asAdmin(`drop database if exists ${name} with (force)`) };
}

function newName(): string {
  return `headless_punchout_test_${process.pid}_${randomBytes(4).toString('hex')}`;
}
