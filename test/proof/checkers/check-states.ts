import type { FinalState } from '../final-state.js';
import type { Finding } from './finding.js';

/** architecture.md section 1, repeated here on purpose as an independent check. */
const MOVES = new Set([
  'null>open',
  'open>active',
  'active>transferred',
  'open>closed',
  'active>closed',
  'open>cancelled',
  'active>cancelled',
  'open>expired',
  'active>expired',
  'transferred>order_created',
]);

/**
 * C6 and C10: states only move forward along the lattice, and each move has exactly one audit row, the last of which
 * has the final status.
 */
export function checkStates(transmissionIds: readonly string[], state: FinalState): Finding[] {
  const findings: Finding[] = [];
  for (const subject of transmissionIds) {
    const status = state.statuses.get(subject);
    if (status === undefined) {
      findings.push({ kind: 'lost', subject, text: 'an acknowledged call-up left no transmission' });
      continue;
    }
    let at: string | null = null;
    for (const { from, to } of state.audit.get(subject) ?? []) {
      if (to === null) continue;
      if (from !== at || !MOVES.has(`${from}>${to}`))
        findings.push({ kind: 'wrong', subject, text: `audit tells ${from} to ${to} after ${at}` });
      at = to;
    }
    if (at !== status) findings.push({ kind: 'wrong', subject, text: `status ${status}, audit ends at ${at}` });
  }
  return findings;
}
