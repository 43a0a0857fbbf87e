import { performance } from 'node:perf_hooks';
import { Client } from 'pg';
import { Pool } from 'undici';
import { PRODUCTS } from '../src/adapters/stores/demo/catalogue/catalogue.js';
import { type Filled, fillYear } from './fill-year.js';
import { send } from './load.js';
import { quantile } from './measured-row.js';
import { OPERATOR } from './operator.js';
import { startServerProcess, stopProcess } from './processes.js';
import { setupDocument } from './setup-document.js';

export interface ListRow {
  name: string;
  /** Medians over all rounds, milliseconds. */
  smallMs: number;
  largeMs: number;
  smallP95Ms: number;
  largeP95Ms: number;
  ratio: number;
  holds: boolean;
}

const SMALL = 10_000;
const MOST = 1.5;
const MOST_PAGE_MS = 100;

interface Side extends Filled {
  pool: Pool;
  /** Cookie of a sign-in at the console. */
  operator: string;
  /** A session that has transferred its cart. */
  whole: string;
}

/** The paths below `/v1/punchout`: every filter, filters without a match, the last pages. */
const LISTS: [string, (side: Side) => string][] = [
  ['first page', () => '/sessions'],
  ...['active', 'completed', 'cancelled', 'expired'].map((status): [string, () => string] => [
    `status=${status}`,
    () => `/sessions?status=${status}`,
  ]),
  ['protocol=oci', () => '/sessions?protocol=oci'],
  ['status and protocol', () => '/sessions?status=completed&protocol=cxml&limit=100'],
  ['a day', () => `/sessions?from_date=${daysAgo(40)}&to_date=${daysAgo(40)}`],
  ['dates, matching nothing', () => '/sessions?from_date=2001-01-01&to_date=2001-12-31'],
  ['protocol, matching nothing', () => '/sessions?protocol=repost'],
  ['status and protocol, matching nothing', () => '/sessions?status=active&protocol=repost'],
  ['page 500', () => '/sessions?page=500'],
  ['deep, by cursor', ({ deepCursor }) => `/sessions?cursor=${deepCursor}`],
  [
    'deep, by cursor, with a filter',
    ({ deepCursor }) => `/sessions?status=cancelled&protocol=oci&cursor=${deepCursor}`,
  ],
  ['one session', ({ sessionId }) => `/sessions/${sessionId}`],
  ['analytics, a month', () => '/analytics'],
  ['analytics, a year by day', () => '/analytics?period=year'],
  ['analytics, a year by month', () => '/analytics?period=year&group_by=month'],
];

/** The console's pages, below `/console`. */
const PAGES: [string, (side: Side) => string][] = [
  ['Today', () => ''],
  ['Sessions', () => '/sessions'],
  ['Sessions, by status', () => '/sessions?status=expired'],
  ['Sessions, of a connection', () => '/sessions?connection=company-oci'],
  ['Sessions, by e-mail', () => '/sessions?q=buyer77%40company.com'],
  ['Sessions, by BuyerCookie', () => '/sessions?q=cookie-78'],
  ['Sessions, by order number', () => '/sessions?q=PO-79'],
  ['Sessions, nothing found', () => '/sessions?q=nothing'],
  ['Session', ({ whole }) => `/sessions/${whole}`],
  ['Session, comparison', ({ whole }) => `/sessions/${whole}/compare`],
  ['Session, bundle', ({ whole }) => `/sessions/${whole}/bundle`],
  ['Refusals', () => '/refusals'],
  ['Connections', () => '/connections'],
  ['Connection', () => '/connections/company-cxml'],
  ['Addresses', () => '/connections/company-cxml/addresses'],
  ['Test punchouts', () => '/connections/company-cxml/test'],
  ['Hand-over', () => '/connections/company-cxml/hand-over'],
  ['Mapping', () => '/connections/company-cxml/mapping'],
  ['Settings', () => '/connections/company-cxml/settings'],
  ['Orders', () => '/orders'],
  ['Orders, by verdict', () => '/orders?verdict=mismatch'],
  ['Order', () => '/orders/company-cxml?order=PO-30'],
  ['Deliveries', () => '/deliveries'],
  ['Analytics', () => '/analytics'],
  ['Analytics, a year', () => `/analytics?from=${daysAgo(364)}&to=${daysAgo(0)}`],
  ['Analytics, timeline', () => '/analytics/timeline.csv'],
  ['Access', () => '/access'],
  ['Clients', () => '/access/clients'],
  ['Shops', () => '/access/shops'],
  ['Sites', () => '/access/sites'],
  ['Tenant', () => '/access/tenant'],
  ['Audit', () => '/audit'],
  ['Operators', () => '/operators'],
  ['Account', () => '/account'],
];

const ROWS: [string, (side: Side) => string][] = [
  ...LISTS.map(([name, path]): [string, (side: Side) => string] => [name, (side) => `/v1/punchout${path(side)}`]),
  ...PAGES.map(([name, path]): [string, (side: Side) => string] => [`page ${name}`, (side) => `/console${path(side)}`]),
];

/**
 * PunchFlow's lists and figures and the console's pages on `rows` sessions, compared with 10,000, alternating, one
 * request at a time.
 */
export async function listRows({
  databaseUrl,
  redisUrl,
  rows,
  rounds,
  only,
  print,
}: {
  databaseUrl: string;
  redisUrl: string;
  rows: number;
  rounds: number;
  only: string | undefined;
  print: (line: string) => void;
}): Promise<ListRow[]> {
  const admin = new Client({ connectionString: databaseUrl });
  await admin.connect();
  const names = [`punchout_bench_small_${process.pid}`, `punchout_bench_large_${process.pid}`] as const;
  const servers: Awaited<ReturnType<typeof startServerProcess>>[] = [];
  try {
    const sides: Side[] = [];
    for (const [index, name] of names.entries()) {
      await admin.query(`create database ${name}`);
      const url = new URL(databaseUrl);
      url.pathname = `/${name}`;
      const port = String(18_992 + index);
      servers.push(
        await startServerProcess(
          'dist-bench/bench/product-server.js',
          { DATABASE_URL: url.href, REDIS_URL: redisUrl, PORT: port },
          `http://127.0.0.1:${port}/page`,
        ),
      );
      const count = index === 0 ? SMALL : rows;
      print(`making ${count} sessions …`);
      const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 1 });
      const whole = await transferCart(pool);
      sides.push({ pool, whole, operator: await signIn(pool), ...(await fillYear(url.href, count)) });
    }
    const [small, large] = sides;
    if (small === undefined || large === undefined) throw new Error('two sides are needed');
    const results: ListRow[] = [];
    for (const [name, path] of ROWS.filter(([title]) => only === undefined || title.startsWith(only)))
      results.push(await compare(name, path, small, large, rounds));
    await Promise.all(sides.map(({ pool }) => pool.close()));
    return results;
  } finally {
    await Promise.all(servers.map(stopProcess));
    for (const name of names) await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  }
}

async function compare(
  name: string,
  path: (side: Side) => string,
  small: Side,
  large: Side,
  rounds: number,
): Promise<ListRow> {
  const times: [number[], number[]] = [[], []];
  // The first rounds warm up plans and caches.
  for (let round = -15; round < rounds; round += 1) {
    for (const [index, side] of [small, large].entries()) {
      const startedAt = performance.now();
      const headers = { authorization: 'Bearer demo-api-key', cookie: side.operator };
      const { status, text } = await send(side.pool, { path: path(side), headers });
      if (status !== 200) throw new Error(`${name}: ${status} ${text}`);
      if (round >= 0) times[index]?.push(performance.now() - startedAt);
    }
  }
  const [smallMs, largeMs] = [quantile(times[0], 0.5), quantile(times[1], 0.5)];
  const ratio = largeMs / smallMs;
  return {
    name,
    smallMs,
    largeMs,
    smallP95Ms: quantile(times[0], 0.95),
    largeP95Ms: quantile(times[1], 0.95),
    ratio,
    holds: ratio <= MOST && (!name.startsWith('page ') || largeMs <= MOST_PAGE_MS),
  };
}

async function signIn(pool: Pool): Promise<string> {
  const { status, headers } = await send(pool, {
    method: 'POST',
    path: '/console/sign-in',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ ...OPERATOR, next: '' }).toString(),
  });
  const [cookie] = String([headers['set-cookie']].flat()[0]).split(';');
  if (status !== 303 || cookie === undefined) throw new Error(`the sign-in answers ${status}`);
  return cookie;
}

/** Gives the id of its session. */
async function transferCart(pool: Pool): Promise<string> {
  const setup = await send(pool, {
    method: 'POST',
    path: '/v1/punchout/setup',
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: setupDocument('lists@bench'),
  });
  const start = /<StartPage><URL>([^<]+)/.exec(setup.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const { pathname, search } = new URL(start);
  const login = await send(pool, { path: pathname + search, headers: { 'sec-fetch-mode': 'navigate' } });
  const cookie = [login.headers['set-cookie'] ?? []].flat().map((line) => line.split(';')[0]);
  const headers = { cookie: cookie.join('; '), 'content-type': 'application/json' };
  const body = JSON.stringify([{ supplierPartId: PRODUCTS[0]?.sku, quantity: '2' }]);
  await send(pool, { method: 'POST', path: '/fill', headers, body });
  const { text } = await send(pool, {
    method: 'POST',
    path: '/agiqon/connector/session/logout?transferred=1',
    headers,
  });
  if (!text.includes('<form')) throw new Error(`the cart was not sent: ${text.slice(0, 300)}`);
  return /demo_[a-z2-7]{26}/.exec(pathname)?.[0] ?? '';
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}
