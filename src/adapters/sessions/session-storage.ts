import type { Store } from 'express-session';
import type { HealthCheck } from '../../ports/health.js';

/** Where browser sessions live. They only bind a browser to a transmission; losing them all loses nothing (DESIGN section 5). */
export interface SessionStorage {
  store: Store;
  health: HealthCheck;
  /** Deletes up to `limit` sessions whose time is over, and says how many; 0 where the storage does so itself. */
  deleteExpired(limit: number): Promise<number>;
  close(): Promise<void>;
}
