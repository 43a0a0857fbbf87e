import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { transformSync } from '@swc/core';
import { EDITS } from '../proof/fault/bound-mutants.js';

const edits = Object.entries(EDITS).flatMap(([mutant, list]) => list.map((edit) => ({ mutant, ...edit })));

/** Compilers write other quotes and spaces. */
const plain = (text: string): string => text.replaceAll("'", '"').replaceAll(/\s+/g, '');

it.each(edits)('$mutant: the text that it changes is in $file', ({ file, find }) => {
  const path = file.replace(/\.js$/, '.ts');
  expect(existsSync(path)).toBe(true);
  const { code } = transformSync(readFileSync(path, 'utf8'), {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'es6' },
  });
  expect(plain(code)).toContain(plain(find));
});
