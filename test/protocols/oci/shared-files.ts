import { existsSync, readFileSync } from 'node:fs';
import { describe } from '@jest/globals';

const SHARED = new URL('../../../../shared/', import.meta.url);

export function sharedText(path: string): string {
  return readFileSync(new URL(path, SHARED), 'utf8');
}

/** `describe` where ../shared is at hand; skipped visibly elsewhere, but never in CI. */
export function describeWithShared(title: string, body: () => void): void {
  if (existsSync(SHARED) || process.env.CI) describe(title, body);
  else describe.skip(`${title} (skipped: ../shared is not there)`, body);
}
