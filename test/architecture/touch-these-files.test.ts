import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { read } from '../docs/markdown.js';

const PARTS = ['src', 'migrations', 'tsconfig.json', 'tsconfig.build.json', 'package.json'];
const FIRST_STATUS = /^ {2}INTERNAL_ERROR:/m;

describe('docs/architecture.md section 9: what the compiler asks for is on the list', () => {
  const folder = mkdtempSync(join(tmpdir(), 'headless-punchout-touch-'));
  /** What the compiler remembers of the copy without edits: it then checks only what an edit can touch. */
  const untouched = join(folder, 'untouched.tsbuildinfo');
  const remembered = join(folder, 'remembered.tsbuildinfo');
  /** Each edited or added file as it was. */
  const before = new Map<string, string | undefined>();
  beforeAll(() => {
    for (const part of PARTS) cpSync(part, join(folder, part), { recursive: true });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    expect(faults()).toEqual([]);
    cpSync(remembered, untouched);
  }, 120_000);
  afterEach(() => {
    for (const [path, text] of before)
      if (text === undefined) rmSync(path);
      else writeFileSync(path, text);
    before.clear();
    cpSync(untouched, remembered);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function edit(file: string, old: string | RegExp, text: string): void {
    const path = join(folder, file);
    const now = readFileSync(path, 'utf8');
    const after = now.replace(old, text);
    if (after === now) throw new Error(`${file} has no ${String(old)}`);
    if (!before.has(path)) before.set(path, now);
    writeFileSync(path, after);
  }

  function add(file: string, text: string): void {
    const path = join(folder, file);
    before.set(path, undefined);
    writeFileSync(path, text);
  }

  /** Files in which the compiler finds faults. */
  function faults(): string[] {
    const options = ['-p', 'tsconfig.build.json', '--noEmit', '--incremental', '--tsBuildInfoFile', remembered];
    try {
      execFileSync(resolve('node_modules/.bin/tsc'), [...options, '--singleThreaded'], { cwd: folder });
      return [];
    } catch (error) {
      const { stdout } = error as { stdout: Buffer };
      const files = [...String(stdout).matchAll(/^(src\/[^(]+)\(/gm)].map(([, file = '']) => file);
      if (files.length === 0) throw error;
      return [...new Set(files)].toSorted();
    }
  }

  /** Files and folders that the list names. */
  function listed(title: string): string[] {
    const list = read('docs/architecture.md')
      .split('\n\n')
      .find((paragraph) => paragraph.startsWith(`**${title}**`));
    return [...(list ?? '').matchAll(/`(src\/[\w./-]+)`/g)].map(([, file = '']) => file);
  }

  const unlisted = (title: string, files: string[]): string[] =>
    files.filter(
      (file) => !listed(title).some((name) => file === name || (name.endsWith('/') && file.startsWith(name))),
    );

  it('one error code', () => {
    edit(
      'src/domain/error-codes.ts',
      /^ {2}INTERNAL_ERROR:/m,
      "  EXAMPLE: { en: 'An example.', de: 'Ein Beispiel' },\n  INTERNAL_ERROR:",
    );
    const asked = faults();
    expect(asked).toEqual([
      'src/domain/buyer-texts/error-texts-english.ts',
      'src/domain/buyer-texts/error-texts-german.ts',
      'src/domain/buyer-texts/french.ts',
      'src/domain/explanations/errors-english.ts',
      'src/domain/explanations/errors-german.ts',
      'src/http/error-statuses.ts',
    ]);
    expect(unlisted('One error code', asked)).toEqual([]);
    edit(
      'src/http/error-statuses.ts',
      FIRST_STATUS,
      '  EXAMPLE: [400, 400, 400, 400, 400, 400, 400, 400],\n  INTERNAL_ERROR:',
    );
    const codes = 'src/domain/buyer-texts/error-texts-english.ts';
    edit(codes, /Extract<\s*ErrorCode,\s*\|?/, "Extract<ErrorCode, 'EXAMPLE' |");
    for (const language of ['english', 'german'])
      edit(
        `src/domain/explanations/errors-${language}.ts`,
        /^ {2}INTERNAL_ERROR:/m,
        "  EXAMPLE: { meaning: 'An example.', remedy: 'Nothing.' },\n  INTERNAL_ERROR:",
      );
    expect(faults()).toEqual([]);
  }, 120_000);

  it('one field of a call-up', () => {
    edit('src/domain/transmission/setup-request.ts', '  deploymentMode:', '  exampleNote: string;\n  deploymentMode:');
    const asked = faults();
    expect(asked).toContain('src/protocols/cxml/read/read-setup-request.ts');
    expect(asked).toContain('src/protocols/oci/call-up/parse-call-up.ts');
    expect(unlisted('One field of a call-up', asked)).toEqual([]);
  }, 120_000);

  it('one protocol', () => {
    edit('src/domain/transmission/protocol.ts', "'repost']", "'repost', 'example']");
    const asked = faults();
    expect(asked).toContain('src/domain/transmission/protocol-rules.ts');
    expect(asked).toContain('src/protocols/cart-protocols.ts');
    expect(unlisted('One protocol', asked)).toEqual([]);
  }, 120_000);

  it('one store: a class of its own, and nothing else is asked for', () => {
    const store = read('examples/express-shop/memory-store.ts');
    add('src/adapters/stores/example-store.ts', store.replace("'headless-punchout'", "'../../index.js'"));
    expect(faults()).toEqual([]);
    edit('src/adapters/stores/example-store.ts', /$/, 'export const broken: number = "x";\n');
    expect(faults()).toEqual(['src/adapters/stores/example-store.ts']);
  }, 120_000);

  it('one setting: its form refuses it until it is listed there', async () => {
    edit(
      'src/domain/access/connection.ts',
      '  startLinkSeconds: number;',
      '  startLinkSeconds: number;\n  exampleDays: number;',
    );
    expect(faults()).toEqual([]);
    expect(listed('One setting')).toContain('src/config/connection-settings.ts');
    const given = `{ returnOrigins: ['https://erp.example.com'], exampleDays: 3 }`;
    expect(settings(given)).toContain('exampleDays');
    edit(
      'src/config/connection-settings.ts',
      /^( *)startLinkSeconds: \{/m,
      "$1exampleDays: { type: 'integer' },\n$1startLinkSeconds: {",
    );
    expect(settings(given)).toBe('true');
  }, 120_000);

  /** `true`, or what is wrong with the settings. */
  function settings(text: string): string {
    const program =
      "import { connectionSettings } from './src/config/connection-settings.ts'; " +
      `const read = connectionSettings(${text}); console.log(read.ok ? 'true' : JSON.stringify(read));`;
    add('settings.ts', program);
    return execFileSync(resolve('node_modules/.bin/tsx'), ['settings.ts'], { cwd: folder, encoding: 'utf8' }).trim();
  }
});
