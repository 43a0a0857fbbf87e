import { parseArgs } from 'node:util';
import { checkAuditChain } from './checkers/check-audit-chain.js';
import { killStorm } from './phases/a-kill-storm.js';
import { transferStorm } from './phases/a-transfer-storm.js';
import { loginStorm } from './phases/b-login-storm.js';
import { killPoints } from './phases/c-kill-points.js';
import { logoutRaces } from './phases/d-logout-races.js';
import { addRaces } from './phases/d-races.js';
import { droppedCommits } from './phases/e-dropped-commits.js';
import { flushedSessions } from './phases/e-flush.js';
import { outages } from './phases/e-outages.js';
import { rollingRestart } from './phases/f-rolling-restart.js';
import { mutants } from './phases/g-mutants.js';
import { deliveries } from './phases/h-deliveries.js';
import { largeFeed } from './phases/i-large-feed.js';
import { purchaseOrderStorm } from './phases/o-purchase-orders.js';
import { type Phase, type PhaseReport, brokenOff } from './phases/phase.js';
import { strangers } from './phases/s-strangers.js';
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
  EC: droppedCommits,
  EO: outages,
  F: rollingRestart,
  G: mutants,
  H: deliveries,
  O: purchaseOrderStorm,
  S: strangers,
  I: largeFeed,
};
const KINDS = ['lost', 'duplicated', 'wrong', 'late'] as const;
const MOST_SHOWN = 20;

const HELP = `npm run proof -- [options]

  --share 0.1    above 0 to 1: the share of each storm that is run; without it all, half an hour
  --seed 4711    repeats the random choices of the run that printed it
  --phase A,C    some of ${Object.keys(PHASES).join(',')}

Needs PostgreSQL (DATABASE_URL_TEST) and the program redis-server. test/proof/README.md says what each phase does.
`;

/** `npm run proof [-- --share 0.1]`: see README.md here. Exit code 1 if anything is wrong. */
const { share, seed, chosen } = optionsOf(process.argv.slice(2));

const total = { tried: 0, faults: 0, lost: 0, duplicated: 0, wrong: 0, late: 0 };
const coverage: PhaseReport['facts'] = {};
const startedAt = performance.now();
const stage = await setStage();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stage.close().finally(() => process.exit(130)));
try {
  for (const name of chosen) if (!(await run(name))) break;
} finally {
  await stage.close();
}
print({ ...total, ...coverage, s: seconds(startedAt), seed }, 'SAFETY total');
process.exit(KINDS.some((kind) => total[kind] > 0) ? 1 : 0);

interface Options {
  share: number;
  seed: number;
  chosen: string[];
}

/** Ends the process after `--help`, and with exit code 2 after options that cannot be taken. */
function optionsOf(args: string[]): Options {
  try {
    const { values } = parseArgs({
      args,
      options: {
        share: { type: 'string', default: '1' },
        seed: { type: 'string', default: String(1 + Math.floor(Math.random() * 999_999)) },
        phase: { type: 'string', default: Object.keys(PHASES).join(',') },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help === true) {
      process.stdout.write(HELP);
      process.exit(0);
    }
    const options = {
      share: Number(values.share),
      seed: Number(values.seed),
      chosen: values.phase.toUpperCase().split(','),
    };
    const unknown = options.chosen.filter((name) => !(name in PHASES));
    if (!(options.share > 0 && options.share <= 1)) throw new Error(`--share ${values.share} is not above 0 to 1`);
    if (!Number.isSafeInteger(options.seed)) throw new Error(`--seed ${values.seed} is not a whole number`);
    if (unknown.length > 0) throw new Error(`no phase ${unknown.join(', ')}`);
    return options;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    process.exit(2);
  }
}

/** False: the phase was aborted, and its remains would disturb the next one. */
async function run(name: string): Promise<boolean> {
  const phase = PHASES[name];
  if (phase === undefined) return false;
  const began = performance.now();
  const report = await phase({ stage, share, random: seeded(seed).fork(name) }).catch(brokenOff);
  await stage.clear();
  const chain = await checkAuditChain(stage.database);
  const { findings: found, facts, ...counts } = report;
  const findings = [...found, ...chain.findings];
  const kinds = { lost: 0, duplicated: 0, wrong: 0, late: 0 };
  for (const { kind } of findings) kinds[kind] += 1;
  print({ phase: name, ...counts, ...kinds, ...facts, s: seconds(began), seed });
  for (const { kind, subject, text } of findings.slice(0, MOST_SHOWN))
    process.stdout.write(`  ${kind}: ${subject}: ${text}\n`);
  total.tried += counts.tried;
  total.faults += counts.faults;
  for (const kind of KINDS) total[kind] += kinds[kind];
  for (const fact of ['points', 'mutants_caught']) if (facts[fact] !== undefined) coverage[fact] = facts[fact];
  if (chain.linked > 0) coverage['audit_rows_linked'] = chain.linked;
  return facts['broken_off'] === undefined;
}

function print(facts: Record<string, string | number>, head = 'SAFETY'): void {
  process.stdout.write(
    `${head} ${Object.entries(facts)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')}\n`,
  );
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
