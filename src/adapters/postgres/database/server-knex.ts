import knexFactory, { type Knex } from 'knex';
import type { Client } from 'pg';
import { isConnectionFault, isReadOnlyFault } from './database.js';

/** Bounded waits (P5); open-database.ts bounds a statement as a whole. */
const BOUNDS = {
  statement_timeout: 1500,
  lock_timeout: 1000,
  idle_in_transaction_session_timeout: 5000,
  connectionTimeoutMillis: 1000,
  keepAlive: true,
};
const ANSWER_TIMEOUT_MS = 2000;

/**
 * knex on a server; connects on first use. numeric and int8 arrive as strings, the default of the driver. `distrust`
 * reports a connection that was found read-only.
 */
export function serverKnex(url: string, poolMax = 8): { knex: Knex; distrust: (client: Client) => void } {
  const usable = usableConnections();
  const knex = knexFactory({
    client: 'pg',
    version: OLDEST_SERVER,
    connection: { connectionString: url, application_name: 'headless-punchout', ...BOUNDS },
    acquireConnectionTimeout: 2000,
    pool: {
      min: 0,
      max: poolMax,
      afterCreate: boundAnswers(() => ANSWER_TIMEOUT_MS, usable),
      validate: usable.isUsable,
    },
    log: SILENT,
  });
  return { knex, distrust: usable.distrust };
}

/** One connection, with longer limits. It holds the migration lock and therefore also runs the migration. */
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
    pool: { min: 1, max: 1, afterCreate: boundAnswers(migrationAnswerMs, usableConnections()) },
    log: SILENT,
  });
}

/** An index that is built beside writes may take an hour (migrations/indexes-beside-writes.ts). */
const migrationAnswerMs = (sql: string): number => (sql.includes('concurrently') ? 3_605_000 : 65_000);

/** Given to knex, which would otherwise ask each server once, without a time limit. */
const OLDEST_SERVER = '14';

/**
 * Replaces query_timeout of node-postgres, which only stops waiting: the client would stay busy with an answer that may
 * still come, and the pool would hand it out again. Here a query that exceeds its time ends its connection, and the
 * pool discards it; a ROLLBACK that knex sends afterwards fails at once instead of waiting another two seconds. Broken
 * connections are discarded too. A read-only connection is discarded together with all others of the pool.
 */
function boundAnswers(timeoutMsOf: (sql: string) => number, usable: UsableConnections) {
  return (client: Client, done: (error: Error | null, client: Client) => void): void => {
    const send: (...args: unknown[]) => unknown = client.query.bind(client);
    const judge = (error: unknown): void => {
      if (isReadOnlyFault(error)) usable.distrust(client);
      else if (isConnectionFault(error)) usable.end(client);
    };
    const bounded = async (...args: unknown[]): Promise<unknown> => {
      const timer = setTimeout(() => usable.end(client), timeoutMsOf(sqlOf(args)));
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
      const timer = setTimeout(() => usable.end(client), timeoutMsOf(sqlOf(args)));
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

/** Of what node-postgres is asked: a text, or an object with one. */
function sqlOf([asked]: readonly unknown[]): string {
  const sql = typeof asked === 'string' ? asked : (asked as { text?: unknown } | undefined)?.text;
  return typeof sql === 'string' ? sql : '';
}

/** A connection no older than this that is read-only shows that the database itself is read-only. */
const YOUNG_MS = 1_000;

/**
 * Tracks which connections of a pool may be reused. After a failover, connections to the old primary stay open and are
 * read-only: the first one found ends all connections. A young connection ends alone: a database that stays read-only
 * would otherwise cause endless reconnects.
 */
export function usableConnections(now: () => number = () => performance.now()): {
  opened(client: Client): void;
  isUsable(client: Client): boolean;
  /** Ends one connection. */
  end(client: Client): void;
  /** Ends a read-only connection; connections that were opened before this moment are not reused. */
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

/**
 * Turns off the log of knex. Failures reach the caller as errors; knex would print them a second time, with connection
 * details.
 */
export const SILENT = { warn() {}, error() {}, debug() {}, deprecate() {} };
