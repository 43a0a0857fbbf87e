import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connection } from '../domain/access/connection.js';
import type { Transmission } from '../domain/transmission/transmission.js';

/**
 * What Express 4 and 5 take in `app.use`. The public types name no type of Express, so that they fit the version of
 * the app. Declared as a method, so that handlers which need Express's own requests are of this type too.
 */
export type Middleware = {
  handle(req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void): unknown;
}['handle'];

/** The live shopping session of one browser on one transmission. */
export interface ConnectorSession {
  transmission: Transmission;
  connection: Connection;
}

/** A cart that a browser has sent and may send again, since it may not have arrived. */
export interface SentCart extends ConnectorSession {
  /** Address that sends it again, byte for byte, on a POST. */
  resend: string;
  resendUntil: Date;
}

export interface StoreProxyOptions {
  /** Path below the app (or router) that mounts the proxy. Default: the store's own, `/store-api` or `/shop-api`. */
  path?: string;
  /** Calls that a session may make beyond the list, in the policy's words: `POST /customer/wishlist/add/{}`. They count as cart writes unless they are GET. */
  allow?: readonly string[];
  /** What becomes of requests without a session. Default `pass`: the shop works as before. */
  withoutSession?: 'pass' | 'refuse';
  /** Longest silence of the store, milliseconds. Default 10000. */
  silenceMs?: number;
  /**
   * Most milliseconds of a cart write, including its wait for other writes to the same cart. A write that had to wait
   * gets at least half of them for the store. After 5000, the life of its lease, nobody can say whether the write took
   * effect. Default 3000.
   */
  writeMs?: number;
}
