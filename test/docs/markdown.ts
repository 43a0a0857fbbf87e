import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface CodeBlock {
  language: string;
  /** What follows `name=` on the fence. */
  name: string;
  text: string;
}

/** Every document of the repository; a new one in docs/ is checked from its first day. */
export const DOCUMENTS: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'src/README.md',
  'src/ports/README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file))
    .toSorted(),
];

/** All fenced blocks of a document, in order. */
export function codeBlocks(path: string): CodeBlock[] {
  return [...read(path).matchAll(/^```(\w*)(?: name=(\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', name = '', text = '']) => ({ language, name, text }),
  );
}

/** The block of that name; throws when there is not exactly one. */
export function codeBlock(path: string, name: string): string {
  const found = codeBlocks(path).filter((block) => block.name === name);
  if (found[0] === undefined || found.length > 1) throw new Error(`${path} has ${found.length} blocks named ${name}`);
  return found[0].text;
}

/** The rows of the table whose head starts with these cells; cells without blanks around them. */
export function table(path: string, ...head: string[]): string[][] {
  const lines = read(path).split('\n');
  const start = lines.findIndex((line) => head.every((cell, index) => cellsOf(line)[index] === cell));
  if (start < 0) throw new Error(`${path} has no table | ${head.join(' | ')} |`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map(cellsOf);
}

/** `file.md#part` of links to a part of a document; of the same document: `#part`. */
export function partLinks(path: string): string[] {
  return [...read(path).matchAll(/\]\(([^):]*\.md)?#([^)]*)\)/g)].map(([, file = '', part = '']) => `${file}#${part}`);
}

/** The names under which links find the headings of a document, as GitHub makes them. */
export function headings(path: string): string[] {
  return read(path)
    .replace(/^```[\s\S]*?^```$/gm, '')
    .split('\n')
    .filter((line) => /^#+ /.test(line))
    .map((line) =>
      line
        .replace(/^#+ /, '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-'),
    );
}

/** Addresses of links and pictures that lead to files. */
export function fileLinks(path: string): string[] {
  return [...read(path).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** What stands in backticks: `a` -> a; anything else as it is. */
export function code(cell = ''): string {
  return /^`([^`]+)`/.exec(cell)?.[1] ?? cell;
}

export function read(path: string): string {
  return readFileSync(path, 'utf8');
}

function cellsOf(line: string): string[] {
  return line.startsWith('|')
    ? line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim())
    : [];
}
