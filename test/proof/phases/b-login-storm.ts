import { Browser } from '../buyer/browser.js';
import { type Shopper, shoppers } from '../buyer/shopping.js';
import { checkClaims } from '../checkers/check-claims.js';
import { checkStates } from '../checkers/check-states.js';
import type { Finding } from '../checkers/finding.js';
import { readFinalState } from '../final-state.js';
import { History } from '../history.js';
import { inParallel, numbers } from '../in-parallel.js';
import type { ServerProcess } from '../stage/server-process.js';
import { type Phase, shareOf, tally } from './phase.js';

const BROWSERS = 20;
const AT_ONCE = 4;

/** T01: 200 start links, each opened by 20 browsers at the same time over two processes. */
export const loginStorm: Phase = async ({ stage, random, share }) => {
  const processes = await stage.pair();
  const history = new History();
  const all = await shoppers({
    count: shareOf(200, share, 20),
    label: `logins-${random.seed}`,
    processes,
    history,
    erp: stage.erp,
    random,
    onlySetUp: true,
  });
  const findings = (await inParallel(all, AT_ONCE, (shopper) => openOften(shopper, processes))).flat();
  const state = await readFinalState(stage.database);
  const ids = all.map(({ punchout }) => punchout.transmissionId);
  return {
    ...tally(history, ['login']),
    faults: 0,
    findings: [...findings, ...checkClaims(ids, history, state), ...checkStates(history.transmissionIds(), state)],
    facts: { links: all.length },
  };
};

/** The winner's session works on the other process too, and the losers have none. */
async function openOften(
  { punchout, random }: Shopper,
  processes: readonly [ServerProcess, ServerProcess],
): Promise<Finding[]> {
  const tries = numbers(BROWSERS).map(() => ({
    browser: new Browser(),
    to: random.pick(processes),
    accept: random.pick(['json', 'page'] as const),
  }));
  const logins = await Promise.all(
    tries.map(async ({ browser, to, accept }) => ({ browser, call: await punchout.logIn(to, browser, accept) })),
  );
  const findings: Finding[] = [];
  for (const [index, { browser, call }] of logins.entries()) {
    const won = call.outcome === 'acknowledged';
    if (!won && index % 5 !== 0) continue;
    const other = processes.find(({ name }) => name !== call.process) ?? processes[0];
    const look = await punchout.look(other, browser);
    if (look.saw !== (won ? `active ${punchout.transmissionId}` : 'none'))
      findings.push({
        kind: 'wrong',
        subject: punchout.transmissionId,
        text: `login ${call.status}, then the session was: ${look.saw}`,
      });
  }
  return findings;
}
