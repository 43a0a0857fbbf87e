import type { OwnTexts } from '../domain/buyer-texts/buyer-texts.js';
import { isLoopback } from '../domain/access/return-url.js';
import { baseUrlOf } from '../domain/base-url.js';
import { isDatabaseUrl, isNetworkText, isRedisUrls, isWebAddress } from './network-text.js';
import { type OpenIdOptions, openIdFaults } from './open-id-options.js';
import { startFault } from './option-check.js';
import { type ProcessSettings, isWithin, processSettings } from './variables/process-variables.js';
import { type StoreSettings, storeSettings } from './store-environment.js';
import { textsInFile } from './texts/texts-file.js';
import { secretSeen, valueSeen } from './value-seen.js';

/** The settings that the server reads from its environment; no other code reads `process.env`. */
export interface ServerSettings extends ProcessSettings {
  host: string;
  port: number;
  publicUrl: string;
  database: { url: string; connections?: number } | { directory: string };
  redisUrl?: string;
  /** Undefined: the server generates a secret and stores it with its data (never in production). */
  secrets?: string[];
  demo: boolean;
  store: StoreSettings;
  /**
   * Whether our page or the shop tells the buyer which lines of an edited cart could not be restored. Undefined: the
   * demo shop tells it; for other shops our page does.
   */
  restoreReport?: 'page' | 'shop';
  /** Own texts for the pages that buyers see. */
  texts?: OwnTexts;
  /** How requests to the store's own API without a punchout are treated. Absent: they pass. */
  proxyWithoutSession?: 'refuse';
  /** Addresses or CIDR ranges of the reverse proxies in front of the server; empty: none is trusted. */
  trustedProxies: string[];
  /** Maximum number of open sockets of the process. */
  maxSockets?: number;
  /** Maximum number of sockets per client address; 0: no limit. Absent: a quarter of maxSockets. */
  maxSocketsPerAddress?: number;
  /** Private networks, and plain http, that hooks and feeds may use. */
  outbound?: { networks: string[]; http: boolean };
  /** Timeout of a subscriber's answer. */
  hookTimeoutMs?: number;
  /** Where operators sign in besides our own page. */
  openIdConnect?: OpenIdOptions;
  /**
   * Requests per minute of one client address, and of an address without any successful authentication; 0: no limit.
   */
  requestsPerAddress?: number;
  requestsPerStranger?: number;
  /** Port of the metrics listener; 0 disables it. */
  metricsPort: number;
  /** False: another process does the jobs. Absent: this one. */
  worker?: boolean;
  logLevel: string;
  /** Notices for the operator at start, one sentence each. */
  notices?: string[];
}

type Environment = Record<string, string | undefined>;

/** Whether this process runs in production. The only variable that the library reads by itself. */
export function inProduction(env: Environment = process.env): boolean {
  return env['NODE_ENV'] === 'production';
}

/** Whether a script of npm, or npx, has started this process. */
export function startedByNpm(env: Environment = process.env): boolean {
  return env['npm_lifecycle_event'] !== undefined;
}

/** Why secrets are needed, and how to create one. */
export const WHY_SECRETS =
  'without one, the key that signs sessions and seals secrets lies in the database beside what it seals; ' +
  'make one with `openssl rand -base64 48`';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'];

/**
 * Reads and validates the environment; throws one Error that lists every fault, its fix and the value seen. An empty
 * environment gives the embedded demo on loopback. Production refuses the demo, missing secrets, a public URL without
 * https, no STORE, no TRUSTED_PROXIES, and the embedded database unless EMBEDDED_DATABASE=allow is set.
 */
export function serverSettings(env: Environment): ServerSettings {
  const faults: string[] = [];
  const production = inProduction(env);
  const host = env['HOST'] ?? '127.0.0.1';
  const port = portOf(env, 'PORT', 3000, faults);
  const publicUrl = baseUrlOf(env['PUBLIC_URL'] ?? `http://127.0.0.1:${port}`);
  const onLoopback = LOOPBACK.has(host);
  const isPublic = URL.canParse(publicUrl) && !isLoopback(new URL(publicUrl).hostname);
  const demo = switchOf(env, 'DEMO', !production && onLoopback && !isPublic, faults);
  const secrets = env['SESSION_SECRET']?.split(',').map((secret) => secret.trim());
  const logLevel = env['LOG_LEVEL'] ?? 'info';

  if (env['PUBLIC_URL'] !== undefined && !isWebAddress(publicUrl))
    faults.push('PUBLIC_URL: an absolute http(s) URL without query or credentials, e.g. https://shop.example.com');
  const database = databaseOf(env, faults);
  const redisUrl = env['REDIS_URL'];
  if (redisUrl !== undefined && !isRedisUrls(redisUrl))
    faults.push('REDIS_URL: redis://host:6379 or rediss://, several separated by commas; unset it to use none');
  if (host === '') faults.push('HOST: an address of this machine, e.g. 127.0.0.1 or 0.0.0.0');
  if (!LOG_LEVELS.includes(logLevel)) faults.push(`LOG_LEVEL: one of ${LOG_LEVELS.join(', ')}`);
  if (secrets?.some((secret) => secret.length < 32))
    faults.push('SESSION_SECRET: 32 characters or more (several separated by commas, newest first)');
  if (demo && !onLoopback)
    faults.push('DEMO: the demo has well-known credentials and runs on loopback only; unset DEMO or HOST');
  if (demo && isPublic)
    faults.push(
      'DEMO: the demo has well-known credentials and runs on loopback only, and PUBLIC_URL says that others ' +
        'reach it; unset DEMO or PUBLIC_URL',
    );
  const notices: string[] = [];
  if (env['DEMO'] === undefined && !production && !demo) {
    const variable = onLoopback ? 'PUBLIC_URL' : 'HOST';
    notices.push(
      `The demo is off, since ${variable} is not loopback. To see it, unset ${variable}; to have no demo ` +
        'anywhere, set DEMO=off.',
    );
  }
  if (isPublic && !production && secrets === undefined) notices.push(`SESSION_SECRET is not set: ${WHY_SECRETS}.`);
  if (production) {
    if (demo) faults.push('DEMO: not in production');
    if (secrets === undefined) faults.push(`SESSION_SECRET: needed in production; ${WHY_SECRETS}`);
    if (publicUrl.startsWith('http://')) faults.push('PUBLIC_URL: must be https in production');
    if (env['STORE'] === undefined)
      faults.push('STORE: needed in production, shopware or vendure; unset, buyers would shop in the demo shop');
    if (listOf(env['TRUSTED_PROXIES']).length === 0)
      faults.push(
        'TRUSTED_PROXIES: needed in production: the server speaks http, so what serves https is a proxy, and only ' +
          'its X-Forwarded-For tells callers apart; the address or network of that proxy, e.g. 10.0.0.0/8',
      );
  }
  const networks = listOf(env['OUTBOUND_NETWORKS']);
  if (!networks.every((network) => network.includes('/') && isNetworkText(network)))
    faults.push('OUTBOUND_NETWORKS: networks separated by commas, e.g. 10.0.0.0/8');
  const outbound = { networks, http: switchOf(env, 'OUTBOUND_HTTP', false, faults) };
  const store = storeSettings(env['STORE'] ?? 'demo', env, faults);
  const restoreReport = env['RESTORE_REPORT'];
  if (restoreReport !== undefined && restoreReport !== 'page' && restoreReport !== 'shop')
    faults.push('RESTORE_REPORT: page or shop');
  const texts = textsInFile(env['TEXTS_FILE'], faults);
  const withoutSession = env['STORE_PROXY_WITHOUT_SESSION'] ?? 'pass';
  if (withoutSession !== 'pass' && withoutSession !== 'refuse')
    faults.push('STORE_PROXY_WITHOUT_SESSION: pass or refuse');
  const hookTimeout = env['HOOK_TIMEOUT_MS'];
  if (hookTimeout !== undefined && !/^[1-9]\d{2,5}$/.test(hookTimeout))
    faults.push('HOOK_TIMEOUT_MS: milliseconds from 100 to 999999');
  const requestsPerAddress = limitOf(env, 'REQUESTS_PER_ADDRESS', faults);
  const requestsPerStranger = limitOf(env, 'REQUESTS_PER_STRANGER', faults);
  const proxies = listOf(env['TRUSTED_PROXIES']);
  if (!proxies.every(isNetworkText))
    faults.push('TRUSTED_PROXIES: addresses or networks separated by commas, e.g. 10.0.0.0/8');
  const maxSockets = env['MAX_SOCKETS'];
  if (maxSockets !== undefined && !/^[1-9]\d{1,5}$/.test(maxSockets))
    faults.push('MAX_SOCKETS: sockets of the process, from 10 to 999999');
  const perAddress = env['MAX_SOCKETS_PER_ADDRESS'];
  if (perAddress !== undefined && !/^\d{1,6}$/.test(perAddress))
    faults.push('MAX_SOCKETS_PER_ADDRESS: sockets of one client address, a whole number; 0 for no bound');
  const openIdConnect = openIdOf(env, faults);
  const metricsPort = portOf(env, 'METRICS_PORT', 0, faults);
  const ofProcess = processSettings(env, faults);
  const worker = switchOf(env, 'WORKER', true, faults);
  if (!worker && 'directory' in database)
    faults.push('WORKER: on with the embedded database, since one process only can open it; unset WORKER');
  refuse('server', env, faults);
  return {
    host,
    port,
    publicUrl,
    database,
    redisUrl,
    secrets,
    demo,
    store,
    restoreReport: restoreReport === 'page' || restoreReport === 'shop' ? restoreReport : undefined,
    texts,
    proxyWithoutSession: withoutSession === 'refuse' ? ('refuse' as const) : undefined,
    trustedProxies: proxies,
    requestsPerAddress,
    requestsPerStranger,
    maxSockets: maxSockets === undefined ? undefined : Number(maxSockets),
    maxSocketsPerAddress: perAddress === undefined ? undefined : Number(perAddress),
    outbound,
    hookTimeoutMs: hookTimeout === undefined ? undefined : Number(hookTimeout),
    openIdConnect,
    metricsPort,
    worker,
    logLevel,
    notices: notices.length === 0 ? undefined : notices,
    ...ofProcess,
  };
}

/** Where the data is, for commands that need nothing else. Throws one Error that lists every fault. */
export function databaseSettings(env: Environment): ServerSettings['database'] {
  const faults: string[] = [];
  const database = databaseOf(env, faults);
  refuse('command', env, faults);
  return database;
}

function databaseOf(env: Environment, faults: string[]): ServerSettings['database'] {
  const [url, directory, embedded] = [env['DATABASE_URL'], env['DATA_DIR'] ?? '.data', env['EMBEDDED_DATABASE']];
  if (url !== undefined && !isDatabaseUrl(url)) faults.push('DATABASE_URL: postgres://user:password@host:5432/name');
  if (directory === '') faults.push('DATA_DIR: a directory; unset it for .data');
  if (![undefined, 'allow'].includes(embedded)) faults.push('EMBEDDED_DATABASE: allow, or unset it');
  if (inProduction(env) && url === undefined && embedded !== 'allow')
    faults.push('DATABASE_URL: needed in production (EMBEDDED_DATABASE=allow permits the embedded database)');
  const connections = env['DATABASE_CONNECTIONS'];
  if (connections !== undefined && !isWithin(connections, 2, 1_000))
    faults.push('DATABASE_CONNECTIONS: connections from 2 to 1000');
  return url === undefined
    ? { directory }
    : { url, connections: connections === undefined ? undefined : Number(connections) };
}

function refuse(what: 'server' | 'command', env: Environment, faults: readonly string[]): void {
  if (faults.length === 0) return;
  throw new Error(
    startFault(
      what,
      faults.map((fault) => `${fault}; seen: ${seenIn(env, fault)}`),
    ),
  );
}

function openIdOf(env: Environment, faults: string[]): OpenIdOptions | undefined {
  const [issuer, clientId, clientSecret] = [env['OIDC_ISSUER'], env['OIDC_CLIENT_ID'], env['OIDC_CLIENT_SECRET']];
  const [name, tenantClaim, roleClaim] = [env['OIDC_NAME'], env['OIDC_TENANT_CLAIM'], env['OIDC_ROLE_CLAIM']];
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) {
    if ([issuer, clientId, clientSecret, name, tenantClaim, roleClaim].some((text) => text !== undefined))
      faults.push('OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET: all three or none; the others only with them');
    return undefined;
  }
  const given = { issuer, clientId, clientSecret, name, tenantClaim, roleClaim };
  for (const { option, cure } of openIdFaults(given, 'oidc'))
    faults.push(`${option.replaceAll('.', '_').replace(/[A-Z]/g, '_$&').toUpperCase()}: ${cure}`);
  return given;
}

const SECRET = /SECRET|PASSWORD|KEY|TOKEN/;

/** The values of the variables that a fault names before its colon; of secrets the length. */
function seenIn(env: Environment, fault: string): string {
  const names = fault.slice(0, fault.indexOf(':')).match(/[A-Z][A-Z_]+/g) ?? [];
  const seen = names.map((name) => (SECRET.test(name) ? secretSeen : valueSeen)(env[name]));
  return seen.length === 1 ? String(seen[0]) : names.map((name, index) => `${name} ${seen[index]}`).join(', ');
}

function listOf(text = ''): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function portOf(env: Environment, name: string, fallback: number, faults: string[]): number {
  const text = env[name];
  if (text === undefined) return fallback;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) faults.push(`${name}: a port from 0 to 65535`);
  return port;
}

/** Undefined: the connector's default. */
function limitOf(env: Environment, name: string, faults: string[]): number | undefined {
  const text = env[name];
  if (text !== undefined && !/^\d{1,9}$/.test(text))
    faults.push(`${name}: requests a minute, a whole number; 0 for no limit`);
  return text === undefined ? undefined : Number(text);
}

function switchOf(env: Environment, name: string, fallback: boolean, faults: string[]): boolean {
  const text = env[name]?.toLowerCase();
  if (text === undefined) return fallback;
  if (!['1', 'true', 'on', '0', 'false', 'off'].includes(text)) faults.push(`${name}: on or off`);
  return ['1', 'true', 'on'].includes(text);
}
