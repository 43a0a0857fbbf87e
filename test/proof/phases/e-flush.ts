import { shoppers } from '../buyer/shopping.js';
import { checkPagesClosed } from '../checkers/check-bounds.js';
import type { Finding } from '../checkers/finding.js';
import { History } from '../history.js';
import { inParallel } from '../in-parallel.js';
import { BLOCKED_PAGES } from './blocked-pages.js';
import { type Phase, shareOf, tally } from './phase.js';

/**
 * P4: FLUSHALL in the middle of 50 sessions: every blocked page stays blocked, and each buyer continues in the same
 * cart.
 */
export const flushedSessions: Phase = async ({ stage, random, share }) => {
  const processes = await stage.pair();
  const history = new History();
  const all = await shoppers({
    count: shareOf(50, share, 10),
    label: `flush-${random.seed}`,
    processes,
    history,
    erp: stage.erp,
    random,
  });
  await stage.redis.flushAll();
  const findings = (
    await inParallel(all, 8, async ({ punchout, wanted, random: own }) => {
      const found: Finding[] = [];
      const find = (text: string): void => void found.push({ kind: 'wrong', subject: punchout.transmissionId, text });
      // Each page as the first request after the loss, in a browser with only its old cookies.
      for (const [path, sending] of BLOCKED_PAGES) {
        const { saw = '', status } = await punchout.blockedPage(
          own.pick(processes),
          path,
          sending,
          punchout.browser.copy(),
        );
        if (!saw.startsWith('closed') && !saw.startsWith('open')) find(`${saw} (${status}) though nothing was down`);
      }
      const look = await punchout.look(own.pick(processes));
      if (look.saw !== `active ${punchout.transmissionId}`) find(`the session is ${look.saw}`);
      const cart = await punchout.cart(own.pick(processes));
      for (const [sku, quantity] of wanted)
        if (cart?.get(sku) !== quantity)
          found.push({
            kind: 'lost',
            subject: punchout.transmissionId,
            text: `${cart?.get(sku)} of ${quantity} ${sku} in the cart`,
          });
      return found;
    })
  ).flat();
  return {
    ...tally(history, ['blocked-page', 'look']),
    faults: 1,
    findings: [...findings, ...checkPagesClosed(history.calls)],
    facts: { sessions: all.length, pages: BLOCKED_PAGES.length },
  };
};
