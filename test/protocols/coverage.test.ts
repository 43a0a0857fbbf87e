import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ALL_RULES } from './rules.js';

const TABLE = 'test/protocols/COVERAGE.md';
const AGAIN = `UPDATE_COVERAGE=1 npm test -- ${relative(process.cwd(), 'test/protocols/coverage.test.ts')}`;
/** `RULES 7.2, 7.3:`, `(OCI 8.9, …)`, `OCI.md 3`. */
const NAMED = /\b(RULES|OCI)(?:\.md)? (\d+(?:\.\d+)?(?:(?:, | and )\d+(?:\.\d+)?)*)/g;
const TEXT = /(['"`])((?:\\.|(?!\1).)*)\1/g;
/** Sections that are counted in one. */
const WHOLE = /^(RULES 9(\.\d+)?|OCI [2-5]\.0)$/;

interface Naming {
  rule: string;
  file: string;
  title: string;
}

const namings = walk('test').flatMap(namingsIn);

describe('every rule has a test', () => {
  it.each(ALL_RULES.map(({ book, id, wording }) => [`${book} ${id}`, wording]))('%s (%s)', (rule) => {
    expect(namings.filter((naming) => naming.rule === rule).length).toBeGreaterThan(0);
  });

  it('test/protocols names rules by their finer numbers, and none that is not there', () => {
    const known = new Set(ALL_RULES.map(({ book, id }) => `${book} ${id}`));
    expect(
      namings.filter(({ rule, file }) => file.startsWith('test/protocols/') && !known.has(rule) && !WHOLE.test(rule)),
    ).toEqual([]);
  });

  it('rules are listed once', () => {
    expect(new Set(ALL_RULES.map(({ book, id }) => `${book} ${id}`)).size).toBe(ALL_RULES.length);
  });

  it(`${TABLE} is up to date (else: ${AGAIN})`, () => {
    const table = tableOf();
    if (process.env['UPDATE_COVERAGE'] !== undefined) writeFileSync(TABLE, table);
    expect(readFileSync(TABLE, 'utf8')).toBe(table);
  });
});

function namingsIn(file: string): Naming[] {
  const found: Naming[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (/^\s*(\/\/|\*|\/\*\*)/.test(line)) continue;
    for (const [, , title = ''] of line.matchAll(TEXT)) {
      for (const [, book = '', ids = ''] of title.matchAll(NAMED))
        for (const id of ids.split(/, | and /))
          found.push({ rule: `${book} ${id}`, file, title: title.replaceAll(/\\(.)/g, '$1') });
    }
  }
  return found;
}

function tableOf(): string {
  const rows = ALL_RULES.map(({ book, id, wording }) => {
    const tests = new Set(
      namings
        .filter(({ rule }) => rule === `${book} ${id}`)
        .map(({ file, title }) => `${file.slice('test/'.length)}: ${cell(title)}`),
    );
    return `| ${book} ${id} | ${cell(wording)} | ${[...tests].toSorted().join('<br>')} |`;
  });
  return `# Rules and their tests\n\nWritten by coverage.test.ts from the titles of all tests; \`${AGAIN}\` writes it again.\n\n| rule | in short | tests |\n|---|---|---|\n${rows.join('\n')}\n`;
}

function cell(text: string): string {
  return text.replaceAll(/[|<>*_`~]/g, (character) => `\\${character}`);
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory()
        ? walk(join(folder, entry.name))
        : /\.(test|contract)\.ts$/.test(entry.name) && entry.name !== 'coverage.test.ts'
          ? [join(folder, entry.name)]
          : [],
    )
    .toSorted();
}
