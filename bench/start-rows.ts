import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type MeasuredRow, quantile } from './measured-row.js';
import { stopProcess } from './processes.js';

const PORT = '18996';
const MOST_MS = 400;
const MOST_WAIT_MS = 60_000;

/** From the start of the process until it says that it is ready, on a database that has its schema; and imports. */
export async function startRows(databaseUrl: string, redisUrl: string, times: number): Promise<MeasuredRow[]> {
  // The first start makes the schema.
  await msUntilReady(databaseUrl, redisUrl);
  const starts: number[] = [];
  const [ours, express]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < times; turn += 1) {
    starts.push(await msUntilReady(databaseUrl, redisUrl));
    ours.push(await importMs('./dist/src/index.js'));
    express.push(await importMs('express'));
  }
  const [start, own, floor] = [starts, ours, express].map((values) => quantile(values, 0.5)) as [
    number,
    number,
    number,
  ];
  return [
    {
      name: 'start of the server until /readyz is 200',
      ours: `${start.toFixed(0)} ms`,
      floor: `median of ${times}`,
      target: `<= ${MOST_MS} ms`,
      holds: start <= MOST_MS,
      isTimed: true,
    },
    {
      name: 'import of the package',
      ours: `${own.toFixed(0)} ms`,
      floor: `express: ${floor.toFixed(0)} ms`,
      target: '',
      holds: undefined,
      isTimed: true,
    },
  ];
}

async function msUntilReady(databaseUrl: string, redisUrl: string): Promise<number> {
  const startedAt = performance.now();
  const child: ChildProcess = spawn(process.execPath, ['dist/src/server.js'], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      PORT,
      METRICS_PORT: '0',
      LOG_LEVEL: 'warn',
      DRAIN_MS: '0',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
      const isReady = await fetch(`http://127.0.0.1:${PORT}/readyz`).then(
        ({ status }) => status === 200,
        () => false,
      );
      if (isReady) return performance.now() - startedAt;
      if (performance.now() - startedAt > MOST_WAIT_MS) throw new Error('the server does not become ready');
      await sleep(5);
    }
  } finally {
    if (child.exitCode === null) await stopProcess(child);
  }
}

async function importMs(module: string): Promise<number> {
  const program = `const at = performance.now(); await import('${module}'); console.log(performance.now() - at)`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  return Number(stdout);
}
