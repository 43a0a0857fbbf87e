import type { Finding } from '../checkers/finding.js';
import type { CallKind, History } from '../history.js';
import type { Random } from '../random.js';
import type { Stage } from '../stage/stage.js';

export interface PhaseSettings {
  stage: Stage;
  random: Random;
  /** Share of a full run, from above 0 to 1. */
  share: number;
}

export interface PhaseReport {
  tried: number;
  acked: number;
  refused: number;
  unknown: number;
  faults: number;
  findings: Finding[];
  /** Additional `name=value` of the line. */
  facts: Record<string, string | number>;
}

export type Phase = (settings: PhaseSettings) => Promise<PhaseReport>;

/** A share of `full`, at least `least`. */
export function shareOf(full: number, share: number, least = 1): number {
  return Math.max(least, Math.round(full * share));
}

/** tried = acked + refused + unknown over the calls of these kinds, so that no call is lost. */
export function tally(
  history: History,
  kinds: readonly CallKind[],
): Pick<PhaseReport, 'tried' | 'acked' | 'refused' | 'unknown'> {
  const calls = history.calls.filter(({ kind }) => kinds.includes(kind));
  const count = (outcome: string): number => calls.filter((call) => call.outcome === outcome).length;
  return { tried: calls.length, acked: count('acknowledged'), refused: count('refused'), unknown: count('unknown') };
}

/** The report of an aborted phase: an undisturbed step failed, or a process did not start. */
export function brokenOff(error: unknown): PhaseReport {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    tried: 0,
    acked: 0,
    refused: 0,
    unknown: 0,
    faults: 0,
    findings: [{ kind: 'wrong', subject: 'the phase broke off', text }],
    facts: { broken_off: 1 },
  };
}
