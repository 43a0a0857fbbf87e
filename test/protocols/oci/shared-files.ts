import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from '@jest/globals';

const SHARED = new URL('../../../../shared/', import.meta.url);

export function sharedText(path: string): string {
  return readFileSync(new URL(path, SHARED), 'utf8');
}

/** `describe` where ../shared is at hand; skipped visibly elsewhere, but never in CI. */
export function describeWithShared(title: string, body: () => void): void {
  if (existsSync(SHARED) || process.env.CI) describe(title, body);
  // jest runs a skipped body too, and it would read the files.
  else describe.skip(title, () => it('SKIPPED: ../shared is not there', () => undefined));
}
