import type { Random } from '../random.js';
import type { ServerProcess } from '../stage/server-process.js';
import { pause } from '../stage/until.js';

const KILL_EVERY_MS = 1_500;

/**
 * Kills one process after the other and restarts it with this environment. One at a time, so that retries find a
 * running process.
 */
export function killInTurn(
  processes: readonly [ServerProcess, ServerProcess],
  random: Random,
  { everyMs = KILL_EVERY_MS, environment = {} }: { everyMs?: number; environment?: Record<string, string> } = {},
): { stop(): Promise<number> } {
  const over = new AbortController();
  let kills = 0;
  const running = (async () => {
    while (!over.signal.aborted) {
      const victim = random.pick(processes);
      await pause((everyMs * 2) / 3 + random.below((everyMs * 2) / 3));
      await victim.kill();
      kills += 1;
      await victim.start(environment);
    }
  })();
  return {
    async stop() {
      over.abort();
      await running;
      return kills;
    },
  };
}
