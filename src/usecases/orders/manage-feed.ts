import type { ConnectShop } from '../../domain/orders/connect-shop.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { Feed, ImportIssue, ImportReport } from '../../domain/orders/feed.js';
import type { FeedRepository } from '../../ports/orders/feed-repository.js';

interface Deps {
  feeds: FeedRepository;
  /** What is wrong with the literal URL; names are judged when they are connected to. */
  urlFault: (url: string) => string | undefined;
}

export interface FeedCalls {
  /** Refuses OPERATION_NOT_ALLOWED to a merchant, and HOOK_URL_REFUSED. */
  register(shop: ConnectShop, url: string): Promise<Outcome<Feed>>;
  find(shop: ConnectShop): Promise<Outcome<Feed>>;
  reports(shop: ConnectShop): Promise<ImportReport[]>;
  report(shop: ConnectShop, reportId: string): Promise<Outcome<{ report: ImportReport; issues: ImportIssue[] }>>;
}

/** Source 003's feed of a supplier and the reports of its imports. */
export function feedCalls({ feeds, urlFault }: Deps): FeedCalls {
  return {
    async register({ tenantId, shopId, role }, url) {
      if (role !== 'supplier') return refuse('OPERATION_NOT_ALLOWED', "A feed is a supplier's.");
      const fault = urlFault(url);
      return fault === undefined
        ? accept(await feeds.save(tenantId, shopId, url))
        : refuse('HOOK_URL_REFUSED', `This address cannot be a feed: ${fault}.`, { fault });
    },
    async find({ tenantId, shopId }) {
      const feed = await feeds.find(tenantId, shopId);
      return feed === undefined ? refuse('NOT_FOUND', 'There is no feed.') : accept(feed);
    },
    reports: ({ tenantId, shopId }) => feeds.reports(tenantId, shopId),
    async report({ tenantId, shopId }, reportId) {
      const found = /^[1-9]\d{0,8}$/.test(reportId)
        ? await feeds.report(tenantId, shopId, Number(reportId))
        : undefined;
      return found === undefined ? refuse('NOT_FOUND', 'There is no such report.') : accept(found);
    },
  };
}
