/** Work that must happen after a commit, however often the process dies: jobs are rows written by that commit. */
export interface JobQueue {
  /** Beside a commit: work that may be late or done twice, but should be done. */
  add(job: Pick<Job, 'tenantId' | 'kind' | 'input'>, delaySeconds: number): Promise<void>;
  /** Takes up to `limit` due jobs for `leaseSeconds`; a job whose lease runs out is due again. An owner is a tenant and a kind, `acme send-notice`. */
  take(limit: number, leaseSeconds: number, shares?: FairShares): Promise<Job[]>;
  done(job: Job): Promise<void>;
  /** Due again after `delaySeconds`; `error` is kept for the engineer. */
  retry(job: Job, delaySeconds: number, error: string): Promise<void>;
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
    | 'record-order';
  /**
   * `clear-cart`: { cart: CartRef, contentMark?: string, fresh?: true } (`fresh`: opened, but never used).
   * `remove-clone`: { transmissionId: string, clone: CustomerClone | null }. `restore-cart`: { transmissionId: string }.
   * `send-notice`: { transactionId: string, supplierShop: number, status: NoticedStatus }.
   * `place-purchase-order` and `record-order`: { connectionId: string, orderId: string, version: number }.
   * `place-order`, of versions before: { connectionId: string, payloadId: string }
   */
  input: Record<string, unknown>;
  attempts: number;
  /** Marks this taking: `done` and `retry` by a process that lost its lease do nothing. */
  lease: string;
}

/** Who has how many places of a process now. Where work is taken, that of whoever has the fewest comes first. */
export interface FairShares {
  /** Owners without a place are left out. The port says what an owner is. */
  taken: Readonly<Record<string, number>>;
  /** Places that one owner may have. */
  most: number;
}
