import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Database } from '../../../src/adapters/postgres/database/database.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { transmissionRepository } from '../../../src/adapters/postgres/transmissions/transmission-repository.js';
import { newTransmissionId, type Transmission } from '../../../src/domain/transmission/transmission.js';
import type { TransmissionRepository } from '../../../src/ports/transmission/transmission-repository.js';
import { describeOnDatabases, describeOnServer } from '../../contracts/databases.js';
import {
  activeTransmission,
  newTransmission,
  openTransmission,
  payloadOf,
  TENANT,
} from '../../contracts/transmissions.js';
import { compiled } from '../../support/compiled.js';
import { createMigratedDatabase } from '../../support/server-database.js';
import { freezingProxy } from './freezing-proxy.js';

const numbers = Array.from({ length: 32 }, (_, number) => number);
const transferOf = ({ cartRevision }: Transmission) => ({ cartRevision, payload: payloadOf('x') });
const count = async ({ knex }: Database, of: string): Promise<number> =>
  (await knex.raw<{ rows: { n: number }[] }>(`select count(*)::int as n from ${of}`)).rows[0]?.n ?? Number.NaN;

describeOnDatabases('32 requests in one turn', (database) => {
  let sent: string[];
  let repository: TransmissionRepository;
  beforeEach(() => {
    sent = [];
    repository = transmissionRepository({
      ...database(),
      query(statement, values) {
        sent.push(statement.name);
        return database().query(statement, values);
      },
    });
  });
  const all = <Result>(act: (number: number) => Promise<Result>): Promise<Result[]> => Promise.all(numbers.map(act));
  const together = async <Result>(act: (number: number) => Promise<Result>): Promise<Result[]> => {
    sent = [];
    return all(act);
  };

  it('go out as one statement each: call-ups, reads, claims, carts, what was seen of them, transfers', async () => {
    const created = await together(() => openTransmission(repository));
    expect(sent).toEqual(['transmission-create-many']);
    const found = await together((number) => repository.find(created[number]!));
    expect(sent).toEqual(['transmission-find-many']);
    expect(found.map((one) => one?.transmissionId)).toEqual(created.map((one) => one.transmissionId));
    const claimed = await together((number) =>
      repository.claim(created[number]!, {
        tokenDigest: newTransmission().tokenDigest,
        claimDigest: `claim of ${created[number]!.transmissionId}`,
        idleMinutes: number + 1,
      }),
    );
    expect(sent).toEqual(['transmission-claim-many']);
    expect(claimed.map((one) => one?.claimDigest)).toEqual(created.map((one) => `claim of ${one.transmissionId}`));
    const carts = await together((number) =>
      repository.attachCart(created[number]!, { store: 'demo', id: `${number}` }),
    );
    expect(sent).toEqual(['transmission-attach-cart-many']);
    expect(carts.map((one) => one?.cart?.id)).toEqual(numbers.map(String));
    const seen = numbers.map((number) => ({ mark: `${number}`, lines: [], told: [] }));
    await all((number) => repository.noteShown({ ...created[number]!, cartRevision: 0 }, seen[number]!));
    const shown = await together((number) => repository.findShown(created[number]!));
    expect(sent).toEqual(['transmission-find-shown-many']);
    expect(shown.map((one) => one.shown)).toEqual(seen);
    const payloads = numbers.map((number) => payloadOf(`${number}`));
    const answers = await together((number) =>
      repository.transfer(created[number]!, { cartRevision: 0, payload: payloads[number]! }),
    );
    expect(sent).toEqual(['transmission-transfer-many']);
    expect(new Set(answers)).toEqual(new Set(['transferred']));
    const stored = await all((number) => repository.findPayload(created[number]!));
    expect(stored.map((one) => one?.payload)).toEqual(payloads);
  });

  it('one that the database refuses: 31 right answers and one error', async () => {
    const answers = await Promise.allSettled(
      numbers.map((number) => repository.create(newTransmission({ buyerCookie: number === 7 ? '\0' : `${number}` }))),
    );
    expect(sent[0]).toBe('transmission-create-many');
    expect(answers.map((answer) => (answer.status === 'rejected' ? 'refused' : answer.value?.buyerCookie))).toEqual(
      numbers.map((number) => (number === 7 ? 'refused' : `${number}`)),
    );
    const stored = await all((number) => {
      const answer = answers[number];
      return answer?.status === 'fulfilled' ? repository.find(answer.value!) : Promise.resolve(undefined);
    });
    expect(stored.filter((one) => one !== undefined)).toHaveLength(31);
  });

  it('unknown, foreign, ended and repeated ones are judged on their own', async () => {
    const first = await activeTransmission(repository);
    const ended = await activeTransmission(repository);
    await repository.end(ended, 'closed', 'buyer');
    const other = await activeTransmission(repository, {
      tenantId: 'other',
      transmissionId: newTransmissionId('other'),
    });
    const keys = [first, first, ended, { ...other, tenantId: TENANT }, other, { ...first, transmissionId: 'none' }];
    expect((await Promise.all(keys.map((key) => repository.find(key)))).map((one) => one?.status)).toEqual([
      'active',
      'active',
      'closed',
      undefined,
      'active',
      undefined,
    ]);
    const answers = await Promise.all(keys.map((key) => repository.transfer(key, transferOf(first))));
    expect(answers.slice(0, 2).toSorted()).toEqual(['not_active', 'transferred']);
    expect(answers.slice(2)).toEqual(['not_active', 'not_active', 'transferred', 'not_active']);
  });

  it('the same call-up twice is one transmission', async () => {
    const callUps = numbers.map((number) => newTransmission({ callUpDigest: `digest ${number >> 1} ${sent.length}` }));
    const answers = await Promise.all(callUps.map((callUp) => repository.create(callUp)));
    expect(answers.filter((one) => one !== undefined)).toHaveLength(16);
  });
});

describeOnServer('batches in trouble', () => {
  let server: Awaited<ReturnType<typeof createMigratedDatabase>>;
  let proxy: Awaited<ReturnType<typeof freezingProxy>>;
  let behindProxy: Database;
  let database: Database;
  beforeAll(async () => {
    server = await createMigratedDatabase();
    const url = new URL(server.url);
    proxy = await freezingProxy(url.hostname, Number(url.port || 5432));
    url.host = `127.0.0.1:${proxy.port}`;
    [database, behindProxy] = (await Promise.all(
      [server.url, url.href].map((address) => openDatabase({ kind: 'server', url: address })),
    )) as [Database, Database];
  }, 60_000);
  afterAll(async () => {
    await Promise.all([database.close(), behindProxy.close()]);
    await proxy.close();
    await server.drop();
  });

  it('two processes with the same 30 transfers in opposite order: each is sent once, nobody waits', async () => {
    const repositories = [database, behindProxy].map(transmissionRepository);
    for (let round = 0; round < 10; round += 1) {
      const active = await Promise.all(Array.from({ length: 30 }, () => activeTransmission(repositories[0]!)));
      const answers = await Promise.all([
        ...active.map((one) => repositories[0]!.transfer(one, transferOf(one))),
        ...active.toReversed().map((one) => repositories[1]!.transfer(one, transferOf(one))),
      ]);
      expect(answers.filter((answer) => answer === 'transferred')).toHaveLength(30);
    }
    expect(await count(database, 'transfer_payload')).toBe(300);
    expect(await count(database, `audit where event = 'transfer'`)).toBe(300);
  }, 60_000);

  it('the connection is lost while a batch runs: all are told so, and all or none have gone', async () => {
    const [near, far] = [transmissionRepository(database), transmissionRepository(behindProxy)];
    const active = await Promise.all(numbers.map(() => activeTransmission(near)));
    await database.knex.raw(`
      create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.5); return null; end $$;
      create trigger slow after insert on transfer_payload execute function slow()`);
    const before = await count(database, 'transfer_payload');
    const answers = Promise.allSettled(active.map((one) => far.transfer(one, transferOf(one))));
    const others = 'pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
    while ((await count(database, `${others} and wait_event = 'PgSleep'`)) === 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
    proxy.cut();
    for (const answer of await answers)
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'SERVICE_UNAVAILABLE' } });
    while ((await count(database, `${others} and state = 'active'`)) > 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
    const gone = (await count(database, 'transfer_payload')) - before;
    expect([0, 32]).toContain(gone);
    await database.knex.raw('drop trigger slow on transfer_payload');
    const again = await Promise.all(active.map((one) => far.transfer(one, transferOf(one))));
    expect(new Set(again)).toEqual(new Set([gone === 32 ? 'not_active' : 'transferred']));
    expect((await count(database, 'transfer_payload')) - before).toBe(32);
  }, 60_000);

  it('kill -9 while batches run: what was acknowledged is stored, and each batch whole or not at all', async () => {
    const script = await compiled('test/adapters/postgres/child/create-until-killed.ts');
    const before = await count(database, 'transmission');
    const child = spawn(process.execPath, ['--liftoff-only', script, server.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const acknowledged: string[] = [];
    for await (const line of createInterface(child.stdout))
      if (acknowledged.push(line) === 2_000) child.kill('SIGKILL');
    await exited;
    const repository = transmissionRepository(database);
    const stored = await Promise.all(
      acknowledged.slice(0, 2_000).map((transmissionId) => repository.find({ tenantId: TENANT, transmissionId })),
    );
    expect(stored.filter((one) => one === undefined)).toEqual([]);
    const created = (await count(database, 'transmission')) - before;
    expect(created % 32).toBe(0);
    expect(
      await count(
        database,
        `transmission t where not exists (select from audit a
      where a.tenant_id = t.tenant_id and a.transmission_id = t.transmission_id and a.event = 'created')`,
      ),
    ).toBe(0);
  }, 60_000);
});
