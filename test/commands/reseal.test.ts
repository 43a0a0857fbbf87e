import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Database } from '../../src/adapters/postgres/database/database.js';
import { openDatabase } from '../../src/adapters/postgres/database/open-database.js';
import { secretBox } from '../../src/adapters/secrets/secret-box.js';
import type { Directory } from '../../src/commands/open-directory.js';
import { resealCommand } from '../../src/commands/reseal-command.js';
import { connectionSettings } from '../../src/config/connection-settings.js';
import { openRepositories, type Repositories } from '../../src/wiring/repositories.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

const [OLD, NEW] = ['o'.repeat(40), 'n'.repeat(40)];

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await testDatabase();
  database = await openDatabase(
    'url' in test.database ? { kind: 'server', ...test.database } : { kind: 'embedded', ...test.database },
  );
  const { tenants, connections, middlewareKeys, connectShops, indexPushes } = withSecrets(OLD);
  await tenants.save({ tenantId: 'acme', name: 'Acme', settings: { frontendOrigins: [] } });
  const settings = connectionSettings({ returnOrigins: ['https://erp.example.com'] });
  if (!settings.ok) throw new Error('the settings are refused');
  const connection = { tenantId: 'acme', name: 'Buyer', demo: false, settings: settings.value };
  await connections.save({ ...connection, connectionId: 'erp', protocol: 'cxml' });
  await connections.save({ ...connection, connectionId: 'broker', protocol: 'repost' });
  await connections.addSecret('acme', 'erp', 'first-secret', 'recoverable');
  await connections.addSecret('acme', 'erp', 'second-secret', 'recoverable');
  await connections.addSecret('acme', 'broker', 'only-a-hash');
  await middlewareKeys.add('acme', 'broker', 'key-of-the-broker', 'recoverable');
  const push = { tenantId: 'acme', connectionId: 'erp', url: 'https://erp.example.com/', format: 'cif' } as const;
  await indexPushes.save(push, 'Bearer of-the-buyer');
  await connectShops.save({ tenantId: 'acme', shopId: 77, role: 'merchant', name: 'Shop', demo: false });
  await connectShops.addKey('acme', 77, 'key-of-the-shop');
});
afterAll(async () => {
  await database?.close();
  await test?.drop();
});

const withSecrets = (...secrets: string[]): Repositories => openRepositories(database, secretBox(secrets));

async function reseal(...secrets: string[]): Promise<string> {
  const lines: string[] = [];
  const command = resealCommand({
    directory: (act) => act(withSecrets(...secrets) as Directory),
    print: (line) => void lines.push(line),
    readText: async () => '',
  });
  await command.parseAsync([], { from: 'user' }).catch((error: Error) => lines.push(error.message));
  return lines.join('\n');
}

async function readable(...secrets: string[]): Promise<unknown> {
  const { connections, middlewareKeys, connectShops, indexPushes } = withSecrets(...secrets);
  return {
    erp: await connections.recoverableSecrets('acme', 'erp'),
    broker: await middlewareKeys.recoverable('acme', 'broker'),
    index: await indexPushes.findToSend({ tenantId: 'acme', connectionId: 'erp' }).then(
      (push) => push?.authorization,
      () => undefined,
    ),
    shop: (await connectShops.findSigner(77))?.keys,
  };
}

const ALL = {
  erp: ['second-secret', 'first-secret'],
  broker: 'key-of-the-broker',
  index: 'Bearer of-the-buyer',
  shop: ['key-of-the-shop'],
};
const NONE = { erp: [], broker: undefined, index: undefined, shop: [] };

it('names what it cannot read, and changes nothing of it', async () => {
  expect(await reseal(NEW)).toBe(
    [
      'All readable secrets have the newest seal.',
      'Cannot be read: a secret of connection erp of acme.',
      'Cannot be read: a secret of connection erp of acme.',
      'Cannot be read: a secret of middleware broker of acme.',
      'Cannot be read: a secret of index erp of acme.',
      'Cannot be read: a secret of shop 77 of acme.',
      'Add the SESSION_SECRET that sealed them to the list and repeat, or set those secrets anew.',
    ].join('\n'),
  );
  expect(await readable(OLD)).toEqual(ALL);
});

it('seals all again with the newest secret, after which the old one is not needed', async () => {
  expect(await readable(NEW)).toEqual(NONE);
  expect(await reseal(NEW, OLD)).toBe('Sealed again: 5.');
  expect(await readable(NEW)).toEqual(ALL);
  expect(await readable(OLD)).toEqual(NONE);
  expect(await reseal(NEW, OLD)).toBe('All readable secrets have the newest seal.');
});

it('keeps a secret that is changed meanwhile', async () => {
  const { sealedSecrets } = openRepositories(
    {
      ...database,
      async query(statement, values) {
        const rows = await database.query(statement, values);
        const isFirstRead = statement.name === 'sealed-secrets-list-connection';
        if (isFirstRead) await withSecrets(NEW).connections.addSecret('acme', 'erp', 'third-secret', 'recoverable');
        return rows as never;
      },
    },
    secretBox([OLD, NEW]),
  );
  expect((await sealedSecrets.sealAgain()).unreadable).toEqual([]);
  expect(await readable(OLD, NEW)).toEqual({ ...ALL, erp: ['third-secret', 'second-secret'] });
});
