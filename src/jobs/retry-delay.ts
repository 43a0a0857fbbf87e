/** Seconds until a job that failed `attempts` times is due again: doubling from 2 s to 10 min, a fifth of it random. */
export function retryDelaySeconds(attempts: number, random: number): number {
  const base = Math.min(600, 2 ** Math.min(attempts, 10));
  return base * (0.8 + 0.4 * random);
}
