import { parseArgs } from 'node:util';
import { transferStorm } from './phases/a-transfer-storm.js';
import { killStorm } from './phases/a-kill-storm.js';
import { loginStorm } from './phases/b-login-storm.js';
import { killPoints } from './phases/c-kill-points.js';
import { addRaces } from './phases/d-races.js';
import { logoutRaces } from './phases/d-logout-races.js';
import { flushedSessions } from './phases/e-flush.js';
import { outages } from './phases/e-outages.js';
import { rollingRestart } from './phases/f-rolling-restart.js';
import { mutants } from './phases/g-mutants.js';
import type { Phase } from './phases/phase.js';
import { seeded } from './random.js';
import { setStage } from './stage/stage.js';

const PHASES: Record<string, Phase> = {
  A: transferStorm,
  AK: killStorm,
  B: loginStorm,
  C: killPoints,
  D: addRaces,
  DL: logoutRaces,
  E: flushedSessions,
  EO: outages,
  F: rollingRestart,
  G: mutants,
};

/** `npm run proof [-- --share 0.1] [--seed 4711] [--phase A,C]`: SECURITY section 4. Exit code 1 when anything is wrong. */
const { values } = parseArgs({ options: { share: { type: 'string', default: '1' }, seed: { type: 'string' }, phase: { type: 'string' } } });
const share = Number(values.share);
const seed = Number(values.seed ?? 1 + Math.floor(Math.random() * 999_999));
const chosen = values.phase?.toUpperCase().split(',') ?? Object.keys(PHASES);
if (!(share > 0 && share <= 1) || !Number.isSafeInteger(seed) || chosen.some((name) => !(name in PHASES))) {
  process.stderr.write(`--share above 0 to 1, --seed a whole number, --phase some of ${Object.keys(PHASES).join(',')}\n`);
  process.exit(2);
}

const MOST_SHOWN = 20;
const total = { tried: 0, faults: 0, lost: 0, duplicated: 0, wrong: 0, late: 0 };
const startedAt = performance.now();
const stage = await setStage();
try {
  for (const name of chosen) await run(name);
} finally {
  await stage.close();
}
print({ ...total, s: seconds(startedAt), seed }, 'SAFETY total');
process.exit(total.lost + total.duplicated + total.wrong + total.late > 0 ? 1 : 0);

async function run(name: string): Promise<void> {
  const phase = PHASES[name];
  if (phase === undefined) return;
  const began = performance.now();
  const { findings, facts, ...counts } = await phase({ stage, share, random: seeded(seed).fork(name) }).finally(() => stage.clear());
  const kinds = { lost: 0, duplicated: 0, wrong: 0, late: 0 };
  for (const { kind } of findings) kinds[kind] += 1;
  print({ phase: name, ...counts, ...kinds, ...facts, s: seconds(began), seed });
  for (const { kind, subject, text } of findings.slice(0, MOST_SHOWN)) process.stdout.write(`  ${kind}: ${subject}: ${text}\n`);
  total.tried += counts.tried;
  total.faults += counts.faults;
  for (const kind of ['lost', 'duplicated', 'wrong', 'late'] as const) total[kind] += kinds[kind];
}

function print(facts: Record<string, string | number>, head = 'SAFETY'): void {
  process.stdout.write(`${head} ${Object.entries(facts).map(([name, value]) => `${name}=${value}`).join(' ')}\n`);
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
