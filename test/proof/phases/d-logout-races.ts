import { digestOf } from '../../../src/domain/digest.js';
import { shoppers } from '../buyer/shopping.js';
import { checkCartsCleared } from '../checkers/check-carts-cleared.js';
import { checkEndIsEnd } from '../checkers/check-end-is-end.js';
import { checkStates } from '../checkers/check-states.js';
import type { Finding } from '../checkers/finding.js';
import { FAULT_VARIABLES } from '../fault/kill-points.js';
import { readFinalState } from '../final-state.js';
import { History } from '../history.js';
import { inParallel } from '../in-parallel.js';
import { pause, until } from '../stage/until.js';
import { type Phase, shareOf, tally } from './phase.js';

/** Delay of an article on its way into the shop's cart; the logout is answered before. */
const SLOW_MS = 400;
const AT_ONCE = 5;
/** A cart write holds its lease for 10 s; P7 allows 60. */
const CLEARED_WITHIN_MS = 30_000;

/** P9: slow requests of a session are pending while it is ended on the other process. */
export const logoutRaces: Phase = async ({ stage, random, share }) => {
  const [slow, other] = await stage.pair({ [FAULT_VARIABLES.slow]: `demo-cart-add:${SLOW_MS}` }, 'faulty');
  const history = new History();
  const all = await shoppers({
    count: shareOf(60, share, 10),
    label: `logouts-${random.seed}`,
    processes: [other],
    history,
    erp: stage.erp,
    random,
  });
  const findings = (
    await inParallel(all, AT_ONCE, async ({ punchout, random: own }) => {
      const found: Finding[] = [];
      const sid = sessionIdOf(punchout.browser.cookies.get('connector.sid'));
      const inFlight = punchout.browser.copy();
      const late = [punchout.add(slow, 'SKU-001', 1, inFlight), punchout.look(slow, inFlight)];
      await pause(50 + own.below(SLOW_MS - 150));
      const old = punchout.browser.copy();
      await punchout.logOut(other);
      await Promise.all(late);
      for (const browser of [inFlight, old]) await punchout.look(own.pick([slow, other]), browser);
      if (await stage.redis.exists(`punchout:session:${digestOf(sid)}`))
        found.push({ kind: 'wrong', subject: punchout.transmissionId, text: 'the session is in Redis again' });
      return found;
    })
  ).flat();
  const ids = all.map(({ punchout }) => punchout.transmissionId);
  const leftOver = async (): Promise<Finding[]> =>
    checkCartsCleared(ids, await readFinalState(stage.database), () => true);
  await until(async () => (await leftOver()).length === 0, CLEARED_WITHIN_MS, 250);
  const state = await readFinalState(stage.database);
  const wasSlow = history
    .of('add')
    .some(({ process, startedMs, endedMs }) => process === slow.name && endedMs - startedMs >= SLOW_MS);
  if (!wasSlow) findings.push({ kind: 'wrong', subject: slow.name, text: 'no article took its time' });
  findings.push(
    ...(await leftOver()),
    ...checkEndIsEnd(ids, SLOW_MS, history, state),
    ...checkStates(history.transmissionIds(), state),
  );
  return { ...tally(history, ['add', 'logout', 'look']), faults: all.length, findings, facts: { races: all.length } };
};

/** express-session signs: `s:{id}.{signature}`. */
function sessionIdOf(cookie = ''): string {
  return /^s:([^.]+)\./.exec(decodeURIComponent(cookie))?.[1] ?? '';
}
