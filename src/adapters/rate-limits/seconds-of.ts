/** For Retry-After: whole seconds, of a minute at most. */
export function secondsOf(leftMs: number): number {
  return Math.min(60, Math.max(1, Math.ceil(leftMs / 1000)));
}
