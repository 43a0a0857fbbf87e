import type { AuditChain } from '../ports/audit-chain.js';
import type { Logger } from '../ports/logger.js';

const BATCH = 1_000;
/** In one go; the rest waits for the next. */
const MOST_BATCHES = 100;
const DAY_MS = 86_400_000;

/**
 * Links the audit rows that are old enough, and writes down once a day, in the process log, what stands for a tenant's rows (SECURITY T64): who can change the
 * database cannot change the log as well.
 */
export function linkAudit(chain: Pick<AuditChain, 'link'>, log: Logger, now: () => number = Date.now): () => Promise<void> {
  const anchored = new Map<string, number>();
  return async () => {
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      const head = await chain.link(BATCH);
      if (head === undefined) return;
      const day = Math.floor(now() / DAY_MS);
      if (anchored.get(head.tenantId) === day) continue;
      anchored.set(head.tenantId, day);
      log.info({ tenant: head.tenantId, audit: head.auditId, hash: head.hash }, 'audit chain');
    }
  };
}
