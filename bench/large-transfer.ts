import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';
import { generatedNumber } from '../src/adapters/stores/demo/catalogue/generated.js';
import { send } from './load.js';
import { type MeasuredRow, quantile } from './measured-row.js';
import { startServerProcess, stopProcess } from './processes.js';
import { openSession } from './punchout.js';
import { fillCall, ourTarget } from './targets.js';

const PORT = 18_994;
const LINES = 1_000;
const WARM_UP = 20;
const MOST_MS = 8;
const MOST_BLOCK_MS = 10;

/** Transfers of 1,000 lines, one at a time, and how long one keeps the server from everything else. */
export async function largeTransferRows(databaseUrl: string, redisUrl: string, times: number): Promise<MeasuredRow[]> {
  const server = await startServerProcess(
    'dist-bench/bench/product-server.js',
    { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, PORT: String(PORT), GENERATED: String(LINES) },
    `http://127.0.0.1:${PORT}/page`,
  );
  const target = ourTarget(PORT, server.pid);
  const pool = new Pool(target.url, { connections: 1 });
  const longestBlock = async (): Promise<number> => {
    const { ms }: { ms: number } = JSON.parse((await send(pool, { path: '/longest-block' })).text);
    return ms;
  };
  const lines = Array.from({ length: LINES }, (_, at) => ({ supplierPartId: generatedNumber(at + 1), quantity: '2' }));
  try {
    const [transfers, blocks]: [number[], number[]] = [[], []];
    for (let turn = -WARM_UP; turn < times; turn += 1) {
      const cookie = await openSession(pool, target);
      await send(pool, fillCall(cookie, lines));
      await longestBlock();
      const startedAt = performance.now();
      const { status, text } = await send(pool, target.transfer(cookie));
      const ms = performance.now() - startedAt;
      if (status !== 200 || !text.includes('<form')) throw new Error(`the cart was not sent: ${text.slice(0, 300)}`);
      const block = await longestBlock();
      if (turn < 0) continue;
      transfers.push(ms);
      blocks.push(block);
    }
    const [p50, p99, longest] = [quantile(transfers, 0.5), quantile(transfers, 0.99), Math.max(...blocks)];
    return [
      {
        name: 'transfer, 1,000 lines, alone',
        ours: `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`,
        floor: '',
        target: `p50 <= ${MOST_MS} ms`,
        holds: p50 <= MOST_MS,
        isTimed: true,
      },
      {
        name: 'longest block of the event loop in it',
        ours: `${longest.toFixed(1)} ms, median ${quantile(blocks, 0.5).toFixed(1)} ms`,
        floor: `${times} transfers`,
        target: `<= ${MOST_BLOCK_MS} ms`,
        holds: longest <= MOST_BLOCK_MS,
        isTimed: true,
      },
    ];
  } finally {
    await pool.close();
    await stopProcess(server);
  }
}
