import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connection } from '../domain/access/connection.js';
import type { Transmission } from '../domain/transmission/transmission.js';

/**
 * A handler for `app.use` of Express 4 and 5. The public types name no type of Express, so that they fit the version of
 * the app. It is declared as a method, so that handlers with Express's own request types fit too.
 */
export type Middleware = {
  handle(req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void): unknown;
}['handle'];

/** The live shopping session of one browser on one transmission. */
export interface ConnectorSession {
  transmission: Transmission;
  connection: Connection;
}

/** A cart that this browser has sent and may send again, because it may not have arrived. */
export interface SentCart extends ConnectorSession {
  /** A POST to this address sends the cart again, byte for byte. */
  resend: string;
  resendUntil: Date;
}

export interface StoreProxyOptions {
  /** Path below the app (or router) that mounts the proxy. Default: the store's own, `/store-api` or `/shop-api`. */
  path?: string;
  /**
   * Further calls that a session may make, in the policy's syntax: `POST /customer/wishlist/add/{}`. They count as cart
   * writes unless they are GET.
   */
  allow?: readonly string[];
  /** Handling of requests without a session. Default `pass`: the shop works as before. */
  withoutSession?: 'pass' | 'refuse';
  /** Maximum time without data from the store, milliseconds. Default 10000. */
  silenceMs?: number;
  /**
   * Maximum time of a cart write, milliseconds, including its wait for other writes to the same cart. A write that had
   * to wait gets at least half of it for the store. Above 5000, the life of the lease, it is unknown whether a write
   * took effect. Default 3000.
   */
  writeMs?: number;
}
