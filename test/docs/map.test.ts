import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DOCUMENTS, fileLinks, headings, partLinks, read, table } from './markdown.js';

describe('documents name what exists', () => {
  it.each(DOCUMENTS)('%s: every link leads to a file', (document) => {
    expect(fileLinks(document).filter((target) => !existsSync(join(dirname(document), target)))).toEqual([]);
  });

  it.each(DOCUMENTS)('%s: every link to a heading finds it', (document) => {
    const lost = partLinks(document).filter((target) => {
      const [file = '', part = ''] = target.split('#');
      return !headings(file === '' ? document : join(dirname(document), file)).includes(part);
    });
    expect(lost).toEqual([]);
  });

  it('docs/README.md: the index has every document of docs/', () => {
    const named = [...read('docs/README.md').matchAll(/`([\w/-]+\.md)`/g)].map(([, name = '']) => name);
    const listed = [...fileLinks('docs/README.md'), ...named].map((target) => join('docs', target));
    const documents = DOCUMENTS.filter((document) => document.startsWith('docs/') && document !== 'docs/README.md');
    expect(documents.filter((document) => !listed.includes(document))).toEqual([]);
  });

  it('README.md: at most 10 kB', () => {
    expect(statSync('README.md').size).toBeLessThanOrEqual(10_000);
  });

  it.each(DOCUMENTS)('%s: every npm script it names exists', (document) => {
    const scripts: Record<string, string> = JSON.parse(readFileSync('package.json', 'utf8')).scripts;
    const named = [...read(document).matchAll(/npm run (?:-s )?([a-z][\w:-]*)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('src/README.md: every file and folder it names is there', () => {
    const named = [...read('src/README.md').matchAll(/`([\w./-]+(?:\.ts|\/))`/g)].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((path) => !existsSync(join('src', path)))).toEqual([]);
  });

  it('docs/architecture.md: every file and folder of src that it names is there', () => {
    const named = [...read('docs/architecture.md').matchAll(/`(src\/[\w./-]+)`/g)].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('src/README.md: every room of src is in its table', () => {
    const rooms = table('src/README.md', 'room', 'level').flatMap(([cell = '']) =>
      [...cell.matchAll(/`(\w+)\/`/g)].map(([, room = '']) => room),
    );
    const folders = readdirSync('src', { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(rooms.toSorted()).toEqual(folders.toSorted());
  });

  it('src/ports/README.md: the member table is Store', () => {
    const body = /^export interface Store \{\n([\s\S]*?)^\}/m.exec(read('src/ports/store/store.ts'))?.[1] ?? '';
    const members = [...body.matchAll(/^ {2}(?:readonly )?(\w+)[:(]/gm)].map(([, name = '']) => name);
    const rows = table('src/ports/README.md', 'member').flatMap(([cell = '']) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    );
    expect(rows.toSorted()).toEqual(members.toSorted());
  });
});
