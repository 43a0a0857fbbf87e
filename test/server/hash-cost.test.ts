import { expect, it } from '@jest/globals';
import { DemoStore } from '../../src/adapters/stores/demo/demo-store.js';
import { DEMO, seedDemo } from '../../src/demo/seed-demo.js';
import { createConnector } from '../../src/index.js';
import { testDatabase } from '../support/test-database.js';

it('T28: the package hashes secrets at full cost, whatever is passed beside its options', async () => {
  const { database, drop } = await testDatabase();
  const options = {
    database,
    publicUrl: 'http://127.0.0.1:3000',
    secrets: ['a-secret-for-tests-that-is-long-enough'],
    demo: true,
    store: ({ query, publicUrl }) => new DemoStore({ query, publicUrl }),
  } satisfies Parameters<typeof createConnector>[0];
  const connector = await Reflect.apply(createConnector, undefined, [options, { N: 16, r: 1, p: 1 }]);
  await seedDemo(connector.directory);
  const client = await connector.directory.oauthClients.find(DEMO.client.clientId);
  expect(client?.secretHashes).toEqual([expect.stringMatching(/^scrypt\$16384\$8\$1\$/)]);
  await connector.close();
  await drop();
});
