import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const SRC = join(process.cwd(), 'src');

/** The table of src/README.md, as data. */
const LEVELS: Record<string, number> = {
  domain: 0,
  ports: 1,
  protocols: 1,
  config: 1,
  usecases: 2,
  adapters: 2,
  testing: 2,
  console: 2,
  http: 3,
  jobs: 3,
  client: 3,
  receiver: 3,
  wiring: 4,
  demo: 4,
  commands: 5,
};
/** The doors stand on one another in this order. */
const DOORS: Record<string, number> = {
  'connector.ts': 5,
  'shopware.ts': 5,
  'vendure.ts': 5,
  'index.ts': 6,
  'server-connector.ts': 6,
  'server.ts': 7,
  'worker.ts': 7,
  'cli.ts': 8,
};
/** Arrows that the levels would allow and that still must not be. */
const NEVER: [from: RegExp, to: RegExp, why: string][] = [
  [/^usecases\//, /^(protocols|config)\//, 'the edge decodes and encodes'],
  [/^http\//, /^adapters\//, 'http knows ports only'],
  [/^console\//, /^(protocols|config)\//, 'a page is a pure function of its view'],
  [/^(ports|protocols)\//, /^config\//, 'only wiring reads options'],
];
/** Only these files may know the demo. */
const DEMO_DOORS = new Set(['server.ts', 'cli.ts']);

const files = walk(SRC).map((file) => relative(SRC, file).split(sep).join('/'));
const imports = new Map(files.map((file) => [file, importsOf(file)]));

describe('import rule of src/README.md', () => {
  it('knows every room', () => {
    const rooms = new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/')[0]));
    expect([...rooms].filter((room) => !(String(room) in LEVELS))).toEqual([]);
  });

  it('imports go down only, or stay in their room', () => {
    const broken = edges().filter(
      ([from, to]) => roomOf(from) !== roomOf(to) && !(levelOf(from) > levelOf(to) || isTypeRoom(from, to)),
    );
    expect(broken).toEqual([]);
  });

  it('keeps the arrows that must never be', () => {
    const broken = edges().filter(([from, to]) =>
      NEVER.some(([source, target]) => source.test(from) && target.test(to)),
    );
    expect(broken).toEqual([]);
  });

  it('adapters and API families do not know their siblings', () => {
    const broken = edges().filter(([from, to]) => {
      const [room, part] = from.split('/');
      const [otherRoom, otherPart] = to.split('/');
      if (room !== otherRoom || part === otherPart) return false;
      if (room === 'adapters') return true;
      return room === 'http' && isFamily(part) && isFamily(otherPart);
    });
    expect(broken).toEqual([]);
  });

  it('only server and cli know the demo', () => {
    expect(
      edges().filter(([from, to]) => to.startsWith('demo/') && !from.startsWith('demo/') && !DEMO_DOORS.has(from)),
    ).toEqual([]);
  });

  it('has no circles', () => {
    expect(findCircle()).toBeUndefined();
  });

  it('reads process.env in one place', () => {
    const readers = files.filter((file) =>
      /process\.env/.test(readFileSync(join(SRC, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
    );
    expect(readers.filter((file) => !['server.ts', 'cli.ts'].includes(file) && !file.startsWith('config/'))).toEqual(
      [],
    );
  });

  it('use cases and the domain know no HTTP path', () => {
    const knows = (file: string): boolean =>
      /(['"`])\/[a-z{$][\w${}./-]*/i.test(
        readFileSync(join(SRC, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*|^import .*$/gm, ''),
      );
    expect(files.filter((file) => /^(domain|usecases)\//.test(file) && knows(file))).toEqual([]);
  });

  it('has no drawers', () => {
    expect(
      files.filter((file) => /(^|\/)(helpers?|utils?|common|shared|misc|lib|core|base|manager)(\/|\.tsx?$)/.test(file)),
    ).toEqual([]);
  });

  it('has no crowded folders', () => {
    const counts = new Map<string, number>();
    for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > 20)).toEqual([]);
  });
});

function isFamily(part: string | undefined): boolean {
  return (
    part !== undefined &&
    !['answers', 'body', 'browser', 'callers', 'openapi', 'views'].includes(part) &&
    !part.endsWith('.ts')
  );
}

/** Options name the ports that the mounting app may bring. */
function isTypeRoom(from: string, to: string): boolean {
  return roomOf(from) === 'config' && to.startsWith('ports/') && imports.get(from)?.get(to) === 'type';
}

function edges(): [string, string][] {
  return [...imports].flatMap(([from, targets]) =>
    [...targets.keys()].filter((to) => files.includes(to)).map((to): [string, string] => [from, to]),
  );
}

function roomOf(file: string): string {
  return file.includes('/') ? String(file.split('/')[0]) : file;
}

function levelOf(file: string): number {
  return (file.includes('/') ? LEVELS[roomOf(file)] : DOORS[file]) ?? -1;
}

function importsOf(file: string): Map<string, 'type' | 'value'> {
  const text = readFileSync(join(SRC, file), 'utf8');
  const targets = new Map<string, 'type' | 'value'>();
  for (const match of text.matchAll(/^(?:import|export)\s+(type\s)?[^'";]*?from\s+'(\.[^']+)'/gm)) {
    const plain = relative(SRC, join(SRC, dirname(file), String(match[2])))
      .split(sep)
      .join('/')
      .replace(/\.js$/, '.ts');
    const target = existsSync(join(SRC, `${plain}x`)) ? `${plain}x` : plain;
    targets.set(target, match[1] === undefined ? 'value' : (targets.get(target) ?? 'type'));
  }
  return targets;
}

function findCircle(): string[] | undefined {
  const done = new Set<string>();
  function visit(file: string, trail: string[]): string[] | undefined {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const target of imports.get(file)?.keys() ?? []) {
      const circle = files.includes(target) ? visit(target, [...trail, file]) : undefined;
      if (circle !== undefined) return circle;
    }
    done.add(file);
    return undefined;
  }
  for (const file of files) {
    const circle = visit(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : /\.tsx?$/.test(path) ? [path] : [];
  });
}
