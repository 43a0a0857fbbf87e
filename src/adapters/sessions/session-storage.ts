import type { Store, SessionData } from 'express-session';
import type { HealthCheck } from '../../ports/health.js';

/**
 * Stores browser sessions. They only bind a browser to a transmission; losing them all loses no data (architecture.md
 * section 5).
 */
export interface SessionStorage {
  store: Store;
  health: HealthCheck;
  /** Deletes up to `limit` expired sessions and returns their number; 0 where the storage expires them itself. */
  deleteExpired(limit: number): Promise<number>;
  close(): Promise<void>;
}

/** For sessions without a lifetime. */
const DEFAULT_TTL_SECONDS = 8 * 3600;

/**
 * Remaining lifetime of a session in whole seconds. Only the duration counts: `cookie.expires` is a time of the clock
 * of the process that wrote it, and the storage uses its own clock.
 */
export function ttlSecondsOf({ cookie }: SessionData): number {
  const { originalMaxAge } = cookie;
  return originalMaxAge === null || originalMaxAge === undefined
    ? DEFAULT_TTL_SECONDS
    : Math.ceil(originalMaxAge / 1000);
}

/**
 * Tracks which session objects of this process exist in the store, because they were read from it or written to it.
 * Saving them must not create: a request in progress while its session was destroyed would bring it back (P9).
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
