import type { Response } from 'express';
import type { Refusal } from '../../domain/error-codes.js';

const DEPENDENCY_SECONDS = 5;

/** `Retry-After`, in seconds, of a refusal that passes. One that was set before stays. */
export function setRetryAfter(res: Response, { code, details }: Refusal): void {
  const seconds =
    code === 'RATE_LIMITED'
      ? details?.['retry_after_seconds']
      : code === 'SERVICE_UNAVAILABLE' || code === 'STORE_UNAVAILABLE'
        ? DEPENDENCY_SECONDS
        : undefined;
  if (seconds !== undefined && res.get('Retry-After') === undefined) res.set('Retry-After', String(seconds));
}
