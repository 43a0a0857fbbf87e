/** Counts requests by the minute. */
export interface RateLimits {
  /**
   * Counts one request of `key`; undefined while it stays within `perMinute`, else the seconds until it may come again.
   * Never fails and never waits long: where the shared counter does not answer, this process counts for itself.
   */
  take(key: string, perMinute: number): Promise<number | undefined>;
  close(): void;
}
