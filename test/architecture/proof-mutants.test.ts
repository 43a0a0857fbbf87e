import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { EDITS } from '../proof/fault/bound-mutants.js';

const edits = Object.entries(EDITS).flatMap(([mutant, list]) => list.map((edit) => ({ mutant, ...edit })));

/** The compiler writes other quotes. */
const plain = (text: string): string => text.replaceAll('"', "'").replaceAll(/\s+/g, ' ');

it.each(edits)('$mutant: the text that it changes is in $file', ({ file, find }) => {
  const path = file.replace(/\.js$/, '.ts');
  expect(existsSync(path)).toBe(true);
  // Types are gone in the compiled file.
  const [start = ''] = plain(find).split(/[(:{]/);
  expect(plain(readFileSync(path, 'utf8')).split(start).length).toBeGreaterThan(1);
});
