import { setTimeout as pause } from 'node:timers/promises';
import { type Attack, type AttackTarget, MIB, withinMemory } from '../../attacks/attack.js';
import { startAttackedShop } from '../../attacks/attacked-shop.js';
import { OVERLOADED, judgeBeside, shopBeside } from '../../attacks/buyers-beside.js';
import { fullDisk } from '../../attacks/disk.js';
import { slowFeeds } from '../../attacks/feeds.js';
import { guessers } from '../../attacks/guessers.js';
import { heldBodies, largeBodies, longNames } from '../../attacks/memory.js';
import { slowBodies } from '../../attacks/processor.js';
import { idleSockets } from '../../attacks/sockets.js';
import type { Finding } from '../checkers/finding.js';
import type { Phase } from './phase.js';

/** All kinds of docs/security.md, "What strangers may cost". */
const ATTACKS: readonly Attack[] = [
  fullDisk,
  longNames,
  largeBodies,
  heldBodies,
  slowBodies,
  guessers,
  idleSockets,
  slowFeeds,
];
/** Duration of a full run, which repeats all attacks. */
const FULL_MS = 600_000;
/** Bodies under known names may take 96 MiB together, in addition to read-ahead. */
const HELD = 192 * MIB;
const REST_MS = 200;

/**
 * All attacks at once, repeated for ten minutes, while authenticated buyers shop; the heap must return to its initial
 * size.
 */
export const strangers: Phase = async ({ stage, share, random }) => {
  const server = await startAttackedShop(stage);
  const shopping = { server, erp: stage.erp };
  await shopBeside({ ...shopping, random: random.fork('warm'), least: 6, isOver: () => true });
  const quiet = await shopBeside({ ...shopping, random: random.fork('quiet'), least: 12, isOver: () => true });
  const target: AttackTarget = {
    server,
    database: stage.database,
    erp: stage.erp,
    random,
    share: Math.min(0.25, share),
  };
  const until = performance.now() + (share < 1 ? 0 : FULL_MS);
  const findings: Finding[] = [];
  let tried = 0;
  let rounds = 0;
  let isOver = false;

  const again = async (attack: Attack): Promise<void> => {
    do {
      const report = await attack(target);
      tried += report.tried;
      rounds += 1;
      findings.push(...report.findings);
      await pause(REST_MS);
    } while (performance.now() < until);
  };
  const buyers = shopBeside({ ...shopping, random: random.fork('beside'), least: 12, isOver: () => isOver });
  const memory = await withinMemory(
    target,
    'strangers',
    async () => {
      await Promise.all(ATTACKS.map(again)).finally(() => {
        isOver = true;
      });
      return { tried, findings, facts: {} };
    },
    HELD,
  );
  const beside = await buyers;
  findings.push(
    ...memory.findings.filter((finding) => !findings.includes(finding)),
    ...judgeBeside('beside all attacks', quiet, beside),
  );
  // Time limits are only meaningful if the machine has CPU for the server; P5 makes it refuse requests that would be
  // late.
  const isOverloaded = beside.heldUp > OVERLOADED;
  const judged = isOverloaded ? findings.filter(({ kind }) => kind !== 'lost' && kind !== 'late') : findings;
  const facts = {
    rounds,
    punchouts: beside.punchouts,
    p99_ms: beside.p99Ms,
    p99_cpu_ms: beside.p99CpuMs,
    quiet_p99_ms: quiet.p99Ms,
    held_up_percent: Math.round(beside.heldUp * 100),
    ...memory.facts,
    ...(isOverloaded ? { machine: 'overloaded' } : {}),
  };
  return {
    tried: tried + beside.calls,
    acked: beside.calls,
    refused: tried,
    unknown: 0,
    faults: rounds,
    findings: judged,
    facts,
  };
};
