import type { FinalState } from '../final-state.js';
import type { History } from '../history.js';
import type { Finding } from './finding.js';

/**
 * C8: after the answer to logout no request with those cookies, pending or new, restores the session or its cart. An
 * article needs at least `addMs` to get into the cart: if the logout was answered before that, the article must be
 * refused.
 */
export function checkEndIsEnd(
  transmissionIds: readonly string[],
  addMs: number,
  history: History,
  state: FinalState,
): Finding[] {
  const findings: Finding[] = [];
  for (const subject of transmissionIds) {
    const calls = history.calls.filter((call) => call.subject === subject);
    const end = calls.find(({ kind, outcome }) => kind === 'logout' && outcome === 'acknowledged');
    if (end === undefined) {
      findings.push({ kind: 'wrong', subject, text: 'the logout was not acknowledged' });
      continue;
    }
    if (state.statuses.get(subject) !== 'closed')
      findings.push({ kind: 'wrong', subject, text: `status ${state.statuses.get(subject)} after logout` });
    for (const { kind, outcome, startedMs, endedMs, saw, added } of calls) {
      if (
        kind === 'add' &&
        outcome === 'acknowledged' &&
        endedMs > end.startedMs &&
        startedMs + addMs > end.endedMs &&
        added?.visitor === undefined
      )
        findings.push({ kind: 'wrong', subject, text: 'an article was acknowledged into the cart after the end' });
      if (kind === 'look' && startedMs > end.endedMs && saw?.startsWith('active') === true)
        findings.push({ kind: 'wrong', subject, text: 'the session was there again after the end' });
    }
  }
  return findings;
}
