import { checkStates } from '../checkers/check-states.js';
import { readFinalState } from '../final-state.js';
import { payloadsOf, storm } from './a-transfer-storm.js';
import { killInTurn } from './kill-in-turn.js';
import { type Phase, shareOf, tally } from './phase.js';

/** The same storm, while the processes are killed in turn every 1.5 s and restarted; clients retry on the other one. */
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
  return {
    ...tally(history, ['transfer']),
    faults: kills,
    findings: [...findings, ...checkStates(history.transmissionIds(), state)],
    facts: { payloads: payloadsOf(all, state) },
  };
};
