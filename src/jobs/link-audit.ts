import type { AuditChain } from '../ports/audit-chain.js';
import type { Logger } from '../ports/logger.js';

const DAY_MS = 86_400_000;

/**
 * Links up to `limit` audit rows that are old enough, and writes down once a day, in the process log, what stands for a tenant's rows (SECURITY T64): who can
 * change the database cannot change the log as well. Gives `limit` while there may be more: a tenant's rows are linked one batch at a time.
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
