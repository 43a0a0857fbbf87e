import type { Finding } from '../proof/checkers/finding.js';
import type { Random } from '../proof/random.js';
import type { OwnDatabase } from '../proof/stage/own-database.js';
import type { ServerProcess } from '../proof/stage/server-process.js';
import type { Erp } from '../proof/stage/erp.js';

export interface AttackTarget {
  server: ServerProcess;
  database: OwnDatabase;
  erp: Erp;
  random: Random;
  /** Share of the full attack, from above 0 to 1. */
  share: number;
}

export interface AttackReport {
  tried: number;
  findings: Finding[];
  facts: Record<string, number>;
}

/**
 * One attack by an unauthenticated client, with limits for what it may store, use or delay, in bytes, rows and work.
 */
export type Attack = (target: AttackTarget) => Promise<AttackReport>;

export const MIB = 1024 * 1024;

export function wrong(subject: string, text: string): Finding {
  return { kind: 'wrong', subject, text };
}

/** Maximum heap that may remain after an attack. */
const KEPT = 30 * MIB;
/**
 * Maximum size of bodies during an attack: the budget for unauthenticated callers (32 MiB), and the read-ahead of
 * Node.js.
 */
const HELD = 64 * MIB;

/** Checks memory after and during an attack against its limits. `held`: bytes of buffers during the attack. */
export async function withinMemory(
  { server }: AttackTarget,
  name: string,
  attack: () => Promise<AttackReport>,
  held = HELD,
): Promise<AttackReport> {
  const before = await server.measure('collect');
  const report = await attack();
  if (server.hasEnded())
    return {
      ...report,
      findings: [{ kind: 'lost', subject: name, text: `the process died: ${server.said.slice(-500)}` }],
    };
  const after = await server.measure('collect');
  const kept = after.heap - before.heap;
  const { buffers, resident } = after.most;
  const findings = [
    ...report.findings,
    ...(kept > KEPT ? [wrong(name, `the heap still holds ${mib(kept)} MiB of it`)] : []),
    ...(buffers > held ? [wrong(name, `buffers took ${mib(buffers)} MiB`)] : []),
  ];
  return {
    ...report,
    findings,
    facts: { ...report.facts, kept_mib: mib(kept), held_mib: mib(buffers), resident_mib: mib(resident) },
  };
}

function mib(bytes: number): number {
  return Math.round(bytes / MIB);
}
