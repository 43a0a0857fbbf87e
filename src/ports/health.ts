/** One dependency that readiness depends on. */
export interface HealthCheck {
  name: string;
  /** Resolves when it answers, rejects with the reason when it does not; bounded in time. */
  check(): Promise<void>;
}
