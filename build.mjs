// Compiles dist/ where it is missing or older than its sources, so that `npm start` compiles once, not at each start.
// It does not check types, which takes ten times as long: `npm run build`, `npm test` and CI do.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const CODE = ['src', 'migrations'];
const SOURCES = [...CODE, 'package.json', 'tsconfig.json', 'tsconfig.build.json'];
const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Of a folder also its own time, which changes when a file is removed. */
const newest = (path) =>
  statSync(path).isDirectory()
    ? Math.max(changedAt(path), ...readdirSync(path).map((name) => newest(join(path, name))))
    : changedAt(path);

if (Math.max(...SOURCES.map(newest)) > changedAt('dist/src/server.js')) {
  const { build } = await import('esbuild');
  const files = CODE.flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name)));
  await build({
    entryPoints: files.filter((name) => /\.tsx?$/.test(name)),
    outbase: '.',
    outdir: 'dist',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    tsconfig: 'tsconfig.json',
  });
}
