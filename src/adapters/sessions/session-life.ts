import type { SessionData } from 'express-session';

/** For sessions without a life time of their own. */
const DEFAULT_TTL_SECONDS = 8 * 3600;

/**
 * How long a session lives from now on, in whole seconds. The duration alone counts: `cookie.expires` is a moment of the clock of the
 * process that wrote it, and the storage counts by its own clock.
 */
export function ttlSecondsOf({ cookie }: SessionData): number {
  const { originalMaxAge } = cookie;
  return originalMaxAge === null || originalMaxAge === undefined
    ? DEFAULT_TTL_SECONDS
    : Math.ceil(originalMaxAge / 1000);
}
