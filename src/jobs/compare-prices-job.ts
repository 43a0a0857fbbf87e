import type { Job } from '../ports/job-queue.js';
import type { Logger } from '../ports/logger.js';
import type { PriceComparison } from '../usecases/orders/compare-prices.js';

/** Nobody waits for the comparison: a shop that gives no prices so often is not asked for days. */
const MOST_ATTEMPTS = 10;

/** Throws to be tried again while the shop does not answer. */
export function comparePricesJob(comparison: PriceComparison, log: Logger): (job: Job) => Promise<void> {
  async function compare({ tenantId, input }: Job): Promise<void> {
    const { transmissionId, connectionId, orderId, version } = input;
    if (typeof transmissionId === 'string') await comparison.ofEdit({ tenantId, transmissionId });
    else if (typeof connectionId === 'string' && typeof orderId === 'string' && typeof version === 'number')
      await comparison.ofOrder({ tenantId, connectionId, orderId, version });
    else throw new TypeError('the job names neither an order nor an edit');
  }

  return async (job) => {
    try {
      await compare(job);
    } catch (error) {
      if (job.attempts < MOST_ATTEMPTS) throw error;
      log.warn({ err: error, tenant: job.tenantId, ...job.input }, 'prices were not compared with the offer');
    }
  };
}
