import type { Client } from 'pg';

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

export type UsableConnections = ReturnType<typeof usableConnections>;
