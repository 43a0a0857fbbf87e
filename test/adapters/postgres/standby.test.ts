import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from '../../../src/adapters/postgres/database/migrate.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { until } from '../../support/until.js';
import { type Pair, postgresPrograms, startPair } from './standby.js';

const programs = postgresPrograms();
if (programs === undefined) {
  if (process.env.CI !== undefined) throw new Error('PostgreSQL has no pg_basebackup here');
  console.warn('SKIPPED: there is no pg_basebackup program: tests on a hot standby');
}

(programs === undefined ? describe.skip : describe)('a hot standby in recovery', () => {
  let pair: Pair;
  beforeAll(async () => {
    pair = await startPair(programs ?? '');
  }, 120_000);
  afterAll(() => pair.close());

  it('can be read, is read-only and reports it; after a promotion the same pool writes', async () => {
    const primary = await openDatabase({ kind: 'server', url: pair.primary });
    await migrate(primary);
    const insert = {
      name: 'test-tenant',
      text: `insert into tenant (tenant_id, name, settings) values ($1, $1, '{}')`,
    };
    const count = { name: 'test-count', text: 'select count(*)::int as rows from tenant' };
    await primary.query(insert, ['before']);
    await primary.close();

    const standby = await openDatabase({ kind: 'server', url: pair.standby, poolMax: 4 });
    try {
      await until(async () => (await standby.query<{ rows: number }>(count, []).catch(() => []))[0]?.rows === 1);
      await expect(migrate(standby)).rejects.toThrow(
        'The database takes no writes: it is read-only, or a standby. Start again when it is the primary.',
      );
      for (let write = 0; write < 8; write += 1)
        await expect(standby.query(insert, [`refused ${write}`])).rejects.toMatchObject({
          code: 'SERVICE_UNAVAILABLE',
          cause: expect.objectContaining({ code: '25006' }),
        });
      await expect(standby.health.check()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
      expect(await standby.query(count, [])).toEqual([{ rows: 1 }]);

      await standby.query({ name: 'test-promote', text: 'select pg_promote(false)' }, []);
      await until(() =>
        standby.health.check().then(
          () => true,
          () => false,
        ),
      );
      await standby.query(insert, ['after']);
      expect(await standby.query(count, [])).toEqual([{ rows: 2 }]);
      expect(await migrate(standby)).toEqual([]);
    } finally {
      await standby.close();
    }
  }, 120_000);
});
