import { type ClientRequest, request } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { digestOf, newSecret } from '../../../src/domain/digest.js';
import { describeOnServer } from '../../contracts/databases.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { until } from '../../support/until.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const MIB = 1024 * 1024;

const [TENANTS, OPERATORS, STREAMS] = [8, 40, 5];
/** Streams of one process, and events of one read. */
const [MOST, PAGE] = [100, 100];
const [WARM_UP, EVENTS] = [100, 400];
const LOOK_EVERY_MS = 5_000;

/** Writes steps of sessions `<first>` to `<first + PAGE - 1>` of every tenant, in that order. */
const WRITE = {
  name: 'test-many-streams',
  text: `
    insert into audit (tenant_id, transmission_id, to_status, event, actor)
    select 'tenant-' || t, 'tenant-' || t || '_' || n, 'active', 'login', 'browser'
    from generate_series($1::int, $1::int + ${PAGE - 1}) as g(n), generate_series(0, ${TENANTS - 1}) as h(t)
    order by n, t`,
  tells: true,
} as const;

interface Stream {
  asked: ClientRequest;
  /** Number of the event that comes next. */
  next: number;
  wrong: string[];
  isFull: boolean;
  isOpen: boolean;
}

/** Reads a stream as the page Today does, and keeps counts only. */
function follow(shop: RunningShop, { tenantId, cookie }: { tenantId: string; cookie: string }): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const headers = { accept: 'text/event-stream', cookie };
    const asked = request(`${shop.url}/console/events`, { headers, agent: false }, (response) => {
      const stream: Stream = { asked, next: 0, wrong: [], isFull: false, isOpen: true };
      let rest = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          if (block.startsWith('event: full')) stream.isFull = true;
          const session = /\/sessions\/([\w-]+)"/.exec(block)?.[1];
          if (session === undefined) continue;
          if (session !== `${tenantId}_${stream.next}`) stream.wrong.push(`${session} in place of ${stream.next}`);
          stream.next += 1;
        }
      });
      for (const name of ['close', 'error']) response.on(name, () => (stream.isOpen = false));
      resolve(stream);
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** What streams do in the database all the time. */
const OF_STREAMS = new Set(['live-events-after', 'sign-in-look']);

/** Counts the statements of this process by name. */
function countStatements() {
  const { query } = Client.prototype;
  const counted = { ran: new Map<string, number>(), atOnce: 0, mostAtOnce: 0, stop: () => undefined as void };
  counted.stop = () => void (Client.prototype.query = query);
  Client.prototype.query = function count(this: Client, ...given: unknown[]) {
    const { name = '' } = given[0] as { name?: string };
    counted.ran.set(name, (counted.ran.get(name) ?? 0) + 1);
    const answer: unknown = Reflect.apply(query, this, given);
    if (OF_STREAMS.has(name) && answer instanceof Promise) {
      counted.mostAtOnce = Math.max(counted.mostAtOnce, (counted.atOnce += 1));
      const ended = (): void => void (counted.atOnce -= 1);
      answer.then(ended, ended);
    }
    return answer;
  } as typeof query;
  return counted;
}

describeOnServer('200 streams of 40 operators on one process', () => {
  const at: { shop?: RunningShop; home?: TestDatabase; statements?: ReturnType<typeof countStatements> } = {};
  beforeAll(async () => {
    at.home = await testDatabase();
    // Before the first connection is made: connections keep the function that they find.
    at.statements = countStatements();
    at.shop = await startShop(at.home.database, '');
  }, 60_000);
  afterAll(async () => {
    at.statements?.stop();
    await at.shop?.close();
    await at.home?.drop();
  });

  async function operator(shop: RunningShop, index: number): Promise<{ tenantId: string; cookie: string }> {
    const tenantId = `tenant-${index % TENANTS}`;
    const of = { tenant_id: tenantId, operator_id: `op_${index}` };
    await shop.connector.directory.tenants.save({ tenantId, name: tenantId, settings: { frontendOrigins: [] } });
    await shop.knex('operator').insert({ ...of, email: `${index}@streams.test`, name: 'O', role: 'viewer' });
    const secret = newSecret();
    await shop.knex('operator_sign_in').insert({
      ...{ ...of, sign_in_digest: digestOf(secret), sign_in_id: `sign-in-${index}` },
      ...{ address: '127.0.0.1', browser: 'test' },
    });
    return { tenantId, cookie: `punchout.operator=${secret}` };
  }

  it('each event once and in order; memory and statements are bounded; closed ones leave nothing', async () => {
    const { shop, statements } = at;
    if (shop === undefined || statements === undefined) throw new Error('the shop did not start');
    const operators = await Promise.all(Array.from({ length: OPERATORS }, (_, index) => operator(shop, index)));
    const asked = operators.flatMap((one) => Array.from({ length: STREAMS }, () => follow(shop, one)));
    const all = await Promise.all(asked);
    await until(async () => all.filter(({ isFull, isOpen }) => isFull && !isOpen).length === all.length - MOST);
    const open = all.filter(({ isFull }) => !isFull);

    const flood = async (from: number, to: number): Promise<void> => {
      for (let first = from; first < to; first += PAGE) await shop.query(WRITE, [first]);
      await until(async () => open.every(({ next }) => next >= to));
    };
    await flood(0, WARM_UP);
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    statements.ran.clear();
    const started = performance.now();
    await flood(WARM_UP, WARM_UP + EVENTS);
    const looks = Math.ceil((performance.now() - started) / LOOK_EVERY_MS);
    const { ran, mostAtOnce } = statements;
    const signals = ran.get('events-notify') ?? 0;
    const reads = ran.get('live-events-after') ?? 0;
    const checks = ran.get('sign-in-look') ?? 0;
    collectGarbage();
    const grown = (process.memoryUsage().heapUsed - before) / MIB;

    expect([open.length, open.every(({ isOpen }) => isOpen)]).toEqual([MOST, true]);
    expect(open.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(new Set(open.map(({ next }) => next))).toEqual(new Set([WARM_UP + EVENTS]));
    expect(grown).toBeLessThan(20);
    // One for each full page, and one for each reason to look.
    expect(reads).toBeLessThanOrEqual(MOST * (EVENTS / PAGE + signals + looks + 1));
    expect(checks).toBeLessThanOrEqual(reads + MOST * (looks + 1));
    expect(mostAtOnce).toBe(1);

    for (const stream of open) stream.asked.destroy();
    const listening = async (): Promise<number> =>
      (
        await shop
          .knex('pg_stat_activity')
          .whereRaw(`datname = current_database() and application_name = 'headless-punchout events'`)
      ).length;
    await until(async () => (await listening()) === 0);
    ran.clear();
    await shop.query(WRITE, [WARM_UP + EVENTS]);
    await until(async () => ran.has('events-notify'));
    expect([...OF_STREAMS].filter((name) => ran.has(name))).toEqual([]);
    const [first] = operators;
    if (first === undefined) throw new Error('there is no operator');
    const again = await follow(shop, first);
    await until(async () => (await listening()) === 1);
    expect([again.isFull, again.isOpen]).toEqual([false, true]);
    again.asked.destroy();
  }, 120_000);
});
