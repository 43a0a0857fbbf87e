/** A dependency that readiness checks. */
export interface HealthCheck {
  name: string;
  /** Resolves if it answers, otherwise rejects with the reason. Limited in time. */
  check(): Promise<void>;
}
