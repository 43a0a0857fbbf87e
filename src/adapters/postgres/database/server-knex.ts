import knexFactory, { type Knex } from 'knex';
import type { Client } from 'pg';
import { SILENT } from './silent-log.js';

/** Bounds of SECURITY section 7; open-database.ts bounds a statement as a whole. */
const BOUNDS = {
  statement_timeout: 1500,
  lock_timeout: 1000,
  idle_in_transaction_session_timeout: 5000,
  connectionTimeoutMillis: 1000,
  keepAlive: true,
};
const ANSWER_TIMEOUT_MS = 2000;

/** knex on a server; connects when it is first used. numeric and int8 come as strings, which is the driver's default. */
export function serverKnex(url: string, poolMax = 8): Knex {
  return knexFactory({
    client: 'pg',
    version: OLDEST_SERVER,
    connection: { connectionString: url, application_name: 'headless-punchout', ...BOUNDS },
    acquireConnectionTimeout: 2000,
    pool: { min: 0, max: poolMax, afterCreate: boundAnswers(ANSWER_TIMEOUT_MS) },
    log: SILENT,
  });
}

/** One connection, which holds the migration lock and therefore does the migrating itself; longer bounds. */
export function migrationKnex(url: string): Knex {
  return knexFactory({
    client: 'pg',
    version: OLDEST_SERVER,
    connection: { connectionString: url, application_name: 'headless-punchout migrate', ...BOUNDS, statement_timeout: 60_000 },
    acquireConnectionTimeout: 2000,
    pool: { min: 1, max: 1, afterCreate: boundAnswers(65_000) },
    log: SILENT,
  });
}

/** Told to knex, which would otherwise ask each server once, without a bound. */
const OLDEST_SERVER = '14';

/**
 * In place of node-postgres' own query_timeout, which only stops waiting: the client then sits on an answer that still
 * may come, and the pool would hand it out again. Here a query whose time is over ends its connection, which the pool
 * throws away; and a ROLLBACK that knex sends after it fails at once instead of waiting another two seconds.
 */
function boundAnswers(timeoutMs: number) {
  return (client: Client, done: (error: Error | null, client: Client) => void): void => {
    const send: (...args: unknown[]) => unknown = client.query.bind(client);
    const bounded = (...args: unknown[]): unknown => {
      const timer = setTimeout(() => void client.end(), timeoutMs);
      const settle = (): void => clearTimeout(timer);
      const finish = args.at(-1);
      if (typeof finish !== 'function') return Promise.resolve(send(...args)).finally(settle);
      return send(...args.slice(0, -1), (...results: unknown[]): void => {
        settle();
        Reflect.apply(finish, undefined, results);
      });
    };
    Object.assign(client, { query: bounded });
    done(null, client);
  };
}
