import type { Call } from '../history.js';
import type { Finding } from './finding.js';

/** P5: maximum response time, whatever dependency is down. */
export const ANSWER_BOUND_MS = 3_000;

export function checkAnswerTimes(calls: readonly Call[]): Finding[] {
  return calls
    .filter(({ startedMs, endedMs }) => endedMs - startedMs > ANSWER_BOUND_MS)
    .map(({ kind, process, subject, startedMs, endedMs, status }) => ({
      kind: 'late',
      subject,
      text: `${kind} on ${process} took ${Math.round(endedMs - startedMs)} ms (${status})`,
    }));
}

export function slowestMs(calls: readonly Call[]): number {
  return Math.round(calls.reduce((most, { startedMs, endedMs }) => Math.max(most, endedMs - startedMs), 0));
}

/** P4: a blocked page never opens during a punchout. */
export function checkPagesClosed(calls: readonly Call[]): Finding[] {
  return calls
    .filter(({ kind, saw = '' }) => kind === 'blocked-page' && saw.startsWith('open'))
    .map(({ subject, saw = '', status }) => ({ kind: 'wrong', subject, text: `${saw} (${status})` }));
}
