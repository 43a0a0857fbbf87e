import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DEMO, seedDemo } from '../../src/demo/seed-demo.js';
import { type RunningShop, startShop } from '../support/running-shop.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

let database: TestDatabase;
let shop: RunningShop;
beforeAll(async () => {
  database = await testDatabase();
  shop = await startShop(database.database, '');
}, 120_000);
afterAll(async () => {
  await shop?.close();
  await database?.drop();
});

it('the next start keeps what operators have changed in the connections of the demo', async () => {
  const { connections } = shop.connector.directory;
  for (const connectionId of ['company-cxml', DEMO.middleware.connectionId]) {
    const seeded = await connections.find(DEMO.tenantId, connectionId);
    if (seeded === undefined) throw new Error('the demo has no such connection');
    const { name, protocol, settings } = seeded;
    const changed = { ...settings, startLinkSeconds: 77 };
    await connections.save({ tenantId: DEMO.tenantId, connectionId, name, protocol, demo: true, settings: changed });
    await seedDemo(shop.connector.directory);
    expect((await connections.find(DEMO.tenantId, connectionId))?.settings.startLinkSeconds).toBe(77);
  }
});

it('a connection that an operator made in place of one of the demo gets no publicly known secret', async () => {
  const { connections } = shop.connector.directory;
  const seeded = await connections.find(DEMO.tenantId, 'company-oci');
  if (seeded === undefined) throw new Error('the demo has no such connection');
  for (const table of ['connection_secret', 'connection_credential', 'connection'])
    await shop.knex(table).where({ connection_id: seeded.connectionId }).delete();
  await connections.save({ ...seeded, demo: false });
  await seedDemo(shop.connector.directory);
  const credential = { kind: 'oci', domain: '', identity: DEMO.identity } as const;
  expect((await connections.find(DEMO.tenantId, 'company-oci'))?.demo).toBe(false);
  expect(await connections.findByCredential(credential)).toEqual([]);
});
