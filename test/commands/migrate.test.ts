import { execFile } from 'node:child_process';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { MIGRATIONS } from '../../migrations/list.js';
import { describeOnServer } from '../contracts/databases.js';
import { compiled } from '../support/compiled.js';
import { type ServerDatabase, createServerDatabase } from '../support/server-database.js';

jest.setTimeout(120_000);

describeOnServer('punchout migrate', () => {
  let database: ServerDatabase;
  beforeAll(async () => {
    database = await createServerDatabase();
  });
  afterAll(() => database?.drop());

  async function migrate(environment: Record<string, string>): Promise<{ code: number; said: string }> {
    const program = await compiled('src/cli.ts');
    return new Promise((resolve) => {
      const env = { PATH: process.env['PATH'], ...environment };
      execFile(process.execPath, [program, 'migrate'], { env }, (error, out, said) =>
        resolve({ code: error === null ? 0 : Number(error.code), said: out + said }),
      );
    });
  }

  const last = MIGRATIONS.at(-1)?.name;

  it('says from where to where the schema went; in production it needs the database only', async () => {
    const env = { NODE_ENV: 'production', DATABASE_URL: database.url };
    const first = await migrate(env);
    expect([first.code, first.said]).toEqual([0, expect.stringContaining(`went from nothing to ${last}, in `)]);
    const second = await migrate(env);
    expect([second.code, second.said]).toEqual([0, expect.stringContaining(`is up to date: ${last}.`)]);
    expect(second.said).not.toContain('postgres@');
  });

  it('makes no embedded database in production where DATABASE_URL was forgotten', async () => {
    const { code, said } = await migrate({ NODE_ENV: 'production' });
    expect([code, said]).toEqual([1, expect.stringContaining('DATABASE_URL: needed in production')]);
  });

  it('fails where the server cannot be reached', async () => {
    expect(await migrate({ DATABASE_URL: 'postgres://x@127.0.0.1:1/x' })).toMatchObject({ code: 1 });
  });
});
