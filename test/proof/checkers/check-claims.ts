import type { FinalState } from '../final-state.js';
import type { History } from '../history.js';
import type { Finding } from './finding.js';

/** C7: of all browsers that opened a start link one got in, the others got 409, and the audit contains each attempt. */
export function checkClaims(transmissionIds: readonly string[], history: History, state: FinalState): Finding[] {
  const findings: Finding[] = [];
  const logins = history.of('login');
  for (const subject of transmissionIds) {
    const tries = logins.filter((call) => call.subject === subject);
    const won = tries.filter(({ outcome }) => outcome === 'acknowledged').length;
    const refused = tries.filter(({ status }) => status === 409).length;
    if (won > 1) findings.push({ kind: 'duplicated', subject, text: `${won} browsers got in` });
    if (won === 0) findings.push({ kind: 'lost', subject, text: 'nobody got in' });
    if (won + refused !== tries.length)
      findings.push({ kind: 'wrong', subject, text: `answers ${tries.map(({ status }) => status).join(' ')}` });
    const audit = state.audit.get(subject) ?? [];
    const claims = audit.filter(({ event }) => event === 'login').length;
    const refusals = audit.filter(
      ({ event, details }) => event === 'login_refused' && details['code'] === 'START_LINK_USED',
    ).length;
    if (claims !== 1 || refusals !== refused)
      findings.push({ kind: 'wrong', subject, text: `audit knows ${claims} logins and ${refusals} refusals` });
  }
  return findings;
}
