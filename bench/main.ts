/**
 * `npm run bench`: our speed as ratios to floors measured in the same run (architecture.md section 8). Needs PostgreSQL
 * (DATABASE_URL) and Redis (REDIS_URL); creates and drops its own database. Exit code 1 if a row misses its target or
 * an answer was wrong.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { codecRows } from './codec-rows.js';
import { deliveryRows } from './delivery-rows.js';
import { type HttpRun, httpRows, printHttp } from './http-rows.js';
import { largeTransferRows } from './large-transfer.js';
import { listRows } from './list-rows.js';
import { type MeasuredRow, printMeasured, withNoise } from './measured-row.js';
import { memoryRows } from './memory-rows.js';
import { withOwnDatabase } from './own-database.js';
import { processRows } from './process-rows.js';
import { startServerProcess, stopProcess } from './processes.js';
import { shopCallRows } from './shop-calls.js';
import { startRows } from './start-rows.js';
import { floorTarget, ourTarget } from './targets.js';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
    row: { type: 'string' },
    rows: { type: 'string' },
    setups: { type: 'string', default: '100000' },
    only: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const HELP = `npm run bench -- [options]

  --only <group>     one of the groups below; without it all, half an hour
  --row <start>      of http, embedded, codecs, lists, deliveries: the rows whose names start so
  --rounds 3         of http, embedded, lists, deliveries, processes
  --seconds 3        a round takes, of http, embedded, processes
  --rows <count>     sessions of lists: 1000000 alone, 100000 among other groups
  --setups 100000    call-ups of memory

  group        measures                                                               takes
  codecs       reading and writing of documents                                       1 minute
  lists        lists, figures and pages of the console in large tables                4 minutes; alone 15
  deliveries   order events to subscribers                                            2 minutes
  http         requests against bare Express code, 32 connections and 1               6 minutes
  embedded     call-up, login and transfer on the embedded database                   3 minutes
  large        a transfer of 1,000 lines, and how long it blocks the server           1 minute
  start        the server until it is ready, and the import of the package            1 minute
  memory       after 100,000 call-ups, and of a live session                          3 minutes
  processes    two processes against one                                              1 minute
  shop         requests that login, add, transfer, edit and VALIDATE cost a Shopware  10 seconds
`;
if (values.help === true) {
  process.stdout.write(HELP);
  process.exit(0);
}
if (values.only !== undefined && !HELP.includes(`\n  ${values.only} `)) throw new Error(`no group ${values.only}`);

const { DATABASE_URL = 'postgres://postgres@127.0.0.1:5432/postgres', REDIS_URL = 'redis://127.0.0.1:6379' } =
  process.env;
type Environment = Record<string, string | undefined>;
const OURS_PORT = 18_991;
const FLOOR_PORT = 18_990;
const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
let missed = false;

if (values.only === undefined || values.only === 'codecs') {
  print('| codec | ours | floor | ratio | target | |\n|---|---|---|---|---|---|');
  for (const { name, ours, floor, ratio, target, holds } of codecRows(values.row)) {
    missed ||= !holds;
    print(`| ${name} | ${ours} | ${floor} | ${ratio} | ${target} | ${holds ? 'ok' : 'MISSED'} |`);
  }
}

if (values.only === undefined || values.only === 'lists') {
  const rows = Number(values.rows ?? (values.only === 'lists' ? 1_000_000 : 100_000));
  const results = await listRows({
    databaseUrl: DATABASE_URL,
    redisUrl: REDIS_URL,
    rows,
    rounds: 40 * Number(values.rounds),
    only: values.row,
    print,
  });
  print(
    `\n| list or figures | 10,000 sessions: ms, median (p95) | ${rows} sessions | ratio of medians | target | |\n` +
      '|---|---|---|---|---|---|',
  );
  for (const { name, smallMs, smallP95Ms, largeMs, largeP95Ms, ratio, holds } of results) {
    missed ||= !holds;
    print(
      `| ${name} | ${smallMs.toFixed(2)} (${smallP95Ms.toFixed(2)}) ` +
        `| ${largeMs.toFixed(2)} (${largeP95Ms.toFixed(2)}) | ${ratio.toFixed(2)} | <= 1.5 ` +
        `| ${holds ? 'ok' : 'MISSED'} |`,
    );
  }
}

if (values.only === undefined || values.only === 'deliveries') {
  print('\n| order events to | ours /s | floor /s | ratio | target | |\n|---|---|---|---|---|---|');
  for (const { name, ours, floor, ratio, least, holds } of await deliveryRows({
    databaseUrl: DATABASE_URL,
    rounds: Number(values.rounds),
    only: values.row,
  })) {
    missed ||= !holds;
    print(
      `| ${name} | ${ours.toFixed(0)} | ${floor.toFixed(0)} | ${ratio.toFixed(2)} | >= ${least} ` +
        `| ${holds ? 'ok' : 'MISSED'} |`,
    );
  }
}

const httpRun: HttpRun = {
  rounds: Number(values.rounds),
  ms: Number(values.seconds) * 1_000,
  rows: (name) => values.row === undefined || name.startsWith(values.row),
  print,
};

if (values.only === undefined || values.only === 'http')
  await withOwnDatabase(DATABASE_URL, 'http', async (url) => {
    const env = { DATABASE_URL: url, REDIS_URL };
    const rows = await againstFloor(env, env, httpRun);
    missed = printHttp(`32 connections, median of ${values.rounds}`, rows, print).missed || missed;
  });

if (values.only === undefined || values.only === 'embedded') {
  const directory = mkdtempSync(join(tmpdir(), 'punchout-bench-'));
  const embedded = (name: string): Environment => ({
    DATABASE_URL: undefined,
    REDIS_URL: undefined,
    DATA_DIR: join(directory, name),
  });
  try {
    const rows = await againstFloor(embedded('ours'), embedded('floor'), {
      ...httpRun,
      rows: (name) => /^(setup|login|transfer)/.test(name) && httpRun.rows(name),
      least: 0.6,
      perSecond: 300,
    });
    missed = printHttp('embedded database, 32 connections', rows, print).missed || missed;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const MEASURED: [string, string, (url: string) => Promise<MeasuredRow[]>][] = [
  ['large', 'large cart', (url) => largeTransferRows(url, REDIS_URL, 100)],
  ['start', 'start', (url) => startRows(url, REDIS_URL, 7)],
  ['memory', 'memory', (url) => memoryRows(url, REDIS_URL, Number(values.setups))],
  ['processes', 'processes', (url) => processRows(url, REDIS_URL, httpRun)],
  ['shop', 'requests to the shop', shopCallRows],
];
for (const [group, title, measure] of MEASURED)
  if (values.only === undefined || values.only === group) {
    print(`measuring ${title} …`);
    const measured = await withNoise(() => withOwnDatabase(DATABASE_URL, group, measure));
    missed = printMeasured(title, measured, print).missed || missed;
  }
process.exitCode = missed ? 1 : 0;

/** Runs the connector and the floor, each with its environment. */
async function againstFloor(ours: Environment, floor: Environment, run: HttpRun): ReturnType<typeof httpRows> {
  const start = (script: string, env: Environment, port: number) =>
    startServerProcess(
      `dist-bench/bench/${script}.js`,
      { ...env, PORT: String(port) },
      `http://127.0.0.1:${port}/page`,
    );
  const [connector, bare] = [
    await start('product-server', ours, OURS_PORT),
    await start('floor-server', floor, FLOOR_PORT),
  ];
  try {
    return await httpRows(ourTarget(OURS_PORT, connector.pid), floorTarget(FLOOR_PORT, bare.pid), run);
  } finally {
    await Promise.all([stopProcess(connector), stopProcess(bare)]);
  }
}
