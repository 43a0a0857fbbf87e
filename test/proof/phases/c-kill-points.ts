import { type Shopper, shoppers } from '../buyer/shopping.js';
import { checkCartsCleared } from '../checkers/check-carts-cleared.js';
import { checkConservation } from '../checkers/check-conservation.js';
import { checkStates } from '../checkers/check-states.js';
import { checkTransfers } from '../checkers/check-transfers.js';
import type { Finding } from '../checkers/finding.js';
import { FAULT_VARIABLES, KILL_POINTS, type KillPoint } from '../fault/kill-points.js';
import { readFinalState } from '../final-state.js';
import { History } from '../history.js';
import { numbers } from '../in-parallel.js';
import type { ServerProcess } from '../stage/server-process.js';
import { until } from '../stage/until.js';
import { type Phase, type PhaseSettings, shareOf, tally } from './phase.js';

const KILLS_PER_POINT = 3;
/** P7. */
const SETTLED_WITHIN_MS = 60_000;
const NO_JOBS = { [FAULT_VARIABLES.jobs]: 'off' };

interface Scene {
  settings: PhaseSettings;
  history: History;
  victim: ServerProcess;
  survivor: ServerProcess;
  findings: Finding[];
  /** Buyers of the current kill, and of all kills. */
  group: Shopper[];
  all: Shopper[];
  lockedOut: number;
}

/** P1, P2, P7: a process is killed at every named point; its buyers retry on the other process. */
export const killPoints: Phase = async (settings) => {
  const { stage, share } = settings;
  const scene: Scene = {
    settings,
    history: new History(),
    victim: await stage.process('victim', 'faulty'),
    survivor: await stage.process('survivor', 'faulty'),
    findings: [],
    group: [],
    all: [],
    lockedOut: 0,
  };
  const { survivor, victim, history, findings } = scene;
  // The latest passing first: a share of the proof also kills a process whose buyers share a statement.
  const rounds = numbers(shareOf(KILLS_PER_POINT, share)).map((round) => KILLS_PER_POINT - round);
  const reached = new Set<string>();
  let kills = 0;
  const kill = async (point: KillPoint, nth: number): Promise<void> => {
    await dieAt(scene, point, nth);
    if ((await victim.end()) === 'SIGKILL' && victim.said.includes(`DIED AT ${point}`)) {
      kills += 1;
      reached.add(point);
    } else {
      findings.push({
        kind: 'wrong',
        subject: point,
        text: `was not reached on passing ${nth}; the process said: ${victim.said.slice(-300)}`,
      });
      await victim.kill();
    }
    await retry(scene, point);
  };

  // Jobs first: a job of a killed worker is due again after its lease, while the other points are tested.
  await survivor.start(NO_JOBS);
  for (const point of KILL_POINTS.filter((name) => name.startsWith('job:')))
    for (const nth of rounds) await kill(point, nth);
  await survivor.kill();
  await survivor.start();
  for (const point of KILL_POINTS.filter((name) => !name.startsWith('job:')))
    for (const nth of rounds) await kill(point, nth);

  await victim.start();
  const ids = history.transmissionIds();
  const filled = new Set(
    history
      .of('add')
      .filter(({ outcome }) => outcome === 'acknowledged')
      .map(({ subject }) => subject),
  );
  const cleared = async (): Promise<Finding[]> =>
    checkCartsCleared(ids, await readFinalState(stage.database), (id) => filled.has(id));
  const since = performance.now();
  await until(async () => (await cleared()).length === 0, SETTLED_WITHIN_MS, 250);
  const settledMs = Math.round(performance.now() - since);

  const state = await readFinalState(stage.database);
  const expected = scene.all.map(({ punchout, wanted }) => ({
    transmissionId: punchout.transmissionId,
    buyerCookie: punchout.buyerCookie,
    cart: wanted,
  }));
  findings.push(
    ...(await cleared()),
    ...checkTransfers(expected, history, state, stage.erp.record),
    ...checkConservation(ids, history, state),
    ...checkStates(history.transmissionIds(), state),
  );
  for (const { transmissionId } of expected)
    if (!state.payloads.has(transmissionId))
      findings.push({ kind: 'lost', subject: transmissionId, text: 'its cart never got through' });
  return {
    ...tally(history, ['login', 'transfer']),
    faults: kills,
    findings,
    facts: { points: `${reached.size}/${KILL_POINTS.length}`, start_again: scene.lockedOut, settled_ms: settledMs },
  };
};

/** Brings the victim to the point: `nth` buyers at the same time; the n-th passing kills it. */
async function dieAt(scene: Scene, point: KillPoint, nth: number): Promise<void> {
  const { settings, history, victim, survivor } = scene;
  const { stage } = settings;
  const plan = {
    count: nth,
    label: `${point}-${nth}-${settings.random.seed}`,
    processes: [survivor],
    history,
    erp: stage.erp,
    random: settings.random,
  } as const;
  const orders = { [FAULT_VARIABLES.dieAt]: point, [FAULT_VARIABLES.dieOn]: String(nth) };
  if (point.startsWith('login:')) {
    scene.group = await shoppers({ ...plan, onlySetUp: true });
    await victim.start({ ...orders, ...NO_JOBS });
    await Promise.all(scene.group.map(({ punchout }) => punchout.logIn(victim)));
  } else if (point.startsWith('transfer:')) {
    scene.group = await shoppers(plan);
    await victim.start({ ...orders, ...NO_JOBS });
    await Promise.all(
      scene.group.map(({ punchout, random }) =>
        punchout.transfer(victim, random.pick(['json', 'page'] as const), punchout.browser.copy()),
      ),
    );
  } else {
    // One more buyer than passings before the kill.
    scene.group = await shoppers({ ...plan, count: nth + 1 });
    await Promise.all(scene.group.map(({ punchout }) => punchout.transfer(survivor, 'page')));
    await victim.start(orders).catch(() => undefined);
  }
}

/** A buyer without a complete answer repeats the request, twice. */
async function retry(scene: Scene, point: KillPoint): Promise<void> {
  const { survivor, all, findings, group } = scene;
  for (const shopper of group) {
    const { punchout, wanted } = shopper;
    if (point.startsWith('login:')) {
      const again = await punchout.logIn(survivor);
      if (again.status === 409) {
        // The link is used up and the claim was lost with the answer: no browser can prove that it was first. The buyer
        // calls up again.
        scene.lockedOut += 1;
        if (!(await punchout.setUp(survivor)))
          findings.push({ kind: 'wrong', subject: punchout.buyerCookie, text: 'the second call-up failed' });
        punchout.browser.cookies.clear();
        await punchout.logIn(survivor);
      } else if (again.outcome !== 'acknowledged')
        findings.push({
          kind: 'wrong',
          subject: punchout.transmissionId,
          text: `the second login was answered ${again.status}`,
        });
      for (const [sku, quantity] of wanted) await punchout.add(survivor, sku, quantity);
    }
    for (const form of ['page', 'json'] as const) {
      const { outcome, status } = await punchout.transfer(survivor, form);
      if (outcome !== 'acknowledged')
        findings.push({
          kind: 'wrong',
          subject: punchout.transmissionId,
          text: `after ${point} the transfer was answered ${status}`,
        });
    }
    all.push(shopper);
  }
}
