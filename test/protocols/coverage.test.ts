import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ALL_RULES, type Book, bookPath, BOOKS, RULE_ROW } from './rules.js';

const AGAIN = 'UPDATE_COVERAGE=1 npm test -- test/protocols/coverage.test.ts';
/** `cxml.md 7.2, 7.3:`, `(oci.md 8.9, …)`. */
const NAMED = /(?<![\w/])(cxml\.md|oci\.md) (\d+(?:\.\d+)?(?:(?:, | and )\d+(?:\.\d+)?)*)/g;
const TEXT = /(['"`])((?:\\.|(?!\1).)*)\1/g;
/** A whole chapter of cXML, and versions of OCI: these are not rules. */
const WHOLE = /^(cxml\.md 9|oci\.md [2-5]\.0)$/;
const MOST_FILES = 3;

interface Naming {
  rule: string;
  file: string;
}

const namings = walk('test').flatMap(namingsIn);

if (process.env['UPDATE_COVERAGE'] !== undefined) {
  for (const book of BOOKS) {
    const lines = readFileSync(bookPath(book), 'utf8').split('\n');
    const written = lines.map((line) =>
      line.replace(RULE_ROW, (_, id: string, wording: string) => `| ${id} | ${wording} | ${heldBy(book, id)} |`),
    );
    writeFileSync(bookPath(book), written.join('\n'));
  }
}

describe('every rule has a test', () => {
  it.each(ALL_RULES.map(({ book, id, wording }) => [`${book} ${id}`, wording]))('%s (%s)', (rule) => {
    expect(namings.filter((naming) => naming.rule === rule).length).toBeGreaterThan(0);
  });

  it('titles in test/protocols cite the most specific rule numbers, and only existing ones', () => {
    const known = new Set(ALL_RULES.map(({ book, id }) => `${book} ${id}`));
    expect(
      namings.filter(({ rule, file }) => file.startsWith('test/protocols/') && !known.has(rule) && !WHOLE.test(rule)),
    ).toEqual([]);
  });

  it('both documents number each rule once', () => {
    const ids = ALL_RULES.map(({ book, id }) => `${book} ${id}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(BOOKS.map((book) => ids.filter((id) => id.startsWith(book)).length)).toEqual([86, 18]);
  });

  it.each(BOOKS)(`docs/%s lists the tests of each rule (to update:  ${AGAIN})`, (book) => {
    const written = readFileSync(bookPath(book), 'utf8').split('\n');
    const rows = written.flatMap((line) => {
      const [, id = '', , files = ''] = RULE_ROW.exec(line) ?? [];
      return id === '' ? [] : [[id, files]];
    });
    expect(rows).toEqual(rows.map(([id = '']) => [id, heldBy(book, id)]));
  });
});

/** Links to the files that cite a rule most often. */
function heldBy(book: Book, id: string): string {
  const times = new Map<string, number>();
  for (const { rule, file } of namings) if (rule === `${book} ${id}`) times.set(file, (times.get(file) ?? 0) + 1);
  return [...times]
    .toSorted(([a, timesA], [b, timesB]) => timesB - timesA || a.localeCompare(b))
    .slice(0, MOST_FILES)
    .map(([file]) => `[${file.slice('test/'.length)}](../${file})`)
    .join(', ');
}

function namingsIn(file: string): Naming[] {
  const found: Naming[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (/^\s*(\/\/|\*|\/\*\*)/.test(line)) continue;
    for (const [, , title = ''] of line.matchAll(TEXT)) {
      for (const [, named = '', ids = ''] of title.matchAll(NAMED)) {
        const book = named === 'cxml.md' ? named : 'oci.md';
        for (const id of ids.split(/, | and /)) found.push({ rule: `${book} ${id}`, file });
      }
    }
  }
  return found;
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
