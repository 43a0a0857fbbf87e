import type { NotCarried } from '../../domain/cart/not-carried.js';
import type { PreflightFinding } from '../../domain/transmission/preflight.js';
import { cappedFindings } from './preflight.js';

/** `findings`, with a warning for everything that the cart holds and the written document does not. */
export function withLosses(findings: readonly PreflightFinding[], notCarried: readonly NotCarried[], platform: string): PreflightFinding[] {
  const losses = notCarried.map(({ line, field, reason }): PreflightFinding => ({
    severity: 'warning',
    ...(line === undefined ? {} : { line }),
    field,
    message: `Not sent: ${reason}`,
    platform,
  }));
  return cappedFindings([...findings, ...losses], platform);
}
