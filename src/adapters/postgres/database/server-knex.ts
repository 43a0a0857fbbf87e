import knexFactory, { type Knex } from 'knex';
import type { Client } from 'pg';
import { isConnectionFault, isReadOnlyFault } from './database-fault.js';

/** Bounded waiting (P5); open-database.ts bounds a statement as a whole. */
const BOUNDS = {
  statement_timeout: 1500,
  lock_timeout: 1000,
  idle_in_transaction_session_timeout: 5000,
  connectionTimeoutMillis: 1000,
  keepAlive: true,
};
const ANSWER_TIMEOUT_MS = 2000;

/**
 * knex on a server; connects when it is first used. numeric and int8 come as strings, which is the driver's default.
 * `distrust`: for a connection that was seen to take no writes.
 */
export function serverKnex(url: string, poolMax = 8): { knex: Knex; distrust: (client: Client) => void } {
  const usable = usableConnections();
  const knex = knexFactory({
    client: 'pg',
    version: OLDEST_SERVER,
    connection: { connectionString: url, application_name: 'headless-punchout', ...BOUNDS },
    acquireConnectionTimeout: 2000,
    pool: { min: 0, max: poolMax, afterCreate: boundAnswers(ANSWER_TIMEOUT_MS, usable), validate: usable.isUsable },
    log: SILENT,
  });
  return { knex, distrust: usable.distrust };
}

/** One connection, which holds the migration lock and therefore does the migrating itself; longer bounds. */
export function migrationKnex(url: string): Knex {
  return knexFactory({
    client: 'pg',
    version: OLDEST_SERVER,
    connection: {
      connectionString: url,
      application_name: 'headless-punchout migrate',
      ...BOUNDS,
      statement_timeout: 60_000,
    },
    acquireConnectionTimeout: 2000,
    pool: { min: 1, max: 1, afterCreate: boundAnswers(65_000, usableConnections()) },
    log: SILENT,
  });
}

/** Told to knex, which would otherwise ask each server once, without a bound. */
const OLDEST_SERVER = '14';

/**
 * In place of node-postgres' own query_timeout, which only stops waiting: the client then sits on an answer that still
 * may come, and the pool would hand it out again. Here a query whose time is over ends its connection, which the pool
 * throws away; and a ROLLBACK that knex sends after it fails at once instead of waiting another two seconds.
 * So does a connection that breaks, and one whose server takes no writes, with all others of the pool.
 */
function boundAnswers(timeoutMs: number, usable: UsableConnections) {
  return (client: Client, done: (error: Error | null, client: Client) => void): void => {
    const send: (...args: unknown[]) => unknown = client.query.bind(client);
    const judge = (error: unknown): void => {
      if (isReadOnlyFault(error)) usable.distrust(client);
      else if (isConnectionFault(error)) usable.end(client);
    };
    const bounded = async (...args: unknown[]): Promise<unknown> => {
      const timer = setTimeout(() => usable.end(client), timeoutMs);
      try {
        return await send(...args);
      } catch (error) {
        judge(error);
        throw error;
      } finally {
        clearTimeout(timer);
      }
    };
    const boundedWithCallback = (args: unknown[], finish: (...results: unknown[]) => unknown): unknown => {
      const timer = setTimeout(() => usable.end(client), timeoutMs);
      return send(...args, (...results: unknown[]): void => {
        clearTimeout(timer);
        if (results[0] !== null && results[0] !== undefined) judge(results[0]);
        finish(...results);
      });
    };
    Object.assign(client, {
      query(...args: unknown[]): unknown {
        const finish = args.at(-1);
        return typeof finish === 'function'
          ? boundedWithCallback(args.slice(0, -1), (...results) => Reflect.apply(finish, undefined, results))
          : bounded(...args);
      },
    });
    usable.opened(client);
    done(null, client);
  };
}

/** A connection that is no older and takes no writes says that the database as it is takes none. */
const YOUNG_MS = 1_000;

/**
 * Which connections of a pool may be used again. After a failover, those that lead to the old primary stay open and take
 * no writes: whoever meets one ends it, and with it all others. Young ones end alone: a database that stays read-only
 * would otherwise be connected to without end.
 */
export function usableConnections(now: () => number = () => performance.now()): {
  opened(client: Client): void;
  isUsable(client: Client): boolean;
  /** Ends one connection. */
  end(client: Client): void;
  /** Ends one that takes no writes; those that were opened before this moment are used no more. */
  distrust(client: Client): void;
} {
  const openedAt = new WeakMap<Client, number>();
  let trustedFrom = -Infinity;

  function end(client: Client): void {
    openedAt.delete(client);
    void client.end();
  }

  return {
    opened: (client) => void openedAt.set(client, now()),
    isUsable(client) {
      const at = openedAt.get(client);
      return at !== undefined && at >= trustedFrom;
    },
    end,
    distrust(client) {
      const at = openedAt.get(client);
      if (at !== undefined && now() - at >= YOUNG_MS) trustedFrom = now();
      end(client);
    },
  };
}

type UsableConnections = ReturnType<typeof usableConnections>;

/** knex' log. Failures reach the caller as errors; knex would print them a second time, connection details included. */
export const SILENT = { warn() {}, error() {}, debug() {}, deprecate() {} };
