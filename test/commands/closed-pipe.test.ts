import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compiled } from '../support/compiled.js';
import { freshData } from '../support/fresh-data.js';
import { environmentOf, type TestDatabase, testDatabase } from '../support/test-database.js';

let database: TestDatabase;

/** Runs the command line in a pipe whose reader exits after `characters` (`| head -c`). */
async function headOf(
  args: string[],
  characters: number,
  environment = environmentOf(database),
): Promise<{ code: unknown; err: string }> {
  const child = spawn(process.execPath, [await compiled('src/cli.ts'), ...args], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  if (characters === 0) child.stdout.destroy();
  else child.stdout.once('data', () => child.stdout.destroy());
  const [code] = (await once(child, 'close')) as [unknown];
  return { code, err };
}

beforeAll(async () => {
  database = await testDatabase();
  const { code, err } = await headOf(['tenant', 'add', 'acme', '--name', 'Acme'], 1);
  expect({ code, err }).toEqual({ code: 0, err: '' });
}, 120_000);
afterAll(async () => {
  await database.drop();
});

describe('the reader of the output exits (case cli-pipe)', () => {
  it.each<[string[], number]>([
    [['export', 'acme', 'buyer@company.com'], 0],
    [['tenant', 'list'], 1],
    [
      [
        'connection',
        'add',
        'acme',
        'erp',
        '--name',
        'E',
        '--protocol',
        'cxml',
        '--return-origin',
        'https://e.example.com',
        '--credential',
        'DUNS:1',
      ],
      0,
    ],
    [['connection', 'add', '--help'], 0],
  ])(
    'punchout %j, after %d characters: no stack trace, exit code 0',
    async (args, characters) => {
      expect(await headOf(args, characters)).toEqual({ code: 0, err: '' });
    },
    60_000,
  );

  it('the command still finishes its work', async () => {
    expect((await headOf(['connection', 'show', 'acme', 'erp'], 1)).code).toBe(0);
  }, 60_000);

  it('an embedded database is written and closed', async () => {
    const directory = await freshData();
    const record = join(directory, 'postgres/files-at-close.json');
    const before = await readFile(record, 'utf8');
    const add = ['tenant', 'add', 'acme', '--name', 'Acme'];
    expect(await headOf(add, 0, { DATA_DIR: directory })).toEqual({ code: 0, err: '' });
    expect(await readFile(record, 'utf8')).not.toBe(before);
    await rm(directory, { recursive: true, force: true });
  }, 60_000);

  it('an error still goes to standard error', async () => {
    expect(await headOf(['tenant', 'show', 'nobody'], 0)).toEqual({
      code: 1,
      err: 'There is no tenant nobody. Next: punchout tenant add nobody --name "…"\n',
    });
  }, 60_000);
});
