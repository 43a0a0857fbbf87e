import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { keptIn } from '../architecture/kept-state.js';
import { compiled } from '../support/compiled.js';
import { code, fileLinks, read, table } from './markdown.js';

const DOCUMENT = 'docs/security.md';
const MIB = 1024 * 1024;
const UNITS: Record<string, number> = { bytes: 1, KiB: 1024, MiB: MIB };

const lasting = table(DOCUMENT, 'file', 'name', 'what it keeps');
const passing = table(DOCUMENT, 'file', 'name', 'what it holds');
const ofOneCall = table(DOCUMENT, 'bounded by', 'where').flatMap(([, where = '']) => where.split('; '));

describe('docs/security.md lists all that is kept in memory', () => {
  it('each map, list, cache and buffer of src stands in one row, and each row in src', () => {
    const found = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .flatMap((file) =>
        keptIn(readFileSync(join('src', file), 'utf8'), file.endsWith('x')).map(({ name }) => `${file}: ${name}`),
      );
    const listed = [
      ...[...lasting, ...passing].flatMap(([file, names]) => entriesOf(file, names)),
      ...ofOneCall.flatMap((entry) => entriesOf(entry.split(' ', 1)[0], entry.slice(entry.indexOf(' ')))),
    ];
    expect(listed.toSorted()).toEqual(found.toSorted());
  });

  it('each row says how many bytes that are at most, or what it goes with', () => {
    const unclear = [...lasting, ...passing].filter(
      ([, , , most = '', bytes = '']) =>
        most === '' ||
        !/\d (?:bytes|KiB|MiB)\b|none of its own|a few times the document|in the row above|not bounded by us/.test(
          bytes,
        ),
    );
    expect(unclear).toEqual([]);
  });

  it('the numbers of its rows are those of the code', () => {
    const wrong = [...lasting, ...passing].flatMap(([cell, , , most = '']) => {
      const source = readFileSync(join('src', code(cell)), 'utf8');
      return [...most.matchAll(/`([A-Z][A-Z_]+)` ([\d,]+)(?: (KiB|MiB))?/g)].flatMap(
        ([, name = '', number = '', unit = 'bytes']) => {
          const said = Number(number.replaceAll(',', '')) * (UNITS[unit] ?? 0);
          const is = constantOf(source, name);
          return is === said ? [] : [`${code(cell)}: ${name} is ${is}, not ${said}`];
        },
      );
    });
    expect(wrong).toEqual([]);
  });

  it('the walk finds state in modules, classes, closures and libraries, but no table that never changes', () => {
    const source = `
      const TABLE = new Map([['a', 1]]); const grown = new Set(['a']); grown.add('b'); const empty = {};
      class A { #list: string[] = []; readonly fixed = new Set(['a']); private agent;
        constructor() { this.agent = new Agent({}); } add(x) { this.#list.push(x); } }
      export function cache() { const seen = new Map(); let text = ''; let queue = []; const local = []; local.push(1);
        return { note: (key) => { seen.set(key, 1); text += key; queue = [...queue, key]; return local.length; } }; }
      async function read(body) { const chunks: Buffer[] = [];
        for await (const chunk of body) chunks.push(chunk); return chunks; }
      function database() { return knexFactory({}); }
      function given() { const inner = new Map(); return () => fill(inner); }`;
    expect(
      keptIn(source)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['#list', 'chunks', 'database', 'empty', 'grown', 'inner', 'queue', 'seen', 'text', 'this.agent']);
  });
});

describe('what strangers can fill, filled three times over', () => {
  it.each([
    'adapters/rate-limits/shared-counter.ts',
    'usecases/access/limit-attempts.ts',
    'adapters/directory-cache.ts',
  ])('%s takes no more than its row says', async (file) => {
    const row = lasting.find(([cell]) => code(cell) === file);
    const [, number = '', unit = ''] = /^(\d+) (KiB|MiB)/.exec(row?.[4] ?? '') ?? [];
    const program = await compiled('test/support/child/filled-memory.ts');
    // In a process of its own: here, other suites have been at work.
    const taken = Number(
      execFileSync(process.execPath, ['--expose-gc', program, file], { encoding: 'utf8' }).split(' ')[0],
    );
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(Number(number) * (UNITS[unit] ?? 0));
  });
});

describe('docs/security.md names threats, promises and what holds them', () => {
  const rows = read(DOCUMENT)
    .split('\n')
    .flatMap((line) => /^\| ([TP]\d+) \|/.exec(line)?.[1] ?? []);

  it('T01 to T75 and P1 to P16, each once', () => {
    const numbers = (letter: string, last: number, digits: number): string[] =>
      Array.from({ length: last }, (_, index) => `${letter}${String(index + 1).padStart(digits, '0')}`);
    expect(rows).toEqual([...numbers('T', 75, 2), ...numbers('P', 16, 1)]);
  });

  it('each names at least one test, and each test is there', () => {
    const lines = read(DOCUMENT)
      .split('\n')
      .filter((line) => /^\| [TP]\d+ \|/.test(line));
    expect(lines.filter((line) => !/\]\(\.\.\/test\//.test(line))).toEqual([]);
    expect(fileLinks(DOCUMENT).filter((target) => !existsSync(join(dirname(DOCUMENT), target)))).toEqual([]);
  });
});

function entriesOf(file = '', names = ''): string[] {
  return [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => `${code(file)}: ${name}`);
}

/** `16 * 1024 * 1024`, `2 * MIB`, `10_000`; NaN where there is no such constant. */
function constantOf(source: string, name: string): number {
  const text = new RegExp(`^(?:export )?const ${name}\\b[^=]*= ([^;]+);`, 'm').exec(source)?.[1] ?? '';
  return text
    .replaceAll('_', '')
    .replaceAll('MIB', String(MIB))
    .split('*')
    .reduce((product, factor) => product * Number(factor.trim() || Number.NaN), 1);
}
