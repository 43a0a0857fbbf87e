import type { Store } from '../ports/store/store.js';
import type { Logger } from '../ports/logger.js';
import type { TransferHandler } from '../ports/transmission/transmission-repository.js';
import { isLoopback } from '../domain/access/return-url.js';
import { WHY_SECRETS, inProduction } from './environment.js';

/** 1,000 a second: a buying organisation with thousands of buyers behind one address makes less. */
export const REQUESTS_PER_ADDRESS = 60_000;
/** 20 a second, of callers who have proven nothing. */
export const REQUESTS_PER_STRANGER = 1_200;

/** What `createConnector` is given. */
export interface ConnectorOptions<Services> {
  /** A PostgreSQL server (14 or newer), or a directory for the embedded database (one process only). */
  database: { url: string } | { directory: string };
  /**
   * Redis for browser sessions, rate limits, and the order in which processes ask a shop about a cart: one URL, or a
   * comma list for a Cluster. Absent: sessions live in the database.
   */
  redisUrl?: string;
  /** The shop behind us, or a function that makes it from the connector's own services. */
  store: Store | ((services: Services) => Store);
  /** Where browsers reach the connector's router, path included: `https://shop.example.com` or `https://shop.example.com/punchout`. */
  publicUrl: string;
  /**
   * At least 32 characters; signs session cookies and derives start tokens. Several: the first is used, all are accepted.
   * Absent: a key that the installation makes for itself and keeps in its database, beside what it seals; refused with NODE_ENV=production.
   */
  secrets?: readonly string[];
  /** Let the shipped demo's well-known credentials in. Only where `publicUrl` is loopback, and for an app that listens there only. Default false. */
  demo?: boolean;
  /** Instead of the shipped encoder: the one answering handler of a ConnectorTransferEvent. */
  transferHandler?: TransferHandler;
  /** Accept GET logout and transfer from callers that are no browser. Default true. */
  headerlessGet?: boolean;
  /** Who tells the buyer what of his edited cart could not be restored: a page of ours before the shop's cart, or the shop itself. Default 'page'. */
  restoreReport?: 'page' | 'shop';
  /** Where hooks and feeds may lead beside https addresses of the public internet: networks of your own (`10.0.0.0/8`), plain http. Default: nowhere. */
  outbound?: { networks?: readonly string[]; http?: boolean };
  /** Requests a minute that one client address may make to our addresses; 0 for no limit. Default 60000. Addresses as the app's `trust proxy` has them. */
  requestsPerAddress?: number;
  /** The same for an address from which nobody has shown a right key, secret, session or start link within an hour. Default 1200. */
  requestsPerStranger?: number;
  /** Serve `/openapi.json` and `/docs`. Default true; switch it off where the shop has such a page of its own. */
  docs?: boolean;
  /** Longest wait for a subscriber's answer. Default 10000. */
  hookTimeoutMs?: number;
  /** Default: pino on standard output, level `info`. */
  log?: Logger;
}

/** Throws one Error that names every fault, with its path and what would be right. */
export function validateOptions<Services>(options: ConnectorOptions<Services>, production = inProduction()): void {
  const faults: string[] = [];
  const url = URL.canParse(options.publicUrl) ? new URL(options.publicUrl) : undefined;
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    url.search !== '' ||
    url.hash !== '' ||
    url.username !== ''
  ) {
    faults.push(
      'publicUrl: must be an absolute http(s) URL without query, fragment or credentials, e.g. https://shop.example.com',
    );
  } else if (options.publicUrl.endsWith('/')) faults.push('publicUrl: must not end with a slash');
  if (options.demo === true && url !== undefined && !isLoopback(url.hostname))
    faults.push(
      'demo: has well-known credentials and runs on loopback only, and publicUrl says that others reach it; leave demo out, or set publicUrl to http://127.0.0.1:3000',
    );
  if (
    options.secrets !== undefined &&
    (options.secrets.length === 0 || options.secrets.some((secret) => secret.length < 32))
  )
    faults.push('secrets: at least one, each of 32 characters or more');
  if (options.secrets === undefined && production)
    faults.push(
      `secrets: needed in production (NODE_ENV), for example secrets: [process.env.SESSION_SECRET]; ${WHY_SECRETS}. What was sealed before can still be opened`,
    );
  if (
    'url' in options.database ? !/^postgres(ql)?:\/\//.test(options.database.url) : options.database.directory === ''
  ) {
    faults.push('database: { url: "postgres://…" } or { directory: "…" }');
  }
  if (
    options.redisUrl !== undefined &&
    !options.redisUrl.split(',').every((part) => /^rediss?:\/\/\S+$/.test(part.trim()))
  )
    faults.push('redisUrl: redis:// or rediss:// URL, or a comma list of them');
  if (options.outbound?.networks?.some((network) => !/^[\da-f.:]+\/\d{1,3}$/i.test(network)) === true)
    faults.push('outbound.networks: networks such as 10.0.0.0/8');
  for (const name of ['requestsPerAddress', 'requestsPerStranger'] as const) {
    const perMinute = options[name];
    if (perMinute !== undefined && !(Number.isInteger(perMinute) && perMinute >= 0))
      faults.push(`${name}: a whole number, 0 for no limit`);
  }
  if (faults.length > 0)
    throw new Error(`The connector cannot start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
}
