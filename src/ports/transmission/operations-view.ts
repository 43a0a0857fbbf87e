/** What operators look at first. Every read is bounded, whatever the size of the tables. */
export interface OperationsView {
  /** Hours of the last two days that have call-ups. */
  hours(tenantId: string): Promise<HourOfCallUps[]>;
  /** How long buyers took from one step to the next, of the call-ups of the last 24 hours. */
  waits(tenantId: string): Promise<BuyerWait[]>;
  /** Jobs that failed at least once and are still to be done, by kind. */
  failingJobs(tenantId: string): Promise<FailingJobs[]>;
  /** What the connections did in the last 24 hours, and the age of their secrets. */
  connections(tenantId: string): Promise<ConnectionDay[]>;
}

/** By the hour of the call-up: how many of these sessions came how far. */
export interface HourOfCallUps {
  /** 0: the last 60 minutes. */
  hoursAgo: number;
  callUps: number;
  logins: number;
  transfers: number;
  orders: number;
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
  since: Date;
  lastError: string;
}

export interface ConnectionDay {
  connectionId: string;
  callUps: number;
  transfers: number;
  /** Of the last two days. */
  lastTransferAt?: Date;
  secrets: number;
  newestSecretAt?: Date;
}
