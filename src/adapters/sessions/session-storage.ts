import type { Store, SessionData } from 'express-session';
import type { HealthCheck } from '../../ports/health.js';

/**
 * Where browser sessions live. They only bind a browser to a transmission; losing them all loses nothing
 * (architecture.md section 5).
 */
export interface SessionStorage {
  store: Store;
  health: HealthCheck;
  /** Deletes up to `limit` sessions whose time is over, and says how many; 0 where the storage does so itself. */
  deleteExpired(limit: number): Promise<number>;
  close(): Promise<void>;
}

/** For sessions without a life time of their own. */
const DEFAULT_TTL_SECONDS = 8 * 3600;

/**
 * How long a session lives from now on, in whole seconds. The duration alone counts: `cookie.expires` is a moment of the clock of the
 * process that wrote it, and the storage counts by its own clock.
 */
export function ttlSecondsOf({ cookie }: SessionData): number {
  const { originalMaxAge } = cookie;
  return originalMaxAge === null || originalMaxAge === undefined
    ? DEFAULT_TTL_SECONDS
    : Math.ceil(originalMaxAge / 1000);
}

/**
 * Which session objects of this process already are in the store, because they were read from it or written to it.
 * Saving those must not create: a request that was under way while its session was destroyed would bring it back (P9).
 */
export class KnownSessions {
  private readonly known = new WeakSet<object>();

  add<Session extends object>(session: Session): Session {
    this.known.add(session);
    return session;
  }

  has(session: object): boolean {
    return this.known.has(session);
  }
}
