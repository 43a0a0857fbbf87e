import type { Store } from '../ports/store/store.js';
import type { Logger } from '../ports/logger.js';
import type { TransferHandler } from '../ports/transmission/transmission-repository.js';
import { isLoopback } from '../domain/access/return-url.js';
import type { OwnTexts } from '../domain/buyer-texts/buyer-texts.js';
import type { RouteGuardOptions } from './blocked-routes.js';
import { WHY_SECRETS, inProduction } from './environment.js';
import { isDatabaseUrl, isNetworkText, isRedisUrls, isWebAddress } from './network-text.js';
import { type OpenIdOptions, openIdFaults } from './open-id-options.js';
import {
  type Check,
  aFunction,
  faultText,
  group,
  list,
  oneOf,
  startFault,
  text,
  wholeNumber,
  withMethods,
  yesNo,
} from './option-check.js';
import { storeFaults } from './store-faults.js';
import { ownTexts } from './texts/own-texts.js';
import type { WorkerPlaces } from './variables/process-variables.js';
import { secretSeen, valueSeen } from './value-seen.js';

/** 1,000 per second: more than a buying organisation with thousands of buyers behind one address needs. */
export const REQUESTS_PER_ADDRESS = 60_000;
/** 20 per second, for callers without any successful authentication. */
export const REQUESTS_PER_STRANGER = 1_200;
const SHORTEST_SECRET = 32;
const LOG_METHODS = ['debug', 'info', 'warn', 'error'];

/** Options of `createConnector`. */
export interface ConnectorOptions<Services> {
  /**
   * A PostgreSQL server (14 or newer) with at most so many connections (default 8), or a directory for the embedded
   * database (one process only).
   */
  database: { url: string; connections?: number } | { directory: string };
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
   * Own texts for the pages that buyers see, by language: some sentences of a language that we have, all of another
   * one. Default: ours, in English, German and French.
   */
  texts?: OwnTexts;
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
  /**
   * Maximum number of jobs, hooks and feeds that the worker of this process serves in parallel. Default 20, 128, 8. One
   * tenant gets at most half of the jobs and hooks and a quarter of the feeds.
   */
  workerPlaces?: WorkerPlaces;
  /** Default: pino on standard output, level `info`. */
  log?: Logger;
}

const limit = wholeNumber('a whole number, 0 for no limit', 0, Number.MAX_SAFE_INTEGER);
const path = text('a path that begins with a slash, e.g. /checkout', (value) => value.startsWith('/'));
const network = text('networks such as 10.0.0.0/8', (value) => value.includes('/') && isNetworkText(value));
const atOnce = (most: number): Check => wholeNumber(`a whole number from 1 to ${most}`, 1, most);
const NETWORKS = 'a list of networks such as 10.0.0.0/8';

const database: Check = (value, at) => {
  const cure = '{ url: "postgres://…" } or { directory: "…" }';
  const faults = group(
    {
      url: text('postgres://user:password@host:5432/name', isDatabaseUrl),
      connections: wholeNumber('connections from 2 to 1000', 2, 1_000),
      directory: text('a directory, e.g. .data', (directory) => directory !== ''),
    },
    cure,
  )(value, at);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return faults;
  const [hasUrl, hasDirectory] = ['url', 'directory'].map((name) => name in value);
  if (hasUrl === hasDirectory) faults.push({ option: at, cure, seen: valueSeen(value) });
  else if (Object.values(value).every((given) => given === undefined))
    faults.push({ option: `${at}.${hasUrl === true ? 'url' : 'directory'}`, cure, seen: 'nothing' });
  return faults;
};

const publicUrl: Check = (value, at) => {
  const [fault] = text(
    'must be an absolute http(s) URL without query, fragment or credentials, e.g. https://shop.example.com',
    isWebAddress,
  )(value, at);
  return fault === undefined ? text('must not end with a slash', (url) => !url.endsWith('/'))(value, at) : [fault];
};

const OPTIONS: Readonly<Record<keyof ConnectorOptions<never>, Check>> = {
  database,
  redisUrl: text('redis:// or rediss:// URL, or a comma list of them', isRedisUrls),
  store: (value, at) => (typeof value === 'function' ? [] : storeFaults(value, at)),
  publicUrl,
  secrets: list(
    'a list of at least one, each of 32 characters or more',
    text('32 characters or more', (secret) => secret.length >= SHORTEST_SECRET, secretSeen),
    { least: 1 },
  ),
  demo: yesNo,
  transferHandler: aFunction,
  guard: group(
    {
      routes: list(
        'a list of { names, paths }',
        group(
          {
            names: list(
              'a list of route names',
              text('a route name', (name) => name !== ''),
            ),
            paths: list('a list of paths', path),
          },
          '{ names, paths }',
          ['names', 'paths'],
        ),
      ),
      basePaths: list('a list of paths', path),
      routeName: aFunction,
      page: text('a path or URL, e.g. /checkout/cart', (page) => page.startsWith('/') || isWebAddress(page)),
    },
    '{ routes, basePaths, routeName, page }',
  ),
  headerlessGet: yesNo,
  restoreReport: oneOf('page', 'shop'),
  texts: ownTexts,
  outbound: group({ networks: list(NETWORKS, network), http: yesNo }, '{ networks: ["10.0.0.0/8"], http: true }'),
  requestsPerAddress: limit,
  requestsPerStranger: limit,
  docs: yesNo,
  console: yesNo,
  openIdConnect: openIdFaults,
  hookTimeoutMs: wholeNumber('milliseconds from 100 to 999999', 100, 999_999),
  workerPlaces: group(
    { jobs: atOnce(1_000), hooks: atOnce(10_000), feeds: atOnce(100) },
    '{ jobs: 20, hooks: 128, feeds: 8 }',
  ),
  log: withMethods('an object with debug, info, warn and error, such as a pino logger', LOG_METHODS),
};

/** Faults of every option by itself, those of unknown names included. */
const optionFaults = group(OPTIONS, '{ database, publicUrl, store }', ['database', 'publicUrl', 'store']);

/** Throws one Error that lists every fault: the path of the option, a correct value, and the value seen. */
export function validateOptions(options: unknown, production = inProduction()): void {
  const faults = optionFaults(options, '');
  const { demo, publicUrl: url, secrets } = Object(options) as Record<string, unknown>;
  if (demo === true && typeof url === 'string' && isWebAddress(url) && !isLoopback(new URL(url).hostname))
    faults.push({
      option: 'demo',
      cure:
        'has well-known credentials and runs on loopback only, and publicUrl says that others reach it; ' +
        'leave demo out, or set publicUrl to http://127.0.0.1:3000',
      seen: `true, with publicUrl ${valueSeen(url)}`,
    });
  if (secrets === undefined && production)
    faults.push({
      option: 'secrets',
      cure:
        'needed in production (NODE_ENV), for example secrets: [process.env.SESSION_SECRET]; ' +
        `${WHY_SECRETS}. What was sealed before can still be opened`,
      seen: 'nothing',
    });
  if (faults.length > 0) throw new Error(startFault('connector', faults.map(faultText)));
}
