import type { Random } from '../random.js';
import { checkStates } from '../checkers/check-states.js';
import { readFinalState } from '../final-state.js';
import type { ServerProcess } from '../stage/server-process.js';
import { pause } from '../stage/until.js';
import { payloadsOf, storm } from './a-transfer-storm.js';
import { type Phase, shareOf, tally } from './phase.js';

const KILL_EVERY_MS = 1_500;

/** The storm again, while one process after the other is killed every 1.5 s and started again; clients retry on the other one. */
export const killStorm: Phase = async (settings) => {
  const { stage, share, random } = settings;
  const processes = await stage.pair();
  let kills = 0;
  const { history, all, findings } = await storm(settings, processes, {
    count: shareOf(240, share, 24),
    label: 'kills',
    patience: 400,
    withinMs: 1_200,
    async during(clicks) {
      const killer = killInTurn(processes, random.fork('killer'));
      try {
        await clicks();
      } finally {
        kills = await killer.stop();
      }
    },
  });
  const state = await readFinalState(stage.database);
  return { ...tally(history, ['transfer']), faults: kills, findings: [...findings, ...checkStates(history.transmissionIds(), state)], facts: { payloads: payloadsOf(all, state) } };
};

/** One at a time, so that a buyer who tries again finds somebody. */
function killInTurn(processes: readonly [ServerProcess, ServerProcess], random: Random): { stop(): Promise<number> } {
  const over = new AbortController();
  let kills = 0;
  const running = (async () => {
    while (!over.signal.aborted) {
      const victim = random.pick(processes);
      await pause(KILL_EVERY_MS - 500 + random.below(1_000));
      await victim.kill();
      kills += 1;
      await victim.start();
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
