import { type Socket, connect, createServer } from 'node:net';
import type { ServerProcess } from './server-process.js';
import { pause } from './until.js';

/** Interval of the readiness check; the seen state is at most one answer older. */
const ASK_EVERY_MS = 150;

/** A small TCP balancer: new connections go to ready processes in turn; existing ones stay. */
export async function startBalancer(
  processes: readonly ServerProcess[],
): Promise<{ url: string; sees(process: ServerProcess): boolean; close(): Promise<void> }> {
  const ready = new Set<ServerProcess>();
  const sockets = new Set<Socket>();
  let turn = 0;
  const over = new AbortController();
  const server = createServer((client) => {
    const candidates = [...ready];
    const chosen = candidates[(turn += 1) % Math.max(1, candidates.length)];
    if (chosen === undefined) {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(chosen.port, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from
        .setNoDelay(true)
        .on('error', () => to.destroy())
        .on('close', () => {
          sockets.delete(from);
          to.destroy();
        });
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the balancer has no port');
  const watch = async (process: ServerProcess): Promise<void> => {
    while (!over.signal.aborted) {
      if (await process.isReady()) ready.add(process);
      else ready.delete(process);
      await pause(ASK_EVERY_MS);
    }
  };
  const watching = Promise.all(processes.map(watch));
  return {
    url: `http://127.0.0.1:${address.port}`,
    sees: (process) => ready.has(process),
    async close() {
      over.abort();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await watching;
    },
  };
}
