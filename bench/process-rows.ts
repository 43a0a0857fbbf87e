import { availableParallelism } from 'node:os';
import { Pool } from 'undici';
import { load } from './load.js';
import { type MeasuredRow, quantile } from './measured-row.js';
import { cpuSeconds, startServerProcess, stopProcess } from './processes.js';
import { ourTarget } from './targets.js';

const PORTS = [18_997, 18_998] as const;
const CONNECTIONS = 32;
const WARM_UP_MS = 4_000;
const LEAST = 1.8;
/** Two for the servers, the others for the driver and the databases. */
const CORES = 4;

/**
 * Call-ups to two processes, each on a core of its own, against one. With fewer cores the processes compete with driver
 * and database. Then the row compares processor time: as long as a call-up costs a process no more beside another one,
 * two do twice as much.
 */
export async function processRows(
  databaseUrl: string,
  redisUrl: string,
  { rounds, ms }: { rounds: number; ms: number },
): Promise<MeasuredRow[]> {
  const servers: Awaited<ReturnType<typeof startServerProcess>>[] = [];
  // One after the other: the first makes the schema.
  for (const [core, port] of PORTS.entries())
    servers.push(
      await startServerProcess(
        'dist-bench/bench/product-server.js',
        { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, PORT: String(port) },
        `http://127.0.0.1:${port}/page`,
        [],
        core,
      ),
    );
  const targets = PORTS.map((port, index) => ourTarget(port, servers[index]?.pid));
  const pools = targets.map(({ url }) => new Pool(url, { connections: CONNECTIONS }));
  const run = async (processes: 1 | 2, span: number): Promise<{ perSecond: number; cpuUs: number }> => {
    const busy = targets.slice(0, processes);
    const cpu = (): number => busy.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
    const before = cpu();
    const results = await Promise.all(
      busy.map((target, index) =>
        load(pools[index] as Pool, {
          next: target.setup,
          accept: ({ status, text }) => status === 200 && text.includes('<StartPage>'),
          connections: CONNECTIONS,
          ms: span,
        }),
      ),
    );
    if (results.some(({ wrong }) => wrong > 0)) throw new Error('call-ups were refused');
    const count = results.reduce((sum, result) => sum + result.count, 0);
    return {
      perSecond: results.reduce((sum, { perSecond }) => sum + perSecond, 0),
      cpuUs: ((cpu() - before) / count) * 1e6,
    };
  };
  try {
    await run(2, WARM_UP_MS);
    const [one, two]: [Awaited<ReturnType<typeof run>>[], Awaited<ReturnType<typeof run>>[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      one.push(await run(1, ms));
      two.push(await run(2, ms));
    }
    const median = (runs: typeof one, of: 'perSecond' | 'cpuUs'): number =>
      quantile(
        runs.map((result) => result[of]),
        0.5,
      );
    const byRate = median(two, 'perSecond') / median(one, 'perSecond');
    const byCpu = (2 * median(one, 'cpuUs')) / median(two, 'cpuUs');
    const hasCores = availableParallelism() >= CORES;
    return [
      {
        name: 'setup, two processes against one',
        ours:
          `${byRate.toFixed(2)} x (${median(two, 'perSecond').toFixed(0)} /s), ` +
          `by processor time ${byCpu.toFixed(2)} x`,
        floor: `one: ${median(one, 'perSecond').toFixed(0)} /s`,
        target: `>= ${LEAST} x${hasCores ? '' : `, by processor time: fewer than ${CORES} cores`}`,
        holds: (hasCores ? byRate : byCpu) >= LEAST,
        isTimed: true,
      },
    ];
  } finally {
    await Promise.all(pools.map((pool) => pool.close()));
    await Promise.all(servers.map(stopProcess));
  }
}
