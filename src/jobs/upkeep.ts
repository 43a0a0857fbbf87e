import type { Logger } from '../ports/logger.js';
import type { SalesFigures } from '../ports/transmission/session-history.js';
import type { AuditChain } from '../ports/audit-log.js';
import type { SweepFaults } from '../ports/sweep-faults.js';

/** One kind of clean-up. `run` handles up to `limit` rows and returns their number. */
export interface Sweep {
  name: string;
  run: (limit: number) => Promise<number>;
}

const BATCH = 500;
const TURN_MS = 20_000;

export interface SweepWatch {
  log: Logger;
  faults: Pick<SweepFaults, 'failed' | 'mended'>;
  /** Counts one batch: its rows, or that it failed. */
  count: (sweep: string, batch: { rows: number } | 'failed') => void;
  /** Milliseconds of a clock that never goes back. */
  now?: () => number;
}

/**
 * Runs every sweep until its batch is not full. Sweeps take turns, one batch each, and do not stop each other. A failed
 * sweep waits for the next turn and then takes half the batch, because large rows may exceed the statement timeout. A
 * turn ends after 20 seconds: a large backlog of one sweep must not delay those that were done. True: it was not
 * finished, and the next one should begin at once.
 */
export function sweeper(
  sweeps: readonly Sweep[],
  { log, faults, count, now = () => performance.now() }: SweepWatch,
): (signal: AbortSignal) => Promise<boolean> {
  const limits = new Map(sweeps.map(({ name }) => [name, BATCH]));

  async function batchOf({ name, run }: Sweep): Promise<'more' | 'done' | 'failed'> {
    const limit = limits.get(name) ?? BATCH;
    try {
      const rows = await run(limit);
      limits.set(name, Math.min(BATCH, limit * 2));
      count(name, { rows });
      return rows >= limit ? 'more' : 'done';
    } catch (error) {
      limits.set(name, Math.max(1, limit >> 1));
      count(name, 'failed');
      log.warn({ err: error, sweep: name, limit }, 'a sweep failed, will be tried again');
      await told(() => faults.failed(name, error instanceof Error ? error.message : 'failed'));
      return 'failed';
    }
  }

  /** The database may be what fails. */
  async function told(tell: () => Promise<void>): Promise<void> {
    await tell().catch((error: unknown) => log.warn({ err: error }, 'the state of the sweeps could not be stored'));
  }

  return async (signal) => {
    const endsAt = now() + TURN_MS;
    const failed = new Set<string>();
    let pending = [...sweeps];
    while (pending.length > 0 && now() < endsAt) {
      const unfinished: Sweep[] = [];
      for (const sweep of pending) {
        if (signal.aborted) return false;
        const outcome = await batchOf(sweep);
        if (outcome === 'more') unfinished.push(sweep);
        if (outcome === 'failed') failed.add(sweep.name);
      }
      pending = unfinished;
    }
    await told(() => faults.mended(sweeps.map(({ name }) => name).filter((name) => !failed.has(name))));
    return pending.length > 0;
  };
}

const FOLD_BATCH = 500;

/**
 * Adds what was counted to the figures by hour, day and month, of sales or of the funnel; true while there is more to
 * do. A failed batch is retried with half its size, because carts of 10,000 lines may exceed the statement timeout.
 */
export function foldFigures(figures: Pick<SalesFigures, 'fold'>, log: Logger): () => Promise<boolean> {
  let limit = FOLD_BATCH;
  return async () => {
    try {
      const folded = await figures.fold(limit);
      const full = folded === limit;
      limit = Math.min(FOLD_BATCH, limit * 2);
      return full;
    } catch (error) {
      limit = Math.max(1, limit >> 1);
      log.warn({ err: error, limit }, 'the figures could not be folded, will be tried again');
      return false;
    }
  };
}

const DAY_MS = 86_400_000;

/**
 * Links up to `limit` audit rows that are old enough. Once a day it writes the chain hash of a tenant to the process
 * log (T64), because an attacker with access to the database cannot change the log as well. Returns `limit` while there
 * may be more: a tenant's rows are linked one batch at a time.
 */
export function linkAudit(
  chain: Pick<AuditChain, 'link'>,
  log: Logger,
  now: () => number = Date.now,
): (limit: number) => Promise<number> {
  const anchored = new Map<string, number>();
  return async (limit) => {
    const head = await chain.link(limit);
    if (head === undefined) return 0;
    const day = Math.floor(now() / DAY_MS);
    if (anchored.get(head.tenantId) !== day) {
      anchored.set(head.tenantId, day);
      log.info({ tenant: head.tenantId, audit: head.auditId, hash: head.hash }, 'audit chain');
    }
    return limit;
  };
}
