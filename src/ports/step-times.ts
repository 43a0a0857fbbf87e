/** How long this process takes for its steps, of all tenants, since it started. */
export interface StepTimes {
  since: Date;
  /** Steps that were taken at least once. */
  read(): Promise<StepTime[]>;
}

export const MEASURED_STEPS = ['call_up', 'login', 'transfer'] as const;
/** Steps of the server: from a request to its answer. */
export type MeasuredStep = (typeof MEASURED_STEPS)[number];

export interface StepTime {
  /** A `MeasuredStep`, or the name of a call to the shop: `readCart`. */
  step: string;
  of: 'server' | 'shop';
  times: number;
  /** Half of them took no longer; estimated from the bounds of a histogram. */
  halfMs: number;
  /** 95 % of them took no longer. */
  mostMs: number;
}
