import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';

const FOLDERS = ['migrations', 'src', 'test/adapters/postgres/child', 'test/contracts', 'test/support/child'];

/** Starts itself when it is the program: as an entry of its own, it stays apart from a program that imports it. */
const SERVER = 'src/server.ts';
/** Packages that find files of their own beside their code, and drivers of databases that are not installed. */
const LEFT_OUT = ['@electric-sql/pglite', 'graphql', 'pg-native'];
const DRIVERS = ['better-sqlite3', 'mariadb', 'mysql', 'mysql2', 'oracledb', 'pg-query-stream', 'sqlite3', 'tedious'];

/**
 * A source file and all that it imports as one compiled file, for tests that start a process: it starts in half the
 * time of a thousand single files. Kept until a source changes. `source`: a path from the root, such as `src/cli.ts`.
 */
export async function compiled(source: string): Promise<string> {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  ).toSorted();
  const digest = createHash('sha256');
  for (const file of files) digest.update(file).update(readFileSync(file));
  const folder = resolve('node_modules/.cache/headless-punchout', `compiled-${digest.digest('hex').slice(0, 16)}`);
  const program = join(folder, source.replaceAll('/', '-'), basename(source).replace(/\.ts$/, '.mjs'));
  if (!existsSync(program)) await compile(source, program);
  return program;
}

async function compile(source: string, program: string): Promise<void> {
  const folder = dirname(program);
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [...new Set([source, SERVER])],
    entryNames: '[name]',
    outdir: folder,
    // Names of chunks hold their digest: another worker that compiles at the same time writes the same bytes.
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    external: [...LEFT_OUT, ...DRIVERS.flatMap((name) => [name, `${name}/*`])],
    // Packages in CommonJS call this.
    banner: { js: "import { createRequire as here } from 'node:module'; const require = here(import.meta.url);" },
    logLevel: 'error',
  });
}
