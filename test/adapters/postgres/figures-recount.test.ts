import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { Database } from '../../../src/adapters/postgres/database/database.js';
import { openDatabase } from '../../../src/adapters/postgres/database/open-database.js';
import { salesFigures } from '../../../src/adapters/postgres/history/sales-figures.js';
import { transmissionRepository } from '../../../src/adapters/postgres/transmissions/transmission-repository.js';
import type { SoldLine } from '../../../src/domain/cart/cart-total.js';
import { newTransmissionId } from '../../../src/domain/transmission/transmission.js';
import { digestOf } from '../../../src/domain/digest.js';
import type { StatementRunner } from '../../../src/ports/statement-runner.js';
import { describeOnServer } from '../../contracts/databases.js';
import { createMigratedDatabase } from '../../support/server-database.js';
import { TOKEN_DIGEST, newTransmission, payloadOf } from '../../contracts/transmissions.js';

const LIVES = process.env.PROOF === undefined ? 500 : 10_000;
const TENANTS = ['one', 'two', 'three'];
const FROM = '2024-01-01';
const TO = '2024-12-31';

/** The sales of a transmission depend on its id only, so that a recount needs nothing but the rows. */
function saleOf(transmissionId: string): { currency: string; total: string; lines: SoldLine[] } {
  const seed = Array.from(Buffer.from(digestOf(transmissionId), 'latin1'), (digit) =>
    Number.parseInt(String.fromCharCode(digit), 16),
  );
  const count = (seed[0] ?? 0) % 4;
  const lines = Array.from({ length: count }, (_, at): SoldLine => ({
    sku: `S${(seed[at + 1] ?? 0) % 7}-${at}`,
    name: 'thing',
    quantity: String((seed[at + 5] ?? 0) + 1),
    revenue: `${seed[at + 9] ?? 0}.${seed[at + 13] ?? 0}${(seed[at + 17] ?? 0) % 10}`,
  }));
  const cents = lines.reduce((sum, { revenue }) => sum + Math.round(Number(revenue) * 1000), 0);
  return { currency: ['EUR', 'CHF', 'JPY'][(seed[20] ?? 0) % 3] ?? 'EUR', total: (cents / 1000).toFixed(3), lines };
}

interface Totals {
  sessions: number;
  /** `2024-05-06 EUR` -> completed and thousandths. */
  sales: Record<string, [number, number]>;
  /** `EUR S1-0` -> quantity and thousandths. */
  products: Record<string, [number, number]>;
}

const RECOUNT = {
  name: 'recount',
  text: `select transmission_id as id, status, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD') as day
    from transmission where tenant_id = $1`,
};

async function recount(query: StatementRunner, tenantId: string): Promise<Totals> {
  const rows = await query<{ id: string; status: string; day: string }>(RECOUNT, [tenantId]);
  const totals: Totals = { sessions: rows.length, sales: {}, products: {} };
  for (const { id, status, day } of rows) {
    if (status !== 'transferred') continue;
    const { currency, total, lines } = saleOf(id);
    addTo(totals.sales, `${day} ${currency}`, 1, Number(total));
    for (const { sku, quantity, revenue } of lines)
      addTo(totals.products, `${currency} ${sku}`, Number(quantity), Number(revenue));
  }
  return totals;
}

async function figuresOf(database: Database, query: StatementRunner, tenantId: string): Promise<Totals> {
  const figures = salesFigures({ ...database, asTenant: (_, read) => read(query) });
  const totals: Totals = { sessions: 0, sales: {}, products: {} };
  for (const currency of ['EUR', 'CHF', 'JPY']) {
    const { buckets, products } = await figures.read(tenantId, {
      fromDay: FROM,
      toDay: TO,
      groupBy: 'day',
      currency,
      topProducts: 1_000,
    });
    if (currency === 'EUR') {
      for (const bucket of buckets) {
        totals.sessions += bucket.sessions;
        if (bucket.currency !== '')
          addTo(totals.sales, `${bucket.date} ${bucket.currency}`, bucket.completed, Number(bucket.revenue));
      }
    }
    for (const { sku, quantity, revenue } of products)
      addTo(totals.products, `${currency} ${sku}`, Number(quantity), Number(revenue));
  }
  return totals;
}

function addTo(sums: Record<string, [number, number]>, key: string, count: number, amount: number): void {
  const [earlier, thousandths] = sums[key] ?? [0, 0];
  sums[key] = [earlier + count, thousandths + Math.round(amount * 1000)];
}

describeOnServer('daily figures', () => {
  let server: Awaited<ReturnType<typeof createMigratedDatabase>>;
  let database: Database;
  let killer: Client;

  beforeAll(async () => {
    server = await createMigratedDatabase();
    database = await openDatabase({ kind: 'server', url: server.url, poolMax: 8 });
    killer = new Client({ connectionString: server.url, application_name: 'killer' });
    await killer.connect();
    // Call-ups of a whole simulated year.
    await killer.query(`
      create function any_day() returns trigger language plpgsql as $$ begin
        new.created_at = timestamptz '2024-01-01 UTC' + random() * interval '366 days'; return new;
      end $$;
      create trigger any_day before insert on transmission for each row execute function any_day()`);
  }, 60_000);
  afterAll(async () => {
    await killer.end();
    await database.close();
    await server.drop();
  });

  it(`equal a full recount after ${LIVES} random lives with kills, and at every moment in between`, async () => {
    const transmissions = transmissionRepository(database);
    const figures = salesFigures(database);
    let left = LIVES;
    let broken = 0;
    let kills = 0;
    let compared = 0;
    const over = (): boolean => left <= 0;
    /** An interrupted call is over for its caller; only the database knows its result. */
    const attempt = async (act: () => Promise<unknown>): Promise<void> => {
      await act().catch(() => (broken += 1));
    };

    async function live(): Promise<void> {
      const tenantId = TENANTS[left % TENANTS.length] ?? 'one';
      const made = newTransmission({ tenantId, transmissionId: newTransmissionId(tenantId) });
      await transmissions.create(made);
      if (Math.random() < 0.15) return;
      if (Math.random() < 0.1) {
        await transmissions.end(made, 'cancelled', 'test');
        return;
      }
      await transmissions.claim(made, {
        tokenDigest: TOKEN_DIGEST,
        claimDigest: digestOf(made.transmissionId),
        idleMinutes: 60,
      });
      if (Math.random() < 0.1) {
        await transmissions.end(made, 'closed', 'test');
        return;
      }
      const { currency, total, lines } = saleOf(made.transmissionId);
      const payload = {
        ...payloadOf('x'),
        summary: { itemsCount: '1', linesCount: lines.length, totalAmount: total, currency },
      };
      const transfer = () => transmissions.transfer(made, { cartRevision: 0, payload, contentMark: '1', lines });
      // Sometimes twice at once: one of them counts.
      await Promise.all(Math.random() < 0.2 ? [transfer(), transfer()] : [transfer()]);
    }
    async function liveOn(): Promise<void> {
      while (!over()) {
        left -= 1;
        await attempt(live);
      }
    }
    async function foldOn(): Promise<void> {
      while (!over()) await attempt(() => figures.fold(1 + Math.floor(Math.random() * 40)));
    }
    async function killOn(): Promise<void> {
      while (!over()) {
        const { rowCount } = await killer.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and application_name = 'headless-punchout'
              and state = 'active' order by random() limit 1`,
        );
        kills += rowCount ?? 0;
        await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 60));
      }
    }
    async function compareOn(): Promise<void> {
      while (!over()) {
        const tenantId = TENANTS[compared % TENANTS.length] ?? 'one';
        // Both readings use one snapshot, so that they can be compared during changes.
        const readings = await database
          .asTenant(tenantId, async (query) => [
            await figuresOf(database, query, tenantId),
            await recount(query, tenantId),
          ])
          .catch(() => undefined);
        if (readings === undefined) continue;
        expect(readings[0]).toEqual(readings[1]);
        compared += 1;
        await new Promise((resolve) => setTimeout(resolve, LIVES / 20));
      }
    }
    await Promise.all([liveOn(), liveOn(), liveOn(), liveOn(), foldOn(), foldOn(), killOn(), compareOn()]);

    for (const folded of [false, true]) {
      if (folded) while ((await figures.fold(500)) > 0);
      for (const tenantId of TENANTS) {
        const [read, counted] = await database.asTenant(tenantId, async (query) => [
          await figuresOf(database, query, tenantId),
          await recount(query, tenantId),
        ]);
        expect(read).toEqual(counted);
        expect(Object.keys(counted?.products ?? {}).length).toBeGreaterThan(10);
      }
    }
    expect((await killer.query('select 1 from sales_fact')).rowCount).toBe(0);
    // Otherwise the test would prove nothing.
    console.info(`${LIVES} lives, ${kills} kills, ${broken} cut off, compared ${compared} times on the way`);
    expect([kills > 3, broken > 0, compared > 0]).toEqual([true, true, true]);
  }, 900_000);
});
