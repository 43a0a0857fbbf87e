/** A dependency that readiness checks. */
export interface HealthCheck {
  name: string;
  /** Without it the process does all of its work in another way: it stays ready. */
  optional?: true;
  /** Resolves if it answers, otherwise rejects with the reason. Limited in time. */
  check(): Promise<void>;
}
