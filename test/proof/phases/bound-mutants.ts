import { type Attack, type AttackTarget, withinMemory } from '../../attacks/attack.js';
import { startAttackedShop } from '../../attacks/attacked-shop.js';
import { fullDisk } from '../../attacks/disk.js';
import { slowFeeds } from '../../attacks/feeds.js';
import { guessers } from '../../attacks/guessers.js';
import { heldBodies, longNames } from '../../attacks/memory.js';
import { idleSockets } from '../../attacks/sockets.js';
import type { Finding } from '../checkers/finding.js';
import type { BoundMutant } from '../fault/bound-mutants.js';
import { FAULT_VARIABLES } from '../fault/kill-points.js';
import type { PhaseSettings } from './phase.js';

/** The attack for each limit, and the finding that it must cause if the limit is missing. */
const TRIALS: Record<BoundMutant, { attack: Attack; symptom: Pick<Finding, 'kind'> & { text: RegExp } }> = {
  'no-body-budget': {
    attack: (all) => withinMemory(all, 'held', () => heldBodies(all)),
    symptom: { kind: 'wrong', text: /buffers took/ },
  },
  'no-stranger-limit': { attack: longNames, symptom: { kind: 'wrong', text: /was taken from a stranger/ } },
  'no-cache-bound': {
    attack: (all) => withinMemory(all, 'names', () => longNames(all)),
    symptom: { kind: 'wrong', text: /the heap still holds/ },
  },
  'no-refusal-caps': { attack: fullDisk, symptom: { kind: 'wrong', text: /left \d+ rows/ } },
  'unfair-queue': { attack: guessers, symptom: { kind: 'lost', text: /was kept out/ } },
  'no-guess-limits': { attack: guessers, symptom: { kind: 'wrong', text: /were tried from/ } },
  'no-socket-bounds': { attack: idleSockets, symptom: { kind: 'wrong', text: /idle sockets of one address are open/ } },
  'one-feed-place': { attack: slowFeeds, symptom: { kind: 'wrong', text: /were imported beside slow ones/ } },
};

/** A symptom may need a full queue at the right moment, so an attack that saw nothing is made again. */
const ATTEMPTS = 3;

/** Attacks a variant of the program; returns the expected findings that occurred. */
export async function attackMutant(
  mutant: BoundMutant,
  { stage, random }: PhaseSettings,
): Promise<{ noticed: Finding[]; others: number }> {
  const { attack, symptom } = TRIALS[mutant];
  const server = await startAttackedShop(stage, { [FAULT_VARIABLES.mutant]: mutant });
  const target: AttackTarget = { server, database: stage.database, erp: stage.erp, random, share: 0.01 };
  let others = 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { findings } = await attack(target);
    const noticed = findings.filter(({ kind, text }) => kind === symptom.kind && symptom.text.test(text));
    others += findings.length - noticed.length;
    if (noticed.length > 0) return { noticed, others };
  }
  return { noticed: [], others };
}
