import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { SERVER_VARIABLES } from '../../src/config/variables/server-variables.js';

const unit = readFileSync('docs/punchout@.service', 'utf8');
const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string> };

it('docs/punchout@.service starts the command of the package, with settings that there are', () => {
  expect(unit).toContain(`node_modules/headless-punchout/${bin['punchout']} %i\n`);
  const set = [...unit.matchAll(/^Environment=(.*)$/gm)].flatMap(([, line = '']) => line.match(/[A-Z_]+(?==)/g) ?? []);
  expect(set.length).toBeGreaterThan(0);
  expect(SERVER_VARIABLES.map(([name]) => name)).toEqual(expect.arrayContaining(set));
});

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

it(hasSystemd ? 'systemd accepts it' : 'systemd is not asked: there is no systemd-analyze', () => {
  if (!hasSystemd) return;
  const folder = mkdtempSync(join(tmpdir(), 'headless-punchout-unit-'));
  try {
    const path = join(folder, 'punchout@serve.service');
    // The program must be there.
    writeFileSync(path, unit.replace('/usr/bin/node', process.execPath));
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', path], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
