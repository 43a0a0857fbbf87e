/** Call-ups whose waits are read: enough for a quantile, few enough for a page. */
export const MOST_WAITS = 500;

/** What operators look at first. Every read is bounded, whatever the size of the tables. */
export interface OperationsView {
  /** How long buyers took from one step to the next, of the newest `MOST_WAITS` call-ups of the last 24 hours. */
  waits(tenantId: string): Promise<BuyerWaits>;
  /** Jobs that failed at least once and are still to be done, by kind. */
  failingJobs(tenantId: string): Promise<FailingJobs[]>;
  /** The secrets of connections that have some, and the age of the newest. */
  secrets(tenantId: string): Promise<ConnectionSecrets[]>;
}

export interface BuyerWaits {
  /** Only so many call-ups were read, the newest; absent: all. */
  sampled?: number | undefined;
  steps: BuyerWait[];
}

export interface BuyerWait {
  /** From the call-up to the login, or from there to the transfer. */
  until: 'login' | 'transfer';
  times: number;
  /** Half of them took no longer. */
  halfMs: number;
  /** 95 % of them took no longer. */
  mostMs: number;
}

export interface FailingJobs {
  kind: string;
  jobs: number;
  /** So many of them wait for a person. */
  givenUp: number;
  since: Date;
  lastError: string;
}

export interface ConnectionSecrets {
  connectionId: string;
  secrets: number;
  newestSecretAt: Date;
}
