import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Database } from '../../../src/adapters/postgres/database/database.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { describeOnServer } from '../../contracts/databases.js';
import { createServerDatabase } from '../../support/server-database.js';
import { freezingProxy } from './freezing-proxy.js';

const ECHO = { name: 'test-echo', text: 'select $1::text as said' };

describeOnServer('a server that does not answer (P5)', () => {
  let server: Awaited<ReturnType<typeof createServerDatabase>>;
  let proxy: Awaited<ReturnType<typeof freezingProxy>>;
  let database: Database;
  const echo = async (text: string): Promise<string | undefined> =>
    (await database.query<{ said: string }>(ECHO, [text]))[0]?.said;
  const timed = async (work: Promise<unknown>): Promise<{ ms: number; error: unknown }> => {
    const start = performance.now();
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return { ms: performance.now() - start, error };
  };

  beforeAll(async () => {
    server = await createServerDatabase();
    const url = new URL(server.url);
    proxy = await freezingProxy(url.hostname, Number(url.port || 5432));
    url.hostname = '127.0.0.1';
    url.port = String(proxy.port);
    database = await openDatabase({ kind: 'server', url: url.href, poolMax: 4 });
  });
  afterAll(async () => {
    await database.close();
    await proxy.close();
    await server.drop();
  });

  it('every query is answered within 3 s, waiting ones too, and the first one afterwards works', async () => {
    await Promise.all([echo('a'), echo('b')]);
    proxy.freeze();
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => timed(echo(`frozen ${index}`))));
    for (const { ms, error } of answers) {
      expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
      expect(ms).toBeLessThan(3000);
    }
    expect((await timed(database.health.check())).error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    proxy.thaw();
    expect(await echo('again')).toBe('again');
  }, 20_000);

  it('a late answer never reaches another query', async () => {
    await Promise.all(Array.from({ length: 4 }, (_, index) => echo(`warm ${index}`)));
    proxy.freeze();
    await Promise.all(Array.from({ length: 4 }, (_, index) => timed(echo(`late ${index}`))));
    proxy.thaw();
    const said = await Promise.all(Array.from({ length: 20 }, (_, index) => echo(`fresh ${index}`)));
    expect(said).toEqual(Array.from({ length: 20 }, (_, index) => `fresh ${index}`));
  }, 20_000);

  it('a frozen transaction of knex ends within 3 s too', async () => {
    const { ms, error } = await timed(
      database.knex.transaction(async (trx) => {
        await trx.raw('select 1');
        proxy.freeze();
        await trx.raw('select 2');
      }),
    );
    proxy.thaw();
    expect(error).toBeInstanceOf(Error);
    expect(ms).toBeLessThan(3000);
    expect(await echo('after')).toBe('after');
  }, 20_000);

  it('a cut connection is replaced', async () => {
    await echo('before');
    proxy.cut();
    await timed(echo('maybe'));
    expect(await echo('after')).toBe('after');
  });

  it('the server ends a statement that takes too long, and the connection stays usable', async () => {
    const { ms, error } = await timed(database.query({ name: 'test-sleep', text: 'select pg_sleep(10)' }, []));
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', cause: expect.objectContaining({ code: '57014' }) });
    expect(ms).toBeLessThan(2000);
  });

  it('returns numeric and bigint as strings, and our own mistakes unchanged', async () => {
    expect(
      await database.query(
        { name: 'test-types', text: 'select 12345678901234567890.10::numeric as n, 9007199254740993::bigint as b' },
        [],
      ),
    ).toEqual([{ n: '12345678901234567890.10', b: '9007199254740993' }]);
    await expect(database.query({ name: 'test-mistake', text: 'select nothing' }, [])).rejects.toMatchObject({
      code: '42703',
    });
  });
});

it('does not connect to a server before the first query', async () => {
  const database = await openDatabase({ kind: 'server', url: 'postgres://nobody@127.0.0.1:1/nothing' });
  await expect(database.query(ECHO, ['x'])).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  await database.close();
});
