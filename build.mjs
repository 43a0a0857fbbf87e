// Writes the programs and the entries of the package into dist/, as bundles that share chunks: a thousand single files
// take a second to load (docs/adr/0012-bundled-programs.md). It neither writes nor checks types, which takes ten times
// as long: `npm run build` does.
// --if-changed: only if dist/ is missing or older than its sources, so that `npm start` compiles once.
import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

const SOURCES = ['src', 'migrations', 'package.json', 'tsconfig.json', 'build.mjs'];
const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Of a folder also its own time, which changes when a file is removed. */
const newest = (path) =>
  statSync(path).isDirectory()
    ? Math.max(changedAt(path), ...readdirSync(path).map((name) => newest(join(path, name))))
    : changedAt(path);

if (!process.argv.includes('--if-changed') || Math.max(...SOURCES.map(newest)) > changedAt('dist/src/server.js')) {
  const { exports, bin } = JSON.parse(readFileSync('package.json', 'utf8'));
  const entries = [...Object.values(exports).map((entry) => entry.default), ...Object.values(bin)];
  const { build } = await import('esbuild');
  const { metafile } = await build({
    // The server is an entry of its own, since it starts itself where it is the program.
    entryPoints: [...new Set(entries), 'dist/src/server.js'].map((path) =>
      path.replace(/^(\.\/)?dist\//, '').replace(/\.js$/, '.ts'),
    ),
    outbase: '.',
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    metafile: true,
    tsconfig: 'tsconfig.json',
  });
  const written = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
  for (const name of readdirSync('dist/chunks')) if (!written.has(name)) rmSync(join('dist/chunks', name));
}
