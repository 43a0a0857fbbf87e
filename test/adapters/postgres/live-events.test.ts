import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { Client } from 'pg';
import { migrate } from '../../../src/adapters/postgres/database/migrate.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import type { Database } from '../../../src/adapters/postgres/database/database.js';
import { readPlace, writePlace } from '../../../src/adapters/postgres/history/event-place.js';
import { liveEvents } from '../../../src/adapters/postgres/history/live-events.js';
import type { LiveEvent } from '../../../src/ports/transmission/live-events.js';
import { describeOnDatabases, describeOnServer } from '../../contracts/databases.js';
import { createMigratedDatabase } from '../../support/server-database.js';
import { until } from '../../support/until.js';

const ALL = { limit: 100, refusedOnly: false };

const step = (tenant: string, id: string, event = 'login', at = 'now()'): string =>
  `insert into audit (tenant_id, transmission_id, to_status, event, actor, at)
    values ('${tenant}', '${id}', 'active', '${event}', 'browser', ${at})`;
const refusal = (tenant: string, reason: string): string =>
  `insert into message_log (tenant_id, direction, kind, content_type, content, code, reason, address, at)
    values ('${tenant}', 'in', 'Login', '', 'a document', 'NO_SESSION', '${reason}', '192.0.2.1', now())`;
const idsOf = (events: readonly LiveEvent[]): string[] => events.map(({ transmissionId = '' }) => transmissionId);

describeOnDatabases('live events of one tenant', (database) => {
  beforeAll(() => migrate(database()));
  const run = (sql: string): Promise<unknown> =>
    database()
      .knex.raw(sql)
      .then(() => undefined);

  it('what happens after a place comes once, in order, and nothing of another tenant', async () => {
    const reads = liveEvents(database());
    const { place } = await reads.latest('acme', ALL);
    for (const id of ['s1', 's2', 's3']) await run(step('acme', id));
    await run(step('other', 'foreign'));
    await run(refusal('acme', 'why'));
    const page = await reads.after('acme', place, ALL);
    expect(idsOf(page?.events ?? [])).toEqual(['s1', 's2', 's3', '']);
    expect(page?.events.at(-1)).toMatchObject({ type: 'refusal', code: 'NO_SESSION', reason: 'why', kind: 'Login' });
    expect(await reads.after('acme', page?.place ?? '', ALL)).toMatchObject({ events: [], more: false });
  });

  it('pages end anywhere, and each event is a place to go on from without gap or repeat', async () => {
    const reads = liveEvents(database());
    const { place } = await reads.latest('acme', ALL);
    // Written together, so that they become visible together.
    await run(Array.from({ length: 7 }, (_, index) => step('acme', `p${index}`)).join(';'));
    const seen: LiveEvent[] = [];
    let at = place;
    for (let more = true; more;) {
      const page = await reads.after('acme', at, { ...ALL, limit: 3 });
      if (page === undefined) throw new Error('the place is not known');
      seen.push(...page.events);
      ({ more } = page);
      at = page.place;
    }
    expect(idsOf(seen)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6']);
    await run(step('acme', 'p7'));
    for (const [index, event] of seen.entries()) {
      const rest = await reads.after('acme', event.place, ALL);
      const next = await reads.after('acme', rest?.place ?? '', ALL);
      const events = [...(rest?.events ?? []), ...(next?.events ?? [])];
      expect(idsOf(events)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'].slice(index + 1));
    }
  });

  it('only refusals on request, and the newest events without a place', async () => {
    const reads = liveEvents(database());
    await run(step('fresh', 'f1', 'created'));
    await run(refusal('fresh', 'no'));
    expect((await reads.latest('fresh', ALL)).events.map(({ type }) => type)).toEqual(['call_up', 'refusal']);
    expect((await reads.latest('fresh', { ...ALL, limit: 1 })).events.map(({ type }) => type)).toEqual(['refusal']);
    const { events, place } = await reads.latest('fresh', { ...ALL, refusedOnly: true });
    expect(events.map(({ type }) => type)).toEqual(['refusal']);
    await run(step('fresh', 'f2'));
    expect(await reads.after('fresh', place, { ...ALL, refusedOnly: true })).toMatchObject({ events: [] });
    expect((await reads.after('fresh', place, ALL))?.events).toHaveLength(1);
  });

  it.each([
    ['nonsense', 'nonsense'],
    ['a snapshot that PostgreSQL does not read', '7:5:@1'],
    ['numbers beyond those of PostgreSQL', '999999999999999999:999999999999999999:@1'],
    ['more than an hour old', '5:7:@1000'],
  ])('a place that is %s is not known', async (_, place) => {
    expect(await liveEvents(database()).after('acme', place, ALL)).toBeUndefined();
  });

  it('a place of a database that was restored from a copy is not known', async () => {
    const reads = liveEvents(database());
    const now = readPlace((await reads.latest('acme', ALL)).place);
    if (now === undefined) throw new Error('no place');
    const seen = { snapshot: '1000000000:1000000001:', micros: now.seen.micros };
    expect(await reads.after('acme', writePlace({ seen }), ALL)).toBeUndefined();
  });
});

describeOnServer('live events of transactions that overlap', () => {
  async function world(): Promise<{ database: Database; clients: [Client, Client]; close: () => Promise<void> }> {
    const server = await createMigratedDatabase();
    const database = await openDatabase({ kind: 'server', url: server.url });
    const clients: [Client, Client] = [
      new Client({ connectionString: server.url }),
      new Client({ connectionString: server.url }),
    ];
    for (const client of clients) await client.connect();
    return {
      database,
      clients,
      async close() {
        for (const client of clients) await client.end();
        await database.close();
        await server.drop();
      },
    };
  }

  it('a row that is committed late with a lower number is not lost, and delays no other', async () => {
    const { database, clients, close } = await world();
    const [slow, quick] = clients;
    try {
      const reads = liveEvents(database);
      const { place } = await reads.latest('acme', ALL);
      await slow.query('begin');
      await slow.query(step('acme', 'slow'));
      await quick.query(step('acme', 'quick'));
      const first = await reads.after('acme', place, ALL);
      expect(idsOf(first?.events ?? [])).toEqual(['quick']);
      await quick.query(step('acme', 'quick again'));
      await slow.query('commit');
      const second = await reads.after('acme', first?.place ?? '', ALL);
      expect(idsOf(second?.events ?? []).toSorted()).toEqual(['quick again', 'slow']);
      expect((await reads.after('acme', second?.place ?? '', ALL))?.events).toEqual([]);
      // A reader that goes on from the first event gets the same.
      const resumed = await reads.after('acme', first?.events[0]?.place ?? '', ALL);
      expect(idsOf(resumed?.events ?? []).toSorted()).toEqual(['quick again', 'slow']);
    } finally {
      await close();
    }
  });

  it('many writers at once, some of which roll back: each committed event once', async () => {
    const { database, clients, close } = await world();
    try {
      const reads = liveEvents(database);
      let { place } = await reads.latest('acme', ALL);
      const written: string[] = [];
      let isWriting = true;
      const writing = Promise.all(
        clients.map(async (client, writer) => {
          for (let round = 0; round < 150; round += 1) {
            await client.query('begin');
            for (let row = 0; row < 3; row += 1) await client.query(step('acme', `${writer}-${round}-${row}`));
            const keeps = round % 5 !== 0;
            await client.query(keeps ? 'commit' : 'rollback');
            if (keeps) for (let row = 0; row < 3; row += 1) written.push(`${writer}-${round}-${row}`);
          }
        }),
      ).finally(() => (isWriting = false));
      const seen: string[] = [];
      for (let last = false; !last;) {
        last = !isWriting;
        for (let more = true; more;) {
          const page = await reads.after('acme', place, { ...ALL, limit: 7 });
          if (page === undefined) throw new Error('the place is not known');
          seen.push(...page.events.map(({ transmissionId }) => String(transmissionId)));
          ({ place, more } = page);
        }
      }
      await writing;
      expect(seen.toSorted()).toEqual(written.toSorted());
      for (const writer of ['0', '1']) {
        const own = seen.filter((id) => id.startsWith(`${writer}-`));
        expect(own).toEqual(own.toSorted((a, b) => Number(a.split('-')[1]) - Number(b.split('-')[1])));
      }
    } finally {
      await close();
    }
  });

  it('a statement of one process wakes another one', async () => {
    const { database, close } = await world();
    const server = await openDatabase({
      kind: 'server',
      url: String(database.knex.client.config.connection.connectionString),
    });
    try {
      let woken = 0;
      const leave = server.signal.listen(() => (woken += 1));
      await until(async () => woken > 0);
      const before = woken;
      const statement = { name: 'test-tells', text: step('acme', 'woken'), tells: true } as const;
      await database.query(statement, []);
      await until(async () => woken > before);
      leave();
    } finally {
      await server.close();
      await close();
    }
  });
});

describe('statements that write what live events show', () => {
  const WRITES = /insert into message_log|insert into audit \(tenant_id, transmission_id, (?:from|to)_status/;

  it('are marked, so that readers are told', () => {
    const folder = 'src/adapters/postgres';
    const writers = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => {
        const text = readFileSync(`${folder}/${file}`, 'utf8');
        // A part that several statements share stands in a constant of its own.
        const shared = [...text.matchAll(/^const (\w+) = `[^`]*`;$/gm)].filter(([part]) => WRITES.test(part));
        const writes = (part: string): boolean =>
          WRITES.test(part) || shared.some(([, name]) => part.includes(`\${${name}}`));
        return shared
          .reduce((rest, [part]) => rest.replace(part, ''), text)
          .split(/(?=\bname: ['`])/)
          .filter(writes)
          .map((part) => [/name: ['`]([^'`]*)/.exec(part)?.[1], part.includes('tells: true')]);
      });
    expect(writers.length).toBeGreaterThan(9);
    expect(writers.filter(([, isMarked]) => isMarked !== true)).toEqual([]);
  });
});
