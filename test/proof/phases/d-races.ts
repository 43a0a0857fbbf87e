import { shoppers } from '../buyer/shopping.js';
import { checkConservation } from '../checkers/check-conservation.js';
import { checkStates } from '../checkers/check-states.js';
import { checkTransfers } from '../checkers/check-transfers.js';
import { readFinalState } from '../final-state.js';
import { History } from '../history.js';
import { inParallel, numbers } from '../in-parallel.js';
import { pause } from '../stage/until.js';
import { type Phase, shareOf, tally } from './phase.js';

const ADDS = 20;
const AT_ONCE = 3;
const MOST_TRANSFERS = 40;

/** T58: 1,000 articles are added over both processes while their carts are transferred. */
export const addRaces: Phase = async ({ stage, random, share }) => {
  const processes = await stage.pair();
  const history = new History();
  const all = await shoppers({
    count: shareOf(50, share, 8),
    label: `races-${random.seed}`,
    processes,
    history,
    erp: stage.erp,
    random,
  });
  const before = history.of('add').length;
  await inParallel(all, AT_ONCE, async ({ punchout, random: own }) => {
    const adds = numbers(ADDS).map(async () => {
      const [to, sku, quantity] = [own.pick(processes), own.pick(['SKU-001', 'SKU-002'] as const), 1 + own.below(3)];
      await pause(own.below(400));
      await punchout.add(to, sku, quantity, punchout.browser.copy());
    });
    const transfer = async (): Promise<void> => {
      const tab = punchout.browser.copy();
      await pause(own.below(300));
      // A cart with constant writes is reported as changing; the buyer clicks again.
      for (let tries = 0; tries < MOST_TRANSFERS; tries += 1)
        if ((await punchout.transfer(own.pick(processes), 'json', tab)).outcome === 'acknowledged') return;
    };
    await Promise.all([...adds, transfer()]);
  });
  const state = await readFinalState(stage.database);
  const expected = all.map(({ punchout }) => ({
    transmissionId: punchout.transmissionId,
    buyerCookie: punchout.buyerCookie,
  }));
  const adds = history.of('add').slice(before);
  return {
    ...tally(history, ['add', 'transfer']),
    faults: 0,
    findings: [
      ...checkTransfers(expected, history, state, stage.erp.record),
      ...checkConservation(
        expected.map(({ transmissionId }) => transmissionId),
        history,
        state,
      ),
      ...checkStates(history.transmissionIds(), state),
    ],
    facts: {
      in_payload: adds.filter(({ outcome, added }) => outcome === 'acknowledged' && added?.visitor === undefined)
        .length,
      in_visitors_cart: adds.filter(({ outcome, added }) => outcome === 'acknowledged' && added?.visitor !== undefined)
        .length,
      transferred: expected.filter(({ transmissionId }) => state.payloads.has(transmissionId)).length,
    },
  };
};
