import type { SalesFigures } from '../ports/transmission/sales-figures.js';
import type { Logger } from '../ports/logger.js';

const BATCH = 500;

/**
 * Folds what call-ups and transfers counted into the daily figures; true while there is more to do. A batch that fails is tried again
 * with half of it, since carts of 10,000 lines may be too much for one statement's time.
 */
export function foldSales(figures: Pick<SalesFigures, 'fold'>, log: Logger): () => Promise<boolean> {
  let limit = BATCH;
  return async () => {
    try {
      const folded = await figures.fold(limit);
      const full = folded === limit;
      limit = Math.min(BATCH, limit * 2);
      return full;
    } catch (error) {
      limit = Math.max(1, limit >> 1);
      log.warn({ err: error, limit }, 'the figures could not be folded, will be tried again');
      return false;
    }
  };
}
