import { checkConservation } from '../checkers/check-conservation.js';
import { checkPagesClosed } from '../checkers/check-bounds.js';
import { checkTransfers } from '../checkers/check-transfers.js';
import type { Finding } from '../checkers/finding.js';
import { shoppers } from '../buyer/shopping.js';
import { BOUND_MUTANTS } from '../fault/bound-mutants.js';
import { FAULT_VARIABLES, MUTANTS, type Mutant } from '../fault/kill-points.js';
import { readFinalState } from '../final-state.js';
import { History } from '../history.js';
import { storm } from './a-transfer-storm.js';
import { attackMutant } from './bound-mutants.js';
import { BLOCKED_PAGES } from './blocked-pages.js';
import { restarting } from './f-rolling-restart.js';
import type { Phase, PhaseSettings } from './phase.js';

type Trial = (settings: PhaseSettings) => Promise<readonly Finding[]>;

/** The finding that must occur, so that a variant that only fails to work does not count as noticed. */
const SYMPTOMS: Record<Mutant | 'no-draining', Finding['kind']> = {
  'read-then-write': 'duplicated',
  'acknowledge-early': 'duplicated',
  'delete-cart-first': 'wrong',
  'session-only': 'wrong',
  'no-draining': 'wrong',
};

/** The test of each faulty variant. */
const TRIALS: Record<Mutant | 'no-draining', Trial> = {
  async 'read-then-write'(settings) {
    const processes = await settings.stage.pair({ [FAULT_VARIABLES.mutant]: 'read-then-write' }, 'faulty');
    return (await storm(settings, processes, { count: 20, label: 'mutant-1' })).findings;
  },
  async 'acknowledge-early'(settings) {
    const processes = await settings.stage.pair({ [FAULT_VARIABLES.mutant]: 'acknowledge-early' }, 'faulty');
    return (await storm(settings, processes, { count: 20, label: 'mutant-2' })).findings;
  },
  async 'delete-cart-first'({ stage, random }) {
    const history = new History();
    const [victim, survivor] = [await stage.process('victim', 'faulty'), await stage.process('survivor', 'faulty')];
    await Promise.all([
      survivor.start(),
      victim.start({
        [FAULT_VARIABLES.mutant]: 'delete-cart-first',
        [FAULT_VARIABLES.dieAt]: 'transfer:before-commit',
      }),
    ]);
    const all = await shoppers({
      count: 1,
      label: `mutant-3-${random.seed}`,
      processes: [survivor],
      history,
      erp: stage.erp,
      random,
    });
    for (const { punchout } of all) for (const process of [victim, survivor]) await punchout.transfer(process, 'page');
    const state = await readFinalState(stage.database);
    const expected = all.map(({ punchout, wanted }) => ({
      transmissionId: punchout.transmissionId,
      buyerCookie: punchout.buyerCookie,
      cart: wanted,
    }));
    return [
      ...checkTransfers(expected, history, state, stage.erp.record),
      ...checkConservation(
        expected.map(({ transmissionId }) => transmissionId),
        history,
        state,
      ),
    ];
  },
  async 'session-only'({ stage, random }) {
    const history = new History();
    const processes = await stage.pair({ [FAULT_VARIABLES.mutant]: 'session-only' }, 'faulty');
    const all = await shoppers({
      count: 2,
      label: `mutant-4-${random.seed}`,
      processes,
      history,
      erp: stage.erp,
      random,
    });
    await stage.redis.flushAll();
    for (const { punchout } of all)
      for (const [path, sending] of BLOCKED_PAGES)
        await punchout.blockedPage(processes[0], path, sending, punchout.browser.copy());
    return checkPagesClosed(history.calls);
  },
  async 'no-draining'(settings) {
    // Failed requests are the symptom, on any machine; only the phase itself requires a fast one.
    const { findings, facts } = await restarting({ ...settings, share: 0.34 }, 'SIGINT');
    return Number(facts['failed']) > 0
      ? [...findings, { kind: 'wrong', subject: 'no-draining', text: `${facts['failed']} requests failed` }]
      : findings;
  },
};

/** The test of the tests: every faulty variant must be noticed. */
export const mutants: Phase = async (settings) => {
  const findings: Finding[] = [];
  let caught = 0;
  const names = [...MUTANTS, 'no-draining'] as const;
  for (const name of names) {
    const noticed = await TRIALS[name]({ ...settings, random: settings.random.fork(name) });
    await settings.stage.clear();
    if (noticed.some(({ kind }) => kind === SYMPTOMS[name])) caught += 1;
    else
      findings.push({
        kind: 'wrong',
        subject: name,
        text: `no checker noticed this mutant by its symptom (${noticed.length} other findings)`,
      });
  }
  for (const name of BOUND_MUTANTS) {
    const { noticed, others } = await attackMutant(name, { ...settings, random: settings.random.fork(name) });
    await settings.stage.clear();
    if (noticed.length > 0) caught += 1;
    else
      findings.push({
        kind: 'wrong',
        subject: name,
        text: `no attack noticed that this bound is missing (${others} other findings)`,
      });
  }
  const tried = names.length + BOUND_MUTANTS.length;
  return {
    tried,
    acked: caught,
    refused: 0,
    unknown: tried - caught,
    faults: tried,
    findings,
    facts: { mutants_caught: `${caught}/${tried}` },
  };
};
