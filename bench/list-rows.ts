import { performance } from 'node:perf_hooks';
import { Client } from 'pg';
import { Pool } from 'undici';
import { writeCursor } from '../src/http/gateway/sessions/session-calls.js';
import { send } from './load.js';
import { startServerProcess, stopProcess } from './processes.js';

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
const HEADERS = { authorization: 'Bearer demo-api-key' };

interface Side {
  pool: Pool;
  /** Ids and times that exist on both sides. */
  deepCursor: string;
  sessionId: string;
}

/** The paths below `/v1/punchout`: every filter, filters without a match, the last pages. */
const PATHS: [string, (side: Side) => string][] = [
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

/** PunchFlow's lists and figures on `rows` sessions, compared with 10,000, alternating, one request at a time. */
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
      sides.push({ pool: new Pool(`http://127.0.0.1:${port}`, { connections: 1 }), ...(await fill(url.href, count)) });
    }
    const [small, large] = sides;
    if (small === undefined || large === undefined) throw new Error('two sides are needed');
    const results: ListRow[] = [];
    for (const [name, path] of PATHS.filter(([title]) => only === undefined || title.startsWith(only)))
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
      const { status, text } = await send(side.pool, { path: `/v1/punchout${path(side)}`, headers: HEADERS });
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
    holds: ratio <= MOST,
  };
}

function quantile(times: number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;
}

/** A year of sessions, all ended, and the figures of their transfers. */
async function fill(url: string, rows: number): Promise<{ deepCursor: string; sessionId: string }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`
    insert into transmission (tenant_id, transmission_id, connection_id, protocol, operation, status, request,
      buyer_cookie, return_url, created_at, start_expires_at, expires_at, absolute_expires_at, ended_at, buyer, summary)
    select 'demo', 'demo_' || translate(substr(md5(n::text), 1, 26), '0189', 'wxyz'),
      case n % 3 when 0 then 'company-oci' else 'company-cxml' end,
      case n % 3 when 0 then 'oci' else 'cxml' end, 'create',
      case when n % 1000 = 0 then 'active' when n % 100 < 50 then 'transferred' when n % 100 < 60 then 'order_created'
        when n % 100 < 75 then 'closed' when n % 100 < 85 then 'cancelled' else 'expired' end,
      '{"deploymentMode":"production","buyer":{"email":"buyer@company.com"},"extrinsics":[],"items":[]}',
      'cookie-' || n, 'https://erp.company.com/punchout/return',
      at, at + interval '5 minutes',
      case when n % 1000 = 0 then now() + interval '1 day' else at + interval '1 hour' end,
      at + interval '8 hours', at + interval '15 minutes',
      '{"email":"buyer@company.com"}', case when n % 100 < 60 then jsonb_build_object(
        'itemsCount', '3', 'linesCount', 2, 'totalAmount', (n % 900 + 10) || '.90', 'currency', 'EUR') end
    from (select n, now() - (n * interval '365 days' / ${rows}) as at from generate_series(1, ${rows}) n) made`);
  await client.query(`
    delete from sales_fact;
    insert into sales_day
      select tenant_id, (created_at at time zone 'UTC')::date, '', count(*), 0, 0 from transmission group by 1, 2
      union all
      select tenant_id, (created_at at time zone 'UTC')::date, 'EUR', 0, count(*),
        sum((summary->>'totalAmount')::numeric) from transmission where summary is not null group by 1, 2;
    insert into product_day
      select t.tenant_id, (t.created_at at time zone 'UTC')::date, 'EUR', 'SKU-' || sku, 'Product ' || sku,
        count(*), count(*) * 9.9
      from transmission t,
        lateral (values (abs(hashtext(t.transmission_id)) % 60), (abs(hashtext(t.buyer_cookie)) % 60)) sold (sku)
      where t.summary is not null group by 1, 2, 4, 5;
    insert into product_month
      select tenant_id, date_trunc('month', day::timestamp)::date, currency, sku, max(name), sum(quantity), sum(revenue)
      from product_day group by 1, 2, 3, 4;
    -- What has happened since is not folded yet, as on a day like any other.
    insert into sales_fact (tenant_id, day, currency, sessions, completed, revenue, lines)
      select 'demo', (now() at time zone 'UTC')::date, 'EUR', 0, 1, 9.90, '[["SKU-1", "Product 1", "1", "9.90"]]'
      from generate_series(1, 200)`);
  await client.query('vacuum analyze');
  const { rows: found } = await client.query<{ mark: string; id: string }>(
    `select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as mark, transmission_id as ` +
      `id from transmission where created_at < now() - interval '364 days' order by created_at desc limit 1`,
  );
  await client.end();
  const [deep] = found;
  if (deep === undefined) throw new Error('no rows were made');
  return {
    deepCursor: writeCursor({ page: 2, after: { createdAt: deep.mark, transmissionId: deep.id } }),
    sessionId: deep.id,
  };
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}
