import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { read } from './markdown.js';

const PLACES = [
  'src',
  'test',
  'docs',
  'bench',
  'migrations',
  'examples',
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
];
const SELF = 'test/docs/citations.test.ts';
/** Whether code and tests cite the documents of this repository only. */
const REPLACED: boolean = true;

/** `cxml.md 7.2, 7.3`, also where a comment breaks in between. */
const NUMBERED =
  /\b(cxml|oci|shopware|open-buy)\.md\s(?:\s*(?:\*|\/\/)\s)?(\d+(?:\.\d+)?(?:(?:, | and | to )\d+(?:\.\d+)?)*)/g;
const ARCHITECTURE =
  /\barchitecture\.md\s(?:\s*(?:\*|\/\/)\s)?(section|decision)s?\s(?:\s*(?:\*|\/\/)\s)?(\d+(?:(?:, | and )\d+)*)/g;
const THREAT_OR_PROMISE = /(?<![\w.#/-])(T\d{2}|P\d{1,2})(?![\w-]|[.:]\d)/g;
/** Documents that are not in the repository, by the names that code once had for them. */
const OUTSIDE = [
  /\b(?:SECURITY|RULES|DESIGN|FACTS|STACK)(?:\.md)?\s(?:\s*(?:\*|\/\/)\s)?(?:[TPR]?\d|section|decision)/g,
  /\bOCI\.md\b/g,
  /\bsources?[\s_-]{0,1}00[0-4]/gi,
];

/** All that can be cited, as `document number`. */
const KNOWN = new Set([
  ...['cxml', 'oci', 'shopware', 'open-buy'].flatMap((book) =>
    [...read(`docs/${book}.md`).matchAll(/^(?:\| |#{2,3} )(\d+(?:\.\d+)?)(?: \||\. )/gm)].map(
      ([, no]) => `${book}.md ${no}`,
    ),
  ),
  ...[...read('docs/architecture.md').matchAll(/^## (\d+)\. /gm)].map(([, no]) => `architecture.md section ${no}`),
  ...[...read('docs/architecture.md').matchAll(/^(\d+)\. \*\*/gm)].map(([, no]) => `architecture.md decision ${no}`),
  ...[...read('docs/security.md').matchAll(/^\| ([TP]\d+) \|/gm)].map(([, no = '']) => no),
]);

describe('what code and documents cite is in the repository', () => {
  it('the documents have what can be cited', () => {
    expect([...KNOWN].filter((rule) => /^[TP]/.test(rule))).toHaveLength(75 + 16);
    expect(KNOWN).toContain('cxml.md 7.2');
    expect(KNOWN).toContain('oci.md 8.10');
    expect(KNOWN).toContain('shopware.md 8.10');
    expect(KNOWN).toContain('architecture.md section 5');
    expect(KNOWN).toContain('architecture.md decision 15');
  });

  it('finds what is nowhere', () => {
    expect(unknownIn('cxml.md 7.2, 7.99 and\n * oci.md 3; shopware.md\n * 8.11, T62, T99, P17, (P5)')).toEqual([
      'cxml.md 7.99',
      'shopware.md 8.11',
      'T99',
      'P17',
    ]);
    expect(unknownIn('architecture.md decisions 1 and 16, architecture.md section 12; T99:00')).toEqual([
      'architecture.md decision 16',
      'architecture.md section 12',
    ]);
    expect(
      outsideIn('RULES 7.2, const RULES = 1, OCI.md 3, Source 002, source-003/x, SOURCE_002_CART, DESIGN\n * 5'),
    ).toEqual(['RULES 7', 'DESIGN\n * 5', 'OCI.md', 'Source 002', 'source-003', 'SOURCE_002']);
  });

  it('every rule that is cited is there', () => {
    expect(findings(unknownIn)).toEqual([]);
  });

  const title = 'no document outside is named';
  if (REPLACED) it(title, () => expect(findings(outsideIn)).toEqual([]));
  else it.todo(title);
});

function unknownIn(text: string): string[] {
  const cited = [
    ...[...text.matchAll(NUMBERED)].flatMap(([, book, numbers = '']) =>
      numbers.split(/, | and | to /).map((no) => `${book}.md ${no}`),
    ),
    ...[...text.matchAll(ARCHITECTURE)].flatMap(([, kind, numbers = '']) =>
      numbers.split(/, | and /).map((no) => `architecture.md ${kind} ${no}`),
    ),
    ...[...text.matchAll(THREAT_OR_PROMISE)].map(([, no = '']) => no),
  ];
  return cited.filter((rule) => !KNOWN.has(rule));
}

function outsideIn(text: string): string[] {
  return OUTSIDE.flatMap((name) => text.match(name) ?? []);
}

function findings(of: (text: string) => string[]): string[] {
  return PLACES.flatMap(filesIn).flatMap((file) => of(readFileSync(file, 'utf8')).map((found) => `${file}: ${found}`));
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return path === SELF ? [] : [path];
  return readdirSync(path)
    .filter((name) => !/^(node_modules|fixtures|\..*)$/.test(name))
    .map((name) => join(path, name))
    .flatMap((inner) => (statSync(inner).isDirectory() ? filesIn(inner) : isText(inner) ? filesIn(inner) : []));
}

function isText(path: string): boolean {
  return /\.(ts|mts|mjs|md|json|sh)$/.test(path) && !path.endsWith('package-lock.json');
}
