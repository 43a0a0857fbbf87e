import { type Shopper, shoppers } from '../buyer/shopping.js';
import { fieldsOfAnswer } from '../buyer/returned-cart.js';
import { checkStates } from '../checkers/check-states.js';
import { checkTransfers } from '../checkers/check-transfers.js';
import type { Finding } from '../checkers/finding.js';
import { readFinalState } from '../final-state.js';
import { History } from '../history.js';
import { inParallel, numbers } from '../in-parallel.js';
import type { ServerProcess } from '../stage/server-process.js';
import { pause } from '../stage/until.js';
import { type Phase, type PhaseSettings, shareOf, tally } from './phase.js';

const CLICKS = 20;
/** Number of transmissions in parallel. */
const AT_ONCE = 6;

/** P1: 300 transmissions, 20 parallel clicks each over two processes, GET and POST, page and JSON. */
export const transferStorm: Phase = async (settings) => {
  const { stage, share } = settings;
  const processes = await stage.pair();
  const { history, all, findings } = await storm(settings, processes, {
    count: shareOf(300, share, 20),
    label: 'storm',
  });
  const state = await readFinalState(stage.database);
  for (const { subject, status } of history.of('transfer').filter(({ outcome }) => outcome !== 'acknowledged')) {
    findings.push({ kind: 'wrong', subject, text: `a click was answered ${status} though nothing was broken` });
  }
  return {
    ...tally(history, ['transfer']),
    faults: 0,
    findings: [...findings, ...checkStates(history.transmissionIds(), state)],
    facts: { payloads: payloadsOf(all, state) },
  };
};

export interface StormPlan {
  count: number;
  label: string;
  /** Number of retries on the other process after no answer. Default 0. */
  patience?: number;
  /** The clicks of one buyer are spread over this time. Default 0: all at once. */
  withinMs?: number;
  /** Wraps the clicks, to cause faults meanwhile. */
  during?: (clicks: () => Promise<void>) => Promise<void>;
}

/** Runs one storm and checks its transfers. */
export async function storm(
  settings: PhaseSettings,
  processes: readonly [ServerProcess, ServerProcess],
  plan: StormPlan,
): Promise<{ history: History; all: Shopper[]; findings: Finding[] }> {
  const { stage } = settings;
  const { count, label, during = (clicks) => clicks() } = plan;
  const history = new History();
  const random = settings.random.fork(label);
  const all = await shoppers({ count, label: `${label}-${random.seed}`, processes, history, erp: stage.erp, random });
  await during(
    async () => void (await inParallel(all, AT_ONCE, (shopper) => clickOften(shopper, history, processes, plan))),
  );
  const state = await readFinalState(stage.database);
  const expected = all.map(({ punchout, wanted }) => ({
    transmissionId: punchout.transmissionId,
    buyerCookie: punchout.buyerCookie,
    cart: wanted,
  }));
  const findings = checkTransfers(expected, history, state, stage.erp.record);
  for (const { transmissionId } of expected)
    if (!state.payloads.has(transmissionId))
      findings.push({ kind: 'lost', subject: transmissionId, text: 'its cart never got through' });
  return { history, all, findings };
}

/**
 * Parallel clicks of one buyer, each in its own tab; one of the answers is posted to the procurement system, sometimes
 * two.
 */
async function clickOften(
  { punchout, random }: Shopper,
  history: History,
  processes: readonly [ServerProcess, ServerProcess],
  { patience = 0, withinMs = 0 }: StormPlan,
): Promise<void> {
  const clicks = numbers(CLICKS).map(() => ({
    afterMs: random.below(withinMs + 1),
    to: random.pick(processes),
    form: random.pick(['json', 'page'] as const),
    method: random.pick(['GET', 'POST'] as const),
    tab: punchout.browser.copy(),
  }));
  const deliveries = 1 + random.below(2);
  const calls = await Promise.all(
    clicks.map(async ({ afterMs, to, form, method, tab }) => {
      if (afterMs > 0) await pause(afterMs);
      let call = await punchout.transfer(to, form, tab, method);
      for (let tries = 0; tries < patience && call.outcome !== 'acknowledged'; tries += 1) {
        const other = processes.find((process) => process.name !== call.process) ?? to;
        await pause(50);
        call = await punchout.transfer(other, form, tab, method);
      }
      return call;
    }),
  );
  for (const { digest, form } of calls.filter(({ digest }) => digest !== undefined).slice(-deliveries)) {
    if (digest !== undefined && form !== undefined)
      await punchout.deliver(fieldsOfAnswer(history.bodyOf(digest), form));
  }
}

export function payloadsOf(all: readonly Shopper[], state: { payloads: ReadonlyMap<string, unknown[]> }): number {
  return all.reduce((sum, { punchout }) => sum + (state.payloads.get(punchout.transmissionId)?.length ?? 0), 0);
}
