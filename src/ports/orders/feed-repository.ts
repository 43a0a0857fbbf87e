import type { Feed, ImportIssue, ImportReport } from '../../domain/orders/feed.js';
import type { FairShares } from '../job-queue.js';

/** Feeds of suppliers and what became of their files. */
export interface FeedRepository {
  /** Registers the feed of a supplier in place of the one before; it is due at once. */
  save(tenantId: string, shopId: number, url: string): Promise<Feed>;
  find(tenantId: string, shopId: number): Promise<Feed | undefined>;
  /** The newest first, 200 at most. */
  reports(tenantId: string, shopId: number): Promise<ImportReport[]>;
  report(
    tenantId: string,
    shopId: number,
    reportId: number,
  ): Promise<{ report: ImportReport; issues: ImportIssue[] } | undefined>;
  /** A feed that is due, for `leaseSeconds`; one whose lease runs out is due again. Owners are tenants; of a tenant's, those that failed come last. */
  take(leaseSeconds: number, shares?: FairShares): Promise<LeasedFeed | undefined>;
  /** Keeps the lease and shows how far it is. False: it is lost, or another URL was registered. */
  progress(feed: LeasedFeed, progress: { lines: number; products: number }, leaseSeconds: number): Promise<boolean>;
  /** Ends a turn: keeps the report where there is one, and says when the feed is due again. */
  settle(feed: LeasedFeed, turn: FeedTurn): Promise<void>;
}

export interface LeasedFeed {
  tenantId: string;
  shopId: number;
  url: string;
  md5?: string;
  attempts: number;
  lease: string;
}

export interface FeedTurn {
  delaySeconds: number;
  /** Absent: the file is the one of the last time, or there is none. */
  report?: Omit<ImportReport, 'reportId'>;
  issues?: ImportIssue[];
  /** Why there is none, for the engineer. */
  error?: string;
}
