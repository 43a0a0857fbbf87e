import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { fileLinks, read, table } from './markdown.js';

const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'src/README.md',
  'src/ports/README.md',
  'docs/shopware.md',
  'docs/vendure.md',
  'docs/access.md',
  'docs/session-api.md',
  'docs/frontends.md',
  'docs/carts.md',
  'docs/orders.md',
  'docs/security.md',
  'docs/architecture.md',
  'docs/cxml.md',
  'docs/oci.md',
];

describe('documents name what exists', () => {
  it.each(DOCUMENTS)('%s: every link leads to a file', (document) => {
    expect(fileLinks(document).filter((target) => !existsSync(join(dirname(document), target)))).toEqual([]);
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
