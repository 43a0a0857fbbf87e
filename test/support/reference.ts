import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from '@jest/globals';
import { REFERENCE_DIRECTORY } from './reference-directory.js';

/** The absolute path of a file or folder of the reference material, whether it exists or not. */
export function referencePath(...parts: string[]): string {
  return resolve(REFERENCE_DIRECTORY, ...parts);
}

export function hasReference(...parts: string[]): boolean {
  return existsSync(referencePath(...parts));
}

export function referenceText(path: string): string {
  return readFileSync(referencePath(path), 'utf8');
}

/** `it` for one test that reads this folder; a todo if it is missing. */
export function itWithReference(folder: string): (title: string, body: () => void | Promise<void>) => void {
  return (title, body) => {
    if (hasReference(folder)) it(title, body);
    else it.todo(`${title}: needs ${join('PUNCHOUT_REFERENCE', folder)}`);
  };
}

/**
 * `describe` for tests that read this folder of the reference material. If it is missing, the body does not run and one
 * todo replaces it: a todo is neither passed nor skipped, so CI accepts it.
 */
export function describeWithReference(folder: string): (title: string, body: () => void) => void {
  return (title, body) => {
    if (hasReference(folder)) describe(title, body);
    else it.todo(`${title}: needs ${join('PUNCHOUT_REFERENCE', folder)}`);
  };
}
