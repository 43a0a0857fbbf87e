import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const WIDEST = 120;
const SOURCES = /\.(?:ts|mts|cts|mjs|js|css|html|eta|sql|sh|yml|md)$|^\.ci\/run$/;

/** Files of data: their lines are as long as their records. */
const DATA: [files: RegExp, why: string][] = [
  [/^test\/fixtures\//, 'recorded documents and lists of strange texts'],
  [/^src\/protocols\/cxml\/check\/cxml-elements\.ts$/, 'tables of the DTDs, one row for each element'],
];

/** Lines that cannot be broken. */
const UNBREAKABLE: [line: RegExp, files: RegExp, why: string][] = [
  [/^\s*\|.*\|$/, /\.md$/, 'a row of a table'],
  [/^!?\[[^\]]*\]\(\S+\)$/, /\.md$/, 'a link or a picture that stands alone'],
  [/^\s*\/[^*].*\/[dgimsuvy]*[,;]?$/, /\.ts$/, 'a regular expression: linear-regexes.test.ts reads literals only'],
];

describe(`no line is longer than ${WIDEST} columns`, () => {
  const tracked = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n');
  const files = tracked.filter(
    (file) => SOURCES.test(file) && existsSync(file) && !DATA.some(([data]) => data.test(file)),
  );

  it('finds the sources', () => expect(files.length).toBeGreaterThan(1000));

  it('every line of code and documents', () => expect(files.flatMap(longLines)).toEqual([]));
});

/** `file:line: length` of each. */
function longLines(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      const { length } = Array.from(line);
      if (length <= WIDEST) return [];
      const fixed = UNBREAKABLE.some(([shape, where]) => where.test(file) && shape.test(line));
      return fixed ? [] : [`${file}:${index + 1}: ${length}`];
    });
}
