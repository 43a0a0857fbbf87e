import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

function check(path?: string): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['test/ci/check-lock.mjs', ...(path === undefined ? [] : [path])],
    { encoding: 'utf8' },
  );
  return { status, text: stderr + stdout };
}

function checkPackages(packages: object): { status: number | null; text: string } {
  const folder = mkdtempSync(join(tmpdir(), 'check-lock-'));
  writeFileSync(join(folder, 'lock.json'), JSON.stringify({ packages }));
  const result = check(join(folder, 'lock.json'));
  rmSync(folder, { recursive: true });
  return result;
}

describe('the lock file names the packages of all platforms', () => {
  it('our lock file is complete and names no registry', () => {
    expect(check()).toMatchObject({ status: 0 });
  });

  it('a platform package without an entry is a fault', () => {
    expect(checkPackages({ '': {}, 'node_modules/a': { optionalDependencies: { '@b/linux': '1' } } })).toMatchObject({
      status: 1,
      text: expect.stringContaining('node_modules/a: optional dependency @b/linux has no entry'),
    });
  });

  it('an entry beside the package, or in any folder above, counts; one in another package does not', () => {
    const asks = { optionalDependencies: { '@b/linux': '1' } };
    expect(checkPackages({ 'node_modules/@a/a': asks, 'node_modules/@b/linux': {} })).toMatchObject({ status: 0 });
    expect(
      checkPackages({ 'node_modules/c/node_modules/a': asks, 'node_modules/c/node_modules/@b/linux': {} }),
    ).toMatchObject({ status: 0 });
    expect(checkPackages({ 'node_modules/a': asks, 'node_modules/d/node_modules/@b/linux': {} })).toMatchObject({
      status: 1,
    });
  });

  it('a resolved address is a fault', () => {
    expect(checkPackages({ 'node_modules/a': { resolved: 'https://registry.example.com/a.tgz' } })).toMatchObject({
      status: 1,
      text: expect.stringContaining('registry.example.com'),
    });
  });
});
