import { shoppers } from '../buyer/shopping.js';
import { checkConservation } from '../checkers/check-conservation.js';
import { checkStates } from '../checkers/check-states.js';
import { checkTransfers } from '../checkers/check-transfers.js';
import type { Finding } from '../checkers/finding.js';
import { readFinalState } from '../final-state.js';
import { History } from '../history.js';
import { inParallel } from '../in-parallel.js';
import { type Phase, shareOf, tally } from './phase.js';

/**
 * P6: PostgreSQL commits the transfer, but its answer is lost. The buyer must not get a success, and gets the stored
 * cart on the next try.
 */
export const droppedCommits: Phase = async ({ stage, random, share }) => {
  const processes = await stage.pair(stage.throughLink);
  const history = new History();
  const all = await shoppers({
    count: shareOf(30, share, 6),
    label: `commits-${random.seed}`,
    processes,
    history,
    erp: stage.erp,
    random,
  });
  stage.databaseLink.set('drop-commits');
  let unanswered = 0;
  await inParallel(all, 6, async ({ punchout, random: own }) => {
    const form = own.pick(['json', 'page'] as const);
    const { outcome } = await punchout.transfer(own.pick(processes), form, punchout.browser.copy());
    if (outcome === 'unknown') unanswered += 1;
  });
  stage.databaseLink.set('pass');
  const findings: Finding[] = [];
  for (const { punchout, random: own } of all) {
    for (const form of ['json', 'page'] as const) {
      const { outcome, status } = await punchout.transfer(own.pick(processes), form, punchout.browser.copy());
      if (outcome !== 'acknowledged')
        findings.push({
          kind: 'lost',
          subject: punchout.transmissionId,
          text: `its transfer was answered ${status} when all was well again`,
        });
    }
  }
  const state = await readFinalState(stage.database);
  const expected = all.map(({ punchout, wanted }) => ({
    transmissionId: punchout.transmissionId,
    buyerCookie: punchout.buyerCookie,
    cart: wanted,
  }));
  const ids = history.transmissionIds();
  const dropped = stage.databaseLink.dropped();
  // Transfers of one turn share a statement and its answer.
  if (dropped === 0 || unanswered < all.length)
    findings.push({
      kind: 'wrong',
      subject: 'the link',
      text: `only ${unanswered} of ${all.length} commits lost their answer`,
    });
  findings.push(
    ...checkTransfers(expected, history, state, stage.erp.record),
    ...checkConservation(ids, history, state),
    ...checkStates(ids, state),
  );
  return { ...tally(history, ['transfer']), faults: dropped, findings, facts: { dropped } };
};
