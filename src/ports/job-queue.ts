/** Work that must happen after a commit, even if the process dies. Jobs are rows written by that commit. */
export interface JobQueue {
  /** Adds a job outside of a commit: work that should be done, but may be late or run twice. */
  add(job: Pick<Job, 'tenantId' | 'kind' | 'input'>, delaySeconds: number): Promise<void>;
  /**
   * Takes up to `limit` due jobs for `leaseSeconds`. A job becomes due again when its lease runs out. An owner is a
   * tenant and a kind, `acme send-notice`.
   */
  take(limit: number, leaseSeconds: number, shares?: FairShares): Promise<Job[]>;
  done(job: Job): Promise<void>;
  /**
   * The job is due again after `delaySeconds`. `error` is stored for the engineer. True: it has failed for three days,
   * and waits for a person (`WaitingJobs.hurry`).
   */
  retry(job: Job, delaySeconds: number, error: string): Promise<boolean>;
}

/** The end of jobs that never end. Each handles up to `limit` jobs and returns their number. */
export interface HopelessJobs {
  /** Those that have ended each worker for three days wait for a person too. */
  giveUp(limit: number): Promise<number>;
  /** Deletes those that have waited for a person for 90 days. */
  deleteGivenUp(limit: number): Promise<number>;
}

/** For operators. */
export interface WaitingJobs {
  /** Jobs of a tenant that are not done, oldest first. `after`: the id to continue after. */
  waiting(tenantId: string, place: { limit: number; after?: string | undefined }): Promise<WaitingJob[]>;
  /** The job that places this purchase order in the shop, while it is not done. */
  placing(tenantId: string, connectionId: string, orderId: string): Promise<WaitingJob | undefined>;
  /** Of each owner of an index of this connection the newest job that pushes it, while it is not done. */
  pushing(tenantId: string, connectionId: string): Promise<(WaitingJob & { addressId?: string | undefined })[]>;
  /** Makes a job due at once, also one that was given up. False: there is no such job, or it is running. */
  hurry(tenantId: string, jobId: string): Promise<boolean>;
}

/** For the metrics of an installation. */
export interface JobQueueAges {
  /** All kinds that have jobs, of all tenants. */
  ages(): Promise<JobQueueAge[]>;
}

export interface JobQueueAge extends Pick<Job, 'kind'> {
  /** Without those that were given up. */
  jobs: number;
  /** They wait for a person. */
  givenUp: number;
  /** Jobs whose last attempt failed. */
  failing: number;
  /** How long the oldest due job has waited for a worker; 0 if none is due. */
  overdueSeconds: number;
}

export interface WaitingJob extends Pick<Job, 'tenantId' | 'jobId' | 'kind' | 'attempts'> {
  createdAt: Date;
  /** Undefined: it was given up. */
  dueAt?: Date;
  /** It has failed for three days, and waits for a person. */
  givenUpAt?: Date;
  running: boolean;
  lastError?: string;
}

export interface Job {
  tenantId: string;
  jobId: string;
  kind:
    | 'clear-cart'
    | 'remove-clone'
    | 'restore-cart'
    | 'send-notice'
    | 'place-purchase-order'
    | 'place-order'
    | 'record-order'
    | 'compare-prices'
    | 'write-index'
    | 'push-index';
  /**
   * `clear-cart`: { cart: CartRef, contentMark?: string, fresh?: true } (`fresh`: opened, but never used).
   * `remove-clone`: { transmissionId: string, clone: CustomerClone | null }. `restore-cart`: { transmissionId: string
   * }.
   * `send-notice`: { transactionId: string, supplierShop: number, status: NoticedStatus }.
   * `place-purchase-order` and `record-order`: { connectionId: string, orderId: string, version: number }.
   * `compare-prices`: the same, or { transmissionId: string } of an edit or inspect.
   * `write-index` and `push-index`: { connectionId: string, runId: number }.
   * `place-order`, of earlier releases: { connectionId: string, payloadId: string }
   */
  input: Record<string, unknown>;
  attempts: number;
  /** Identifies this lease: `done` and `retry` by a process that lost its lease do nothing. */
  lease: string;
}

/** How many slots of a process each owner uses now. The owner with the fewest slots is served first. */
export interface FairShares {
  /** Owners without a slot are left out. The port defines what an owner is. */
  taken: Readonly<Record<string, number>>;
  /** Maximum slots of one owner. */
  most: number;
}
