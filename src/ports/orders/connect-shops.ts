import type { ConnectShop, ShopSigning } from '../../domain/orders/connect-shop.js';
import type { OrderEvent, OrderEventName } from '../../domain/orders/connect-order.js';
import type { FairShares } from '../job-queue.js';
import type { Feed, ImportIssue, ImportReport } from '../../domain/orders/feed.js';

/** ConnectShops and the keys that they and we sign with. */
export interface ConnectShops {
  /** With its keys in clear, as a signed request names it: by its id alone. */
  findSigner(shopId: number): Promise<SigningShop | undefined>;
  find(tenantId: string, shopId: number): Promise<ConnectShop | undefined>;
  list(tenantId: string): Promise<ShopSummary[]>;
  /**
   * Makes it, or changes name, role and connection of the tenant's own. What `signing` leaves out stays; a new shop has
   * `own` and `optional`. `taken`: another tenant's, or the connection has a merchant already.
   */
  save(shop: ConnectShop, signing?: Partial<ShopSigning>): Promise<'saved' | 'taken'>;
  /** The merchant of a connection, made with the next free id where it has none. */
  merchantOf(tenantId: string, connectionId: string): Promise<ConnectShop>;
  /** The tenant's supplier with the lowest id, made where there is none. */
  supplierOf(tenantId: string): Promise<ConnectShop>;
  /** A further key. At most two are accepted: of two, the older one goes. Undefined: no such shop. */
  addKey(tenantId: string, shopId: number, key: string): Promise<string | undefined>;
  /** A further key; those that there are end after `graceDays`. Undefined: no such shop. */
  rotateKey(tenantId: string, shopId: number, key: string, graceDays: number): Promise<string | undefined>;
  revokeKey(tenantId: string, shopId: number, keyId: string): Promise<boolean>;
}

export interface SigningShop {
  shop: ConnectShop;
  signing: ShopSigning;
  /** Active keys, the oldest first: it signs what we send until it is revoked or over, so that a subscriber has time to learn the new one. */
  keys: string[];
}

export interface ShopSummary extends ConnectShop {
  signing: ShopSigning;
  keys: { keyId: string; createdAt: Date; expiresAt?: Date }[];
}

/** Hooks: who is told of a shop's events, and how far he is. Revisions are decimal text. */
export interface HookRepository {
  /** Adds events to the hook of that URL, which is made where there is none. Undefined: the shop has as many hooks as it may. */
  add(
    tenantId: string,
    shopId: number,
    url: string,
    events: readonly OrderEventName[],
    most: number,
  ): Promise<HookState | undefined>;
  /** Takes events off; without any left it is no hook any more. Undefined: it was none. */
  remove(
    tenantId: string,
    shopId: number,
    url: string,
    events: readonly OrderEventName[],
  ): Promise<HookState | undefined>;
  /** All of a tenant, or of one of his shops. */
  list(tenantId: string, shopId?: number): Promise<HookState[]>;
  /** Delivers again, at once. With `accept`, what the subscriber says that he has counts as sent: an address that moved with its data. Undefined: no such hook. */
  resume(tenantId: string, shopId: number, url: string, accept?: boolean): Promise<HookState | undefined>;
  /** Sends everything from that revision on once more, whatever the subscriber says that he has. Undefined: no such hook. */
  replay(tenantId: string, shopId: number, url: string, revision: string): Promise<HookState | undefined>;

  /** Hooks that have something to get, each for one worker at a time; a lease that runs out gives the hook back. Owners are tenants, whose shops take turns. */
  take(limit: number, leaseSeconds: number, shares?: FairShares): Promise<LeasedHook[]>;
  /** The next events that the hook wants; what they may reach is noted as sent, and the lease begins anew. Undefined: the lease is lost. */
  next(hook: LeasedHook, after: string, limit: number, leaseSeconds: number): Promise<Batch | undefined>;
  /** The lease begins anew; false: it is lost. */
  renew(hook: LeasedHook, leaseSeconds: number): Promise<boolean>;
  /** Writes down how far it went, and gives the hook back. True: it is paused from now on. Without effect when the lease is lost. */
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
  /** Of the stream, when the batch was read. */
  lastRevision: string;
}

interface DeliveryOutcome {
  ackedRevision: string;
  sentRevision: string;
  rewinds: number;
  /** Absent: it went well. */
  failure?: {
    error: string;
    delaySeconds: number;
    attempts: number;
    /** Something was delivered before it failed. */ progressed: boolean;
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
