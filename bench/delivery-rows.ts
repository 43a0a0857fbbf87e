import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { Client } from 'pg';
import { connectShops } from '../src/adapters/postgres/orders/connect-shops.js';
import { migrate } from '../src/adapters/postgres/database/migrate.js';
import { openDatabase } from '../src/adapters/postgres/database/open-database.js';
import { secretBox } from '../src/adapters/secrets/secret-box.js';
import { BENCH_SECRET } from './delivery-process.js';

export interface DeliveryRow {
  name: string;
  /** Events per second. */
  ours: number;
  floor: number;
  ratio: number;
  least: number;
  holds: boolean;
}

const ROWS = [
  { name: '1 subscriber', subscribers: 1, events: 3_000, least: 0.7 },
  { name: '100 subscribers', subscribers: 100, events: 60, least: 0.6 },
];
/** The length of an order with five lines. */
const ITEM = '<item id="100-1" source-id="1" count="1"><customer-price net="100" gross="107"/></item>';
const DOCUMENT = `<order-event><revision>%</revision>${ITEM.repeat(20)}</order-event>`;

/**
 * Order events to subscribers that answer immediately: our worker against the floor, alternating, each on its own
 * database.
 */
export async function deliveryRows({
  databaseUrl,
  rounds,
  only,
}: {
  databaseUrl: string;
  rounds: number;
  only: string | undefined;
}): Promise<DeliveryRow[]> {
  const results: DeliveryRow[] = [];
  for (const { name, subscribers, events, least } of ROWS.filter(
    (row) => only === undefined || row.name.startsWith(only),
  )) {
    const ours: number[] = [];
    const floor: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await eventsPerSecond(databaseUrl, 'ours', subscribers, events));
      floor.push(await eventsPerSecond(databaseUrl, 'floor', subscribers, events));
    }
    const ratio = median(ours) / median(floor);
    results.push({ name, ours: median(ours), floor: median(floor), ratio, least, holds: ratio >= least });
  }
  return results;
}

async function eventsPerSecond(
  databaseUrl: string,
  mode: 'ours' | 'floor',
  subscribers: number,
  events: number,
): Promise<number> {
  const name = `punchout_bench_delivery_${process.pid}`;
  const admin = new Client({ connectionString: databaseUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const own = new URL(databaseUrl);
  own.pathname = `/${name}`;
  const sink = await startSink(subscribers, events);
  let child: ChildProcess | undefined;
  try {
    await fill(own.href, sink.url, subscribers, events);
    const argv = [process.execPath, 'dist-bench/bench/delivery-process.js'];
    const pinned = availableParallelism() > 1 ? ['taskset', '-c', '0', ...argv] : argv;
    child = spawn(String(pinned[0]), pinned.slice(1), {
      env: { ...process.env, MODE: mode, DATABASE_URL: own.href, SINK: sink.url },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return await sink.rate();
  } finally {
    if (child !== undefined && child.exitCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    sink.close();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  }
}

interface Sink {
  url: string;
  /** Events per second, after all have arrived. */
  rate(): Promise<number>;
  close(): void;
}

async function startSink(subscribers: number, events: number): Promise<Sink> {
  const last = new Map<string, number>();
  let begunAt = 0;
  let received = 0;
  const settled: { resolve?: (rate: number) => void } = {};
  const whole = new Promise<number>((resolve) => (settled.resolve = resolve));
  const server = createServer((req, res) => {
    if (begunAt === 0) begunAt = performance.now();
    const path = req.url ?? '';
    if (req.method === 'GET')
      return void res
        .setHeader('content-type', 'text/xml')
        .end(`<last-revision>${last.get(path) ?? 0}</last-revision>`);
    const chunks: Buffer[] = [];
    req
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const revision = Number(/<revision>(\d+)</.exec(Buffer.concat(chunks).toString('latin1'))?.[1]);
        last.set(path, revision);
        received += 1;
        res.end();
        if (received === subscribers * events) settled.resolve?.((received * 1000) / (performance.now() - begunAt));
      });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    rate: () => whole,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function fill(url: string, sinkUrl: string, subscribers: number, events: number): Promise<void> {
  const database = await openDatabase({ kind: 'server', url });
  await migrate(database);
  const { knex } = database;
  await knex('tenant').insert({ tenant_id: 'bench', name: 'Bench', settings: '{}' });
  const shops = connectShops(database, secretBox([BENCH_SECRET]));
  await shops.save({ tenantId: 'bench', shopId: 1, role: 'supplier', name: 'S', demo: false });
  await shops.addKey('bench', 1, 'key');
  await knex.raw(
    'insert into connect_event (tenant_id, shop_id, revision, name, transaction_id, supplier_shop, document) ' +
      `select 'bench', 1, n, 'order_created', n, 1, replace(?, '%', n::text) from generate_series(1, ?::int) n`,
    [DOCUMENT, events],
  );
  await knex('connect_stream').update({ last_revision: events });
  await knex.raw(
    `insert into connect_hook (tenant_id, hook_id, shop_id, url, events) select 'bench', 'hook_' || n, 1, ? || ` +
      `n, '{order_created}' from generate_series(1, ?::int) n`,
    [sinkUrl, subscribers],
  );
  await knex.raw('analyze');
  await database.close();
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
