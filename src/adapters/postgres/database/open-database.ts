import type { Knex } from 'knex';
import type { Client } from 'pg';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { Database, DatabaseOptions } from './database.js';
import { databaseFault } from './database-fault.js';
import { openEmbeddedDatabase } from './embedded-database.js';
import { serverKnex } from './server-knex.js';
import { tenantTransaction } from './tenant-transaction.js';
import { writeTransaction } from './write-transaction.js';

/**
 * A server is connected to by the first query, not here. The embedded database is started here, because it must refuse
 * a directory that another process holds: throws an Error that names that process.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.kind === 'server') {
    const knex = serverKnex(options.url, options.poolMax);
    return databaseOn('server', knex, () => knex.destroy());
  }
  const { knex, close } = await openEmbeddedDatabase(options.directory);
  return databaseOn('embedded', knex, close);
}

/** Waiting for a connection and for its answer together, so that a request keeps within its 3 s (P5) in a crowd and in an outage. */
const WHOLE_MS = 2_400;
const LEAST_ANSWER_MS = 300;
/** A failed connect that a caller met this soon was somebody else's. */
const RETRY_WITHIN_MS = 500;

/**
 * The pool tells a failed connect to whoever waits first, even if that connect began before he came: the first query
 * after an outage would get the outage's last error. Hence one more attempt.
 */
async function acquire(knex: Knex): Promise<Client> {
  const start = performance.now();
  try {
    return await knex.client.acquireConnection();
  } catch (error) {
    if (performance.now() - start > RETRY_WITHIN_MS) throw error;
    return knex.client.acquireConnection();
  }
}

function databaseOn(kind: Database['kind'], knex: Knex, close: () => Promise<void>): Database {
  const withClient = async <T>(act: (client: Client) => Promise<T>): Promise<T> => {
    try {
      const start = performance.now();
      const client = await acquire(knex);
      const late = setTimeout(() => void client.end(), Math.max(LEAST_ANSWER_MS, WHOLE_MS - (performance.now() - start)));
      try {
        return await act(client);
      } finally {
        clearTimeout(late);
        await knex.client.releaseConnection(client);
      }
    } catch (error) {
      throw databaseFault(error);
    }
  };
  const query = <Row extends object>({ name, text }: NamedStatement, values: readonly unknown[]): Promise<Row[]> =>
    withClient(async (client) => (await client.query<Row>({ name, text, values: [...values] })).rows);
  return {
    kind,
    knex,
    query,
    asTenant: tenantTransaction(withClient),
    transaction: writeTransaction(withClient),
    health: {
      name: 'database',
      async check() {
        await query({ name: 'health', text: 'select 1 as alive' }, []);
      },
    },
    close,
  };
}
