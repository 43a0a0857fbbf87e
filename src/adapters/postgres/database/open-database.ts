import type { Knex } from 'knex';
import type { Client } from 'pg';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import { type Database, type DatabaseOptions, databaseFault, isReadOnlyFault } from './database.js';
import { PunchoutError } from '../../../domain/error-codes.js';
import { openEmbeddedDatabase } from './embedded-database.js';
import { type Signal, embeddedSignal, serverSignal } from './event-signal.js';
import { serverKnex } from './server-knex.js';
import { transactions } from './transactions.js';

/**
 * A server is connected to by the first query, not here. The embedded database is started here, because a directory
 * that another process holds must be refused: throws an Error that names that process.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.kind === 'server') {
    const { url } = options;
    const { knex, distrust } = serverKnex(url, options.poolMax);
    const signalOf = (query: Database['query']): Signal =>
      serverSignal(url, async (channel) => void (await query(NOTIFY, [channel])));
    return databaseOn('server', knex, { distrust, close: () => knex.destroy(), signalOf });
  }
  const { knex, close } = await openEmbeddedDatabase(options.directory);
  return databaseOn('embedded', knex, { distrust: () => undefined, close, signalOf: embeddedSignal });
}

/**
 * Limits the wait for a connection and its answer together, so that a request keeps within 3 s (P5) under load and in
 * an outage.
 */
const WHOLE_MS = 2_400;
const LEAST_ANSWER_MS = 300;
/** A connect that fails this soon was started by an earlier caller. */
const RETRY_WITHIN_MS = 500;

/**
 * The pool reports a failed connect to the first waiting caller, even if the connect began before that call: the first
 * query after an outage would get the last error of the outage. Hence one more attempt.
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

const NOTIFY = { name: 'events-notify', text: `select pg_notify($1, '')` };

/** Asked on a second connection when the first is read-only: the first may lead to the old primary. */
const IS_WRITABLE = { name: 'health', text: `select current_setting('transaction_read_only') = 'off' as writable` };

function databaseOn(
  kind: Database['kind'],
  knex: Knex,
  {
    distrust,
    close,
    signalOf,
  }: {
    distrust: (client: Client) => void;
    close: () => Promise<void>;
    signalOf: (query: Database['query']) => Signal;
  },
): Database {
  const connected = async (): Promise<Client> => {
    try {
      return await acquire(knex);
    } catch (error) {
      throw new PunchoutError('SERVICE_UNAVAILABLE', 'Cannot connect to the database.', { cause: error });
    }
  };
  // The embedded database always answers: on a slow machine, a limit would only cut off work that goes on.
  const isRemote = kind === 'server';
  const onConnection = async <T>(act: (client: Client) => Promise<T>): Promise<T> => {
    const start = performance.now();
    const client = await connected();
    const late = isRemote
      ? setTimeout(() => void client.end(), Math.max(LEAST_ANSWER_MS, WHOLE_MS - (performance.now() - start)))
      : undefined;
    try {
      return await act(client);
    } finally {
      clearTimeout(late);
      await knex.client.releaseConnection(client);
    }
  };
  const withClient = async <T>(act: (client: Client) => Promise<T>): Promise<T> => {
    try {
      return await onConnection(act);
    } catch (error) {
      throw databaseFault(error);
    }
  };
  const query = <Row extends object>({ name, text }: NamedStatement, values: readonly unknown[]): Promise<Row[]> =>
    withClient(async (client) => (await client.query<Row>({ name, text, values: [...values] })).rows);
  const isWritable = (): Promise<boolean> =>
    withClient(async (client) => {
      const [row] = (await client.query<{ writable: boolean }>(IS_WRITABLE)).rows;
      if (row?.writable !== true) distrust(client);
      return row?.writable === true;
    });
  const queryWritable: Database['query'] = async (statement, values) => {
    try {
      return await query(statement, values);
    } catch (error) {
      // The statement has had no effect, and its connection is gone.
      if (!(error instanceof PunchoutError) || !isReadOnlyFault(error.cause)) throw error;
      return query(statement, values);
    }
  };
  const signal = signalOf(queryWritable);
  return {
    kind,
    knex,
    async query<Row extends object>(statement: NamedStatement, values: readonly unknown[]) {
      const rows = await queryWritable<Row>(statement, values);
      if (statement.tells === true) signal.raise();
      return rows;
    },
    signal,
    ...transactions(withClient),
    health: {
      name: 'database',
      async check() {
        if (!(await isWritable()) && !(await isWritable()))
          throw new PunchoutError('SERVICE_UNAVAILABLE', 'The database takes no writes.');
      },
    },
    async close() {
      await signal.close();
      await close();
    },
  };
}
