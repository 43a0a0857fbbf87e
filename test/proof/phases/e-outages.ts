import { type Shopper, shoppers } from '../buyer/shopping.js';
import { checkAnswerTimes, checkPagesClosed, slowestMs } from '../checkers/check-bounds.js';
import { checkConservation } from '../checkers/check-conservation.js';
import { checkStates } from '../checkers/check-states.js';
import { checkTransfers } from '../checkers/check-transfers.js';
import type { Finding } from '../checkers/finding.js';
import { readFinalState } from '../final-state.js';
import { History } from '../history.js';
import type { ServerProcess } from '../stage/server-process.js';
import type { Stage } from '../stage/stage.js';
import { pause, until } from '../stage/until.js';
import { BLOCKED_PAGES } from './blocked-pages.js';
import { type Phase, shareOf, tally } from './phase.js';

/** An outage without answers must last longer than the response time limit; a short run shortens the other outages. */
const SILENCE_MS = 4_000;
const SHORT_MS = 1_500;
const RECOVERED_WITHIN_MS = 5_000;
/** An interrupted cart write locks its cart until its lease of 10 s ends; the buyer is told to try again. */
const LEASE_OVER_WITHIN_MS = 20_000;
const SESSIONS = 40;

interface Outage {
  name: string;
  /** Requests hang instead of failing immediately. */
  silent: boolean;
  begin: (stage: Stage) => Promise<void> | void;
  end: (stage: Stage) => Promise<void> | void;
}

const OUTAGES: readonly Outage[] = [
  { name: 'redis-killed', silent: false, begin: ({ redis }) => redis.kill(), end: ({ redis }) => redis.start() },
  { name: 'redis-frozen', silent: true, begin: ({ redis }) => redis.freeze(), end: ({ redis }) => redis.thaw() },
  {
    name: 'postgres-blackhole',
    silent: true,
    begin: ({ databaseLink }) => databaseLink.set('freeze'),
    end: ({ databaseLink }) => databaseLink.set('pass'),
  },
  {
    name: 'postgres-mute',
    silent: true,
    begin: ({ databaseLink }) => databaseLink.set('mute'),
    end: ({ databaseLink }) => databaseLink.set('pass'),
  },
  {
    name: 'postgres-reset',
    silent: false,
    begin: ({ databaseLink }) => databaseLink.set('refuse'),
    end: ({ databaseLink }) => databaseLink.set('pass'),
  },
];

/**
 * P5, P6, P4: without Redis or PostgreSQL every request is answered in time, no blocked page opens, and nothing false
 * is acknowledged.
 */
export const outages: Phase = async ({ stage, random, share }) => {
  const processes = await stage.pair(stage.throughLink);
  const history = new History();
  const all = await shoppers({
    count: shareOf(SESSIONS, share, 10),
    label: `outages-${random.seed}`,
    processes,
    history,
    erp: stage.erp,
    random,
  });
  const findings: Finding[] = [];
  let going = true;
  const load = all.map((shopper) => shopAbout(shopper, processes, () => going));

  let slowestRecoveryMs = 0;
  for (const outage of OUTAGES) {
    await pause(500);
    await outage.begin(stage);
    await pause(outage.silent || share === 1 ? SILENCE_MS : SHORT_MS);
    await outage.end(stage);
    const since = performance.now();
    await until(() => isNormal(processes, all), 30_000, 50);
    const recoveryMs = Math.round(performance.now() - since);
    slowestRecoveryMs = Math.max(slowestRecoveryMs, recoveryMs);
    if (recoveryMs > RECOVERED_WITHIN_MS)
      findings.push({ kind: 'late', subject: outage.name, text: `normal after ${recoveryMs} ms only` });
  }
  going = false;
  await Promise.all(load);
  const { calls } = history;
  findings.push(...checkAnswerTimes(calls), ...checkPagesClosed(calls));
  const [first] = processes;
  const begunAt = performance.now();
  for (const { punchout } of all) {
    const isThrough = await until(
      async () => (await punchout.transfer(first, 'json')).outcome === 'acknowledged',
      LEASE_OVER_WITHIN_MS,
    );
    if (!isThrough)
      findings.push({
        kind: 'lost',
        subject: punchout.transmissionId,
        text: 'its cart could not be transferred in the end',
      });
  }
  const throughMs = Math.round(performance.now() - begunAt);
  const state = await readFinalState(stage.database);
  const expected = all.map(({ punchout }) => ({
    transmissionId: punchout.transmissionId,
    buyerCookie: punchout.buyerCookie,
  }));
  findings.push(
    ...checkTransfers(expected, history, state, stage.erp.record),
    ...checkConservation(
      expected.map(({ transmissionId }) => transmissionId),
      history,
      state,
    ),
    ...checkStates(history.transmissionIds(), state),
  );
  return {
    ...tally(history, ['add', 'look', 'blocked-page', 'transfer']),
    faults: OUTAGES.length,
    findings,
    facts: { max_ms: slowestMs(calls), recover_ms_max: slowestRecoveryMs, all_through_ms: throughMs },
  };
};

/**
 * Adds articles, checks the session, requests a blocked page; one in six buyers transfers in between, often during an
 * outage.
 */
async function shopAbout(
  { punchout, random }: Shopper,
  processes: readonly [ServerProcess, ServerProcess],
  going: () => boolean,
): Promise<void> {
  let transferAfter = random.below(6) === 0 ? 5 + random.below(40) : Number.POSITIVE_INFINITY;
  let isOver = false;
  // After the end the shop's pages are open again, as intended.
  while (going() && !isOver) {
    const to = random.pick(processes);
    const choice = random.below(10);
    transferAfter -= 1;
    if (transferAfter <= 0)
      isOver =
        (await punchout.transfer(to, 'json')).outcome === 'acknowledged' || (await punchout.look(to)).saw === 'none';
    else if (choice < 3) await punchout.add(to, 'SKU-001', 1);
    else if (choice < 6) await punchout.look(to);
    else {
      const [path, sending] = random.pick(BLOCKED_PAGES);
      await punchout.blockedPage(to, path, sending);
    }
    await pause(80 + random.below(120));
  }
}

/** Every process is ready, and answers a request that needs both dependencies. */
async function isNormal(processes: readonly ServerProcess[], all: readonly Shopper[]): Promise<boolean> {
  const [shopper] = all;
  if (shopper === undefined) return true;
  const looks = await Promise.all(
    processes.map(
      async (process) =>
        (await process.isReady()) &&
        (await shopper.punchout.look(process, shopper.punchout.browser.copy())).outcome === 'acknowledged',
    ),
  );
  return looks.every(Boolean);
}
