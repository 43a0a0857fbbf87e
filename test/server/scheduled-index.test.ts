import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { Client } from 'pg';
import { settingsOf } from '../../src/config/connection-settings.js';
import { createConnector } from '../../src/connector.js';
import { DemoStore } from '../../src/adapters/stores/demo/demo-store.js';
import { describeOnServer } from '../contracts/databases.js';
import { createMigratedDatabase } from '../support/server-database.js';
import { type ServerChild, startServerChild } from '../support/server-child.js';
import { until } from '../support/until.js';

const CONNECTIONS = 12;

describeOnServer('three workers on one PostgreSQL', () => {
  it('make the index of each schedule once, and once more when its next period has come', async () => {
    const database = await createMigratedDatabase();
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const secret = randomBytes(32).toString('hex');
    const publicUrl = 'http://127.0.0.1:3000';
    const shop = await createConnector({
      database: { url: database.url, connections: 2 },
      secrets: [secret],
      publicUrl,
      store: ({ query }) => new DemoStore({ query, publicUrl }),
    });
    const settings = settingsOf({ returnOrigins: ['https://erp.example.com'], index: { every: 'day' } }, 'cxml');
    if (!settings.ok) throw new Error(settings.refusal.reason);
    const { tenants, connections } = shop.directory;
    await tenants.save({ tenantId: 'acme', name: 'Acme', settings: { frontendOrigins: [] } });
    for (let nth = 0; nth < CONNECTIONS; nth += 1)
      await connections.save({
        tenantId: 'acme',
        connectionId: `erp-${nth}`,
        name: 'ERP',
        protocol: 'cxml',
        demo: false,
        settings: settings.value,
      });
    const runs = async (): Promise<Record<string, number>> => {
      const { rows } = await client.query<{ state: string; n: number }>(
        "select state, count(*)::int as n from catalogue_run where started_by = 'schedule' group by state",
      );
      return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
    };
    const environment = { DATABASE_URL: database.url, SESSION_SECRET: secret, PUBLIC_URL: publicUrl };
    const start = () => Promise.all([1, 2, 3].map(() => startServerChild(environment, 'worker')));
    let workers: ServerChild[] = [];
    try {
      workers = await start();
      await until(async () => (await runs())['done'] === CONNECTIONS);
      await Promise.all(workers.map((worker) => worker.close()));
      expect(await runs()).toEqual({ done: CONNECTIONS });
      // Three days without a worker.
      await client.query("update catalogue_schedule set period = period - interval '3 days'");
      workers = await start();
      await until(async () => (await runs())['done'] === 2 * CONNECTIONS);
      expect(await runs()).toEqual({ done: 2 * CONNECTIONS });
    } finally {
      await Promise.all(workers.map((worker) => worker.close()));
      await shop.close();
      await client.end();
      await database.drop();
    }
  }, 200_000);
});
