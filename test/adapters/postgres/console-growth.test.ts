import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { seenSteps } from '../../../src/adapters/postgres/access/seen-steps.js';
import type { Database } from '../../../src/adapters/postgres/database/database.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { liveEvents } from '../../../src/adapters/postgres/history/live-events.js';
import { operationsView } from '../../../src/adapters/postgres/history/operations-view.js';
import { sessionFunnel } from '../../../src/adapters/postgres/history/session-funnel.js';
import { sessionHistory } from '../../../src/adapters/postgres/history/session-history.js';
import { sessionSearch } from '../../../src/adapters/postgres/history/session-search.js';
import { storedMessages } from '../../../src/adapters/postgres/history/stored-messages.js';
import { orderNotices } from '../../../src/adapters/postgres/orders/order-notices.js';
import { purchaseOrders } from '../../../src/adapters/postgres/orders/purchase-orders.js';
import { MOST_WAITS } from '../../../src/ports/transmission/operations-view.js';
import type { StatementRunner } from '../../../src/ports/statement-runner.js';
import { describeOnServer } from '../../contracts/databases.js';
import { createMigratedDatabase } from '../../support/server-database.js';

const [FEW, MANY] = [2_000, 40_000];
const TENANT = 'acme';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Of a tenant whose sessions are all older than a day, apart from the first few. */
const QUIET = 'quiet';
/** Of a tenant whose sessions are all of the last day. */
const BUSY = 'busy';

interface Seed {
  from: number;
  to: number;
  tenantId?: string;
  olderByDays?: number;
  /** How long after one session the next one begins. There are 1,440 such times. */
  everyMinutes?: number;
}

/**
 * Sessions over 100 days, so that every day has some; with messages, refusals and orders. Every fifth has the same
 * buyer, and the next one the same BuyerCookie.
 */
const SEED = ({ from, to, tenantId = TENANT, olderByDays = 0, everyMinutes = 100 }: Seed): string => `
  insert into transmission (tenant_id, transmission_id, connection_id, protocol, operation, status, request,
    buyer_cookie, return_url, created_at, start_expires_at, expires_at, absolute_expires_at, logged_in_at, buyer)
  select '${tenantId}', '${tenantId}_' || lpad(translate(n::text, '0189', 'abcd'), 26, 'x'), 'c' || n % 3,
    (array['cxml', 'oci'])[1 + n % 2], 'create',
    (array['transferred', 'order_created', 'expired', 'closed'])[1 + n % 4], '{}',
    case when n % 5 = 1 then 'the-same' else 'cookie-' || n end, '',
    now() - (n % 1440 + 0.5) * interval '${everyMinutes} minutes' - interval '${olderByDays} days',
    now(), now(), now(), now(),
    json_build_object('email', 'buyer' || case when n % 5 = 0 then 0 else n end || '@example.com')
  from generate_series(${from}, ${to}) n;
  insert into purchase_order (tenant_id, connection_id, payload_id, order_id, version, kind, digest, verdict,
    mismatches, attachments, content, document, content_type, received_at)
  select '${tenantId}', 'c' || n % 3, '', 'PO-' || n, 1, 'new', encode(sha256(n::text::bytea), 'hex'),
    (array['matched', 'mismatch', 'unmatched'])[1 + n % 3], '[]', '[]', '{}', '', '',
    now() - n * interval '1 minute'
  from generate_series(${from}, ${to}) n;
  insert into audit (tenant_id, transmission_id, to_status, event, actor, at)
  select '${tenantId}', '${tenantId}_' || n, 'open', 'created', 'buyer',
    now() - interval '2 days' - n * interval '1 minute'
  from generate_series(${from}, ${to}) n;
  insert into message_log (tenant_id, transmission_id, connection_id, direction, kind, content_type, content, code, at,
    payload_id, stored_at)
  select '${tenantId}', case when n % 2 = 0 then '${tenantId}_' || n end, 'c' || n % 3, 'in', 'k', '', '',
    case when n % 2 = 1 then 'INVALID_XML' end, now() - interval '2 days' - n * interval '1 minute', n || '@x',
    now() - interval '2 days'
  from generate_series(${from}, ${to}) n;
  insert into tenant (tenant_id, name, settings) values ('${tenantId}', 'Acme', '{}') on conflict do nothing;
  insert into connection (tenant_id, connection_id, name, protocol, demo, settings)
  select '${tenantId}', 'c' || n, 'C', 'cxml', false, '{}' from generate_series(0, 2) n on conflict do nothing`;

/** The same database; counts the blocks that each statement reads, by its name. */
function counting(database: Database, blocks: Map<string, number>): Database {
  const counted =
    (run: StatementRunner): StatementRunner =>
    async (statement, values) => {
      const text = `explain (analyze, buffers, timing off, format json) ${statement.text}`;
      const [row] = await run<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>(
        { name: `explain-${statement.name}`, text },
        values,
      );
      const plan = row?.['QUERY PLAN'][0]?.Plan ?? {};
      const read = (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0);
      blocks.set(statement.name, (blocks.get(statement.name) ?? 0) + read);
      return run(statement, values);
    };
  return {
    ...database,
    query: counted(database.query),
    asTenant: (tenantId, read) => database.asTenant(tenantId, (run) => read(counted(run))),
  };
}

describeOnServer('what the pages of the console read', () => {
  let server: Awaited<ReturnType<typeof createMigratedDatabase>>;
  let database: Database;
  /** Without the time limits of ours. */
  let client: Client;

  beforeAll(async () => {
    server = await createMigratedDatabase();
    database = await openDatabase({ kind: 'server', url: server.url });
    client = new Client({ connectionString: server.url });
    await client.connect();
  }, 60_000);
  afterAll(async () => {
    await client.end();
    await database.close();
    await server.drop();
  });

  async function grow(seed: Seed): Promise<void> {
    await client.query(SEED(seed));
    const funnel = sessionFunnel(database);
    while ((await funnel.fold(5_000)) > 0);
    // So many folds in a row scatter the rows of an hour, which are written again here.
    await client.query('vacuum full funnel_hour');
    await client.query('vacuum analyze');
  }

  async function blocksRead(): Promise<Map<string, number>> {
    const blocks = new Map<string, number>();
    const seen = counting(database, blocks);
    // Of an hour at the edge each row is read: its sessions count, and not all that there are.
    const now = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
    const since = (days: number) => ({ from: new Date(now - days * DAY_MS), before: new Date(now) });
    const view = operationsView(seen);
    await view.failingJobs(TENANT);
    await view.secrets(TENANT);
    const funnel = sessionFunnel(seen);
    await funnel.read(TENANT, since(1));
    await funnel.read(TENANT, since(300));
    await funnel.hours(TENANT, new Date(now - DAY_MS));
    const history = sessionHistory(seen);
    for (const filter of [{}, { status: 'expired' }, { protocol: 'oci' }] as const)
      await history.list(TENANT, filter, { limit: 25, skip: 0 });
    const search = sessionSearch(seen);
    expect(await search.find(TENANT, 'BUYER77@example.com', 50)).toHaveLength(1);
    expect(await search.find(TENANT, 'buyer0@example.com', 10)).toHaveLength(10);
    expect(await search.find(TENANT, 'cookie-78', 50)).toHaveLength(1);
    expect(await search.find(TENANT, 'the-same', 10)).toHaveLength(10);
    await search.find(TENANT, 'PO-79', 50);
    await search.find(TENANT, '80@x', 50);
    await search.refusalGroups(TENANT, since(1), 50);
    await search.ofConnection(TENANT, 'c1', {}, { limit: 25 });
    await seenSteps(seen).of(TENANT, 'c1');
    const orders = purchaseOrders(seen);
    const page = await orders.list(TENANT, { limit: 25 });
    expect(page.orders).toHaveLength(25);
    await orders.list(TENANT, { limit: 25, after: page.next });
    await orders.list(TENANT, { limit: 25, verdict: 'mismatch' });
    await orders.list(TENANT, { limit: 25, orderId: 'PO-81' });
    await orderNotices(seen).unsent(TENANT, 50);
    await storedMessages(seen).list(TENANT, { refused: true }, { limit: 40 });
    const live = liveEvents(seen);
    for (const refusedOnly of [false, true]) {
      const { place } = await live.latest(TENANT, { limit: 30, refusedOnly });
      expect(await live.after(TENANT, place, { limit: 30, refusedOnly })).toMatchObject({ events: [], more: false });
    }
    return blocks;
  }

  it(`with ${MANY} sessions they read as many blocks as with ${FEW}`, async () => {
    await grow({ from: 1, to: FEW });
    const few = await blocksRead();
    await grow({ from: FEW + 1, to: MANY });
    const many = await blocksRead();
    const told = [...many].map(([name, blocks]) => ({ name, few: few.get(name) ?? 0, many: blocks }));
    expect(told.length).toBeGreaterThan(12);
    // An index of more rows is a level or two deeper, for each of its ranges.
    const grown = told.filter((one) => one.many > one.few * 1.5 + 60);
    // Each of the newest 500 sessions may be in a block of its own.
    expect(grown.filter(({ name, many: read }) => name !== 'seen-steps' || read > 600)).toEqual([]);
  }, 180_000);

  it(`how long buyers waited today is read from today's sessions, with ${4 * FEW} older ones too`, async () => {
    const read = async (): Promise<number> => {
      const blocks = new Map<string, number>();
      const { sampled, steps } = await operationsView(counting(database, blocks)).waits(QUIET);
      expect([sampled, steps[0]?.times]).toEqual([undefined, expect.any(Number)]);
      return blocks.get('operations-waits') ?? 0;
    };
    await grow({ from: 1, to: FEW, tenantId: QUIET });
    const few = await read();
    await grow({ from: FEW + 1, to: 4 * FEW, tenantId: QUIET, olderByDays: 2 });
    expect(await read()).toBeLessThan(few * 1.5 + 60);
  }, 180_000);

  it('a day with four times as many sessions is read in as many blocks', async () => {
    const read = async (): Promise<[string, number][]> => {
      const blocks = new Map<string, number>();
      const seen = counting(database, blocks);
      expect(await operationsView(seen).waits(BUSY)).toMatchObject({ sampled: MOST_WAITS });
      const thisHour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
      const [counted] = await sessionFunnel(seen).read(BUSY, { from: new Date(thisHour - DAY_MS) });
      expect(counted?.callUps).toBeGreaterThan(FEW / 4);
      return [...blocks];
    };
    await grow({ from: 1, to: FEW, tenantId: BUSY, everyMinutes: 1 });
    const few = new Map(await read());
    await grow({ from: FEW + 1, to: 4 * FEW, tenantId: BUSY, everyMinutes: 1 });
    const told = (await read()).map(([name, blocks]) => ({ name, few: few.get(name) ?? 0, many: blocks }));
    expect(told.filter((one) => one.many > one.few * 1.5 + 60)).toEqual([]);
  }, 180_000);
});
