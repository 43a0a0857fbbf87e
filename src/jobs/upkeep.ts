import type { Logger } from '../ports/logger.js';
import type { SalesFigures } from '../ports/transmission/session-history.js';
import type { AuditChain } from '../ports/audit-log.js';

/** One kind of clearing away. `run` handles up to `limit` rows and says how many there were. */
export interface Sweep {
  name: string;
  run: (limit: number) => Promise<number>;
}

const BATCH = 500;

/**
 * Runs every sweep until its batch comes back short. They take turns, one batch each, and none stops another: a sweep that fails is logged
 * and left for the next time, with half the batch, since large rows may be too much for one statement's time.
 */
export function sweeper(sweeps: readonly Sweep[], log: Logger): (signal: AbortSignal) => Promise<void> {
  const limits = new Map(sweeps.map(({ name }) => [name, BATCH]));

  /** True while there may be more. */
  async function turn({ name, run }: Sweep): Promise<boolean> {
    const limit = limits.get(name) ?? BATCH;
    try {
      const handled = await run(limit);
      limits.set(name, Math.min(BATCH, limit * 2));
      return handled >= limit;
    } catch (error) {
      limits.set(name, Math.max(1, limit >> 1));
      log.warn({ err: error, sweep: name, limit }, 'a sweep failed, will be tried again');
      return false;
    }
  }

  return async (signal) => {
    let pending = [...sweeps];
    while (pending.length > 0) {
      const unfinished: Sweep[] = [];
      for (const sweep of pending) {
        if (signal.aborted) return;
        if (await turn(sweep)) unfinished.push(sweep);
      }
      pending = unfinished;
    }
  };
}

const FOLD_BATCH = 500;

/**
 * Folds what call-ups and transfers counted into the daily figures; true while there is more to do. A batch that fails is tried again
 * with half of it, since carts of 10,000 lines may be too much for one statement's time.
 */
export function foldSales(figures: Pick<SalesFigures, 'fold'>, log: Logger): () => Promise<boolean> {
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
 * Links up to `limit` audit rows that are old enough, and writes down once a day, in the process log, what stands for a
 * tenant's rows (T64): who can change the database cannot change the log as well. Gives `limit` while there may be
 * more: a tenant's rows are linked one batch at a time.
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
