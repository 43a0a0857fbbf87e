/** Seconds until a job that failed `attempts` times is due again: doubling from 2 s to 10 min, a fifth of it random. */
export function retryDelaySeconds(attempts: number, random: number): number {
  const base = Math.min(600, 2 ** Math.min(attempts, 10));
  return base * (0.8 + 0.4 * random);
}

/** Seconds until a hook that failed `attempts` times in a row is tried again: doubling from 1 s to an hour, a quarter of it random either way. */
export function hookDelaySeconds(attempts: number, random: number): number {
  return Math.min(3600, 2 ** Math.min(attempts - 1, 12)) * (0.75 + random / 2);
}
