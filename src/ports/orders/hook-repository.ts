import type { OrderEvent, OrderEventName } from '../../domain/orders/connect-order.js';
import type { FairShares } from '../job-queue.js';

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

export interface Batch {
  events: OrderEvent[];
  /** Of the stream, when the batch was read. */
  lastRevision: string;
}

export interface DeliveryOutcome {
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
