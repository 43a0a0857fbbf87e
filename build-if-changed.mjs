// Builds dist/ where it is missing or older than its sources, so that `npm start` compiles once, not at each start.
import { execSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['src', 'migrations', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];
const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Of a folder also its own time, which changes when a file is removed. */
const newest = (path) =>
  statSync(path).isDirectory()
    ? Math.max(changedAt(path), ...readdirSync(path).map((name) => newest(join(path, name))))
    : changedAt(path);

if (Math.max(...SOURCES.map(newest)) > changedAt('dist/src/server.js'))
  execSync('npm run -s build', { stdio: 'inherit' });
