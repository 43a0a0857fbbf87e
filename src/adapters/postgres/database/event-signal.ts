import { Client } from 'pg';
import type { EventSignal } from '../../../ports/transmission/live-events.js';

/** Wakes the readers of live events, in this process and in all others of the installation. */
export interface Signal extends EventSignal {
  /** Returns at once. Raised many times, it wakes at most twice a second. */
  raise(): void;
  close(): Promise<void>;
}

const CHANNEL = 'punchout_events';
/** One NOTIFY for all events of this time: NOTIFY in every commit would make the commits wait for each other. */
const TOGETHER_MS = 500;
const RECONNECT_MS = 2_000;
/** A query in this interval finds out whether the connection is broken. */
const ASK_EVERY_MS = 30_000;
const ANSWER_MS = 2_000;

/** Inside one process. */
export function embeddedSignal(): Signal {
  const { listen, fire } = listeners();
  const { raise, stop } = together(async () => fire());
  return { raise, listen, close: async () => stop() };
}

/**
 * Among processes, by LISTEN and NOTIFY. `notify` runs the statement on a connection of the pool. A connection of its
 * own listens while this process has a listener.
 */
export function serverSignal(url: string, notify: (channel: string) => Promise<void>): Signal {
  const { listen, fire, count } = listeners();
  const { raise, stop } = together(() => notify(CHANNEL));
  let client: Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let asking: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function connect(): Promise<void> {
    if (client !== undefined || isClosed || count() === 0) return;
    const connection = new Client({
      connectionString: url,
      application_name: 'headless-punchout events',
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
    });
    client = connection;
    connection.on('notification', fire);
    connection.on('error', () => lose(connection));
    connection.on('end', () => lose(connection));
    try {
      await connection.connect();
      await connection.query(`listen ${CHANNEL}`);
      // Signals before LISTEN were missed, so the readers look once now.
      fire();
    } catch {
      lose(connection);
    }
  }

  function lose(connection: Client): void {
    if (client !== connection) return;
    client = undefined;
    void connection.end().catch(() => undefined);
    if (isClosed || count() === 0) return;
    clearTimeout(retry);
    retry = setTimeout(() => void connect(), RECONNECT_MS);
    retry.unref();
  }

  function ask(): void {
    const connection = client;
    connection?.query('select 1').catch(() => lose(connection));
  }

  function rest(): void {
    clearTimeout(retry);
    clearInterval(asking);
    asking = undefined;
    const connection = client;
    if (connection !== undefined) lose(connection);
  }

  return {
    raise,
    listen(listener) {
      const leave = listen(listener);
      asking ??= setInterval(ask, ASK_EVERY_MS).unref();
      void connect();
      return () => {
        leave();
        if (count() === 0) rest();
      };
    },
    async close() {
      isClosed = true;
      stop();
      rest();
    },
  };
}

function listeners(): { listen: EventSignal['listen']; fire: () => void; count: () => number } {
  const listening = new Set<() => void>();
  return {
    listen(listener) {
      listening.add(listener);
      return () => void listening.delete(listener);
    },
    fire() {
      for (const listener of listening) listener();
    },
    count: () => listening.size,
  };
}

/** Calls within half a second lead to one `act`. */
function together(act: () => Promise<void>): { raise: () => void; stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    raise() {
      timer ??= setTimeout(() => {
        timer = undefined;
        // A lost signal does no harm: readers also look from time to time without one.
        act().catch(() => undefined);
      }, TOGETHER_MS).unref();
    },
    stop: () => clearTimeout(timer),
  };
}
