import type { Store } from '../ports/store/store.js';
import type { Logger } from '../ports/logger.js';
import type { TransferHandler } from '../ports/transmission/transmission-repository.js';
import { isLoopback } from '../domain/access/return-url.js';
import type { RouteGuardOptions } from './blocked-routes.js';
import { WHY_SECRETS, inProduction } from './environment.js';
import { type OpenIdOptions, openIdFaults } from './open-id-options.js';

/** 1,000 per second: more than a buying organisation with thousands of buyers behind one address needs. */
export const REQUESTS_PER_ADDRESS = 60_000;
/** 20 per second, for callers without any successful authentication. */
export const REQUESTS_PER_STRANGER = 1_200;

/** Options of `createConnector`. */
export interface ConnectorOptions<Services> {
  /** A PostgreSQL server (14 or newer), or a directory for the embedded database (one process only). */
  database: { url: string } | { directory: string };
  /**
   * Redis for browser sessions, rate limits, and the order in which processes access a shop's cart: one URL, or a
   * comma-separated list for a Cluster. Absent: sessions are stored in the database.
   */
  redisUrl?: string;
  /** The shop, or a function that creates it from the connector's own services. */
  store: Store | ((services: Services) => Store);
  /**
   * Public URL of the connector's router, including the path: `https://shop.example.com` or
   * `https://shop.example.com/punchout`.
   */
  publicUrl: string;
  /**
   * At least 32 characters each; they sign session cookies and derive start tokens. Several: the first is used, all are
   * accepted. Absent: the installation generates a key and stores it in its database, next to the data that it seals;
   * refused with NODE_ENV=production.
   */
  secrets?: readonly string[];
  /**
   * Accept the demo's well-known credentials. Only if `publicUrl` is loopback, and for an app that listens only there.
   * Default false.
   */
  demo?: boolean;
  /** Replaces the shipped encoder: the handler that answers a ConnectorTransferEvent. */
  transferHandler?: TransferHandler;
  /** What the route guard blocks, if the shop's routes are not Shopware's. Default: `BLOCKED_ROUTES`. */
  guard?: RouteGuardOptions;
  /** Accept GET logout and transfer from callers that are not browsers. Default true. */
  headerlessGet?: boolean;
  /**
   * Whether a page of ours before the shop's cart, or the shop itself, tells the buyer which lines of an edited cart
   * could not be restored. Default 'page'.
   */
  restoreReport?: 'page' | 'shop';
  /**
   * Targets that hooks and feeds may use in addition to https addresses of the public internet: private networks
   * (`10.0.0.0/8`), plain http. Default: none.
   */
  outbound?: { networks?: readonly string[]; http?: boolean };
  /**
   * Requests per minute of one client address; 0 for no limit. Default 60000. Addresses are those of the app's `trust
   * proxy`.
   */
  requestsPerAddress?: number;
  /**
   * The same for an address without any successful authentication (key, secret, session or start link) within an hour.
   * Default 1200.
   */
  requestsPerStranger?: number;
  /** Serve `/openapi.json` and `/docs`. Default true; switch it off if the shop uses these paths. */
  docs?: boolean;
  /** Serve the operator's console at `/console`. Default true; switch it off if the shop uses this path. */
  console?: boolean;
  /** Operators may also sign in to the console at this provider of OpenID Connect. Default: by password only. */
  openIdConnect?: OpenIdOptions;
  /** Timeout of a subscriber's answer, in milliseconds. Default 10000. */
  hookTimeoutMs?: number;
  /** Default: pino on standard output, level `info`. */
  log?: Logger;
}

/** Throws one Error that lists every fault, with its path and a correct value. */
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
      'publicUrl: must be an absolute http(s) URL without query, fragment or credentials, e.g. ' +
        'https://shop.example.com',
    );
  } else if (options.publicUrl.endsWith('/')) faults.push('publicUrl: must not end with a slash');
  if (options.demo === true && url !== undefined && !isLoopback(url.hostname))
    faults.push(
      'demo: has well-known credentials and runs on loopback only, and publicUrl says that others reach it; ' +
        'leave demo out, or set publicUrl to http://127.0.0.1:3000',
    );
  if (
    options.secrets !== undefined &&
    (options.secrets.length === 0 || options.secrets.some((secret) => secret.length < 32))
  )
    faults.push('secrets: at least one, each of 32 characters or more');
  if (options.secrets === undefined && production)
    faults.push(
      'secrets: needed in production (NODE_ENV), for example secrets: ' +
        `[process.env.SESSION_SECRET]; ${WHY_SECRETS}. What was sealed before can still be opened`,
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
  if (options.openIdConnect !== undefined)
    faults.push(...openIdFaults(options.openIdConnect, (option) => `openIdConnect.${option}`));
  for (const name of ['requestsPerAddress', 'requestsPerStranger'] as const) {
    const perMinute = options[name];
    if (perMinute !== undefined && !(Number.isInteger(perMinute) && perMinute >= 0))
      faults.push(`${name}: a whole number, 0 for no limit`);
  }
  if (faults.length > 0)
    throw new Error(`The connector cannot start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
}
