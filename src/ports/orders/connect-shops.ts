import type { ConnectShop, ShopSigning } from '../../domain/orders/connect-shop.js';
import type { OrderEvent, OrderEventName } from '../../domain/orders/connect-order.js';
import type { FairShares } from '../job-queue.js';
import type { Feed, ImportIssue, ImportReport } from '../../domain/orders/feed.js';

/** ConnectShops, with the keys that they and we sign with. */
export interface ConnectShops {
  /** Finds a shop with its decrypted keys by its id alone, as signed requests name it. */
  findSigner(shopId: number): Promise<SigningShop | undefined>;
  find(tenantId: string, shopId: number): Promise<ConnectShop | undefined>;
  list(tenantId: string): Promise<ShopSummary[]>;
  /**
   * Creates a shop, or changes name, role and connection of the tenant's own. Fields that `signing` omits are kept; a
   * new shop gets `own` and `optional`. `taken`: the id belongs to another tenant, or the connection already has a
   * merchant.
   */
  save(shop: ConnectShop, signing?: Partial<ShopSigning>): Promise<'saved' | 'taken'>;
  /** The merchant of a connection. If there is none, it is created with the next free id. */
  merchantOf(tenantId: string, connectionId: string): Promise<ConnectShop>;
  /** The tenant's supplier with the lowest id. Created if there is none. */
  supplierOf(tenantId: string): Promise<ConnectShop>;
  /** Adds a key. At most two are valid; a third replaces the older one. Undefined: unknown shop. */
  addKey(tenantId: string, shopId: number, key: string): Promise<string | undefined>;
  /** Adds a key. The existing ones end after `graceDays`. Undefined: unknown shop. */
  rotateKey(tenantId: string, shopId: number, key: string, graceDays: number): Promise<string | undefined>;
  revokeKey(tenantId: string, shopId: number, keyId: string): Promise<boolean>;
}

export interface SigningShop {
  shop: ConnectShop;
  signing: ShopSigning;
  /**
   * Active keys, oldest first. The oldest signs what we send until it is revoked or expired, so that subscribers have
   * time to learn the new one.
   */
  keys: string[];
}

export interface ShopSummary extends ConnectShop {
  signing: ShopSigning;
  keys: { keyId: string; createdAt: Date; expiresAt?: Date }[];
}

/** Hooks: the subscribers of a shop's events, and how far each has got. Revisions are decimal text. */
export interface HookRepository {
  /** Adds events to the hook with that URL, or creates it. Undefined: the shop has the maximum number of hooks. */
  add(
    tenantId: string,
    shopId: number,
    url: string,
    events: readonly OrderEventName[],
    most: number,
  ): Promise<HookState | undefined>;
  /** Removes events. A hook without events is deleted. Undefined: unknown hook. */
  remove(
    tenantId: string,
    shopId: number,
    url: string,
    events: readonly OrderEventName[],
  ): Promise<HookState | undefined>;
  /** All hooks of a tenant, or of one of its shops. */
  list(tenantId: string, shopId?: number): Promise<HookState[]>;
  /** Delivers nothing until it is resumed or replayed. Undefined: unknown hook. */
  pause(tenantId: string, shopId: number, url: string): Promise<HookState | undefined>;
  /**
   * Resumes delivery at once. With `accept`, the revision that the subscriber reports counts as sent, for an address
   * that moved with its data. Undefined: unknown hook.
   */
  resume(tenantId: string, shopId: number, url: string, accept?: boolean): Promise<HookState | undefined>;
  /** Sends everything from that revision again, whatever revision the subscriber reports. Undefined: unknown hook. */
  replay(tenantId: string, shopId: number, url: string, revision: string): Promise<HookState | undefined>;

  /**
   * Takes hooks with something to deliver, each for one worker at a time. A lease that runs out frees the hook. Owners
   * are tenants, whose shops take turns.
   */
  take(limit: number, leaseSeconds: number, shares?: FairShares): Promise<LeasedHook[]>;
  /**
   * The next events that the hook subscribed to. Records them as sent and renews the lease. Undefined: the lease is
   * lost.
   */
  next(hook: LeasedHook, after: string, limit: number, leaseSeconds: number): Promise<Batch | undefined>;
  /** Renews the lease. False: it is lost. */
  renew(hook: LeasedHook, leaseSeconds: number): Promise<boolean>;
  /** Stores the progress and frees the hook. True: the hook is now paused. Does nothing if the lease is lost. */
  settle(hook: LeasedHook, outcome: DeliveryOutcome): Promise<boolean>;
  /** How far behind each hook is, the furthest first. */
  lags(limit: number): Promise<HookLag[]>;
}

export interface HookState {
  tenantId: string;
  hookId: string;
  shopId: number;
  url: string;
  events: OrderEventName[];
  ackedRevision: string;
  lastRevision: string;
  failingSince?: Date;
  lastError?: string;
  pausedAt?: Date;
}

export interface LeasedHook {
  tenantId: string;
  hookId: string;
  shopId: number;
  url: string;
  ackedRevision: string;
  sentRevision: string;
  replayUntil?: string;
  attempts: number;
  rewinds: number;
  lease: string;
}

interface Batch {
  events: OrderEvent[];
  /** Last revision of the stream when the batch was read. */
  lastRevision: string;
}

interface DeliveryOutcome {
  ackedRevision: string;
  sentRevision: string;
  rewinds: number;
  /** Absent if it succeeded. */
  failure?: {
    error: string;
    delaySeconds: number;
    attempts: number;
    /** Some events were delivered before it failed. */ progressed: boolean;
    pause: boolean;
  };
}

export interface HookLag {
  tenantId: string;
  shopId: number;
  hookId: string;
  events: number;
  paused: boolean;
}

/** Feeds of suppliers and the results of their imports. */
export interface FeedRepository {
  /** Registers the feed of a supplier and replaces the previous one. It is due at once. */
  save(tenantId: string, shopId: number, url: string): Promise<Feed>;
  find(tenantId: string, shopId: number): Promise<Feed | undefined>;
  /** Newest first, at most 200. */
  reports(tenantId: string, shopId: number): Promise<ImportReport[]>;
  report(
    tenantId: string,
    shopId: number,
    reportId: number,
  ): Promise<{ report: ImportReport; issues: ImportIssue[] } | undefined>;
  /**
   * Takes a due feed for `leaseSeconds`. A feed becomes due again when its lease runs out. Owners are tenants; among a
   * tenant's feeds, those that failed come last.
   */
  take(leaseSeconds: number, shares?: FairShares): Promise<LeasedFeed | undefined>;
  /** Renews the lease and stores the progress. False: the lease is lost, or another URL was registered. */
  progress(feed: LeasedFeed, progress: { lines: number; products: number }, leaseSeconds: number): Promise<boolean>;
  /** Ends a run: stores the report, if there is one, and when the feed is due again. */
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
  /** Absent: the file has not changed, or there is no file. */
  report?: Omit<ImportReport, 'reportId'>;
  issues?: ImportIssue[];
  /** Reason why there is no file, for the engineer. */
  error?: string;
}
