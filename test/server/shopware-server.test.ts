import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectionSettings } from '../../src/config/connection-settings.js';
import { withDirectory } from '../../src/commands/open-directory.js';
import { doctorCommand } from '../../src/commands/doctor-command.js';
import { serverSettings } from '../../src/config/environment.js';
import { type RunningServer, startServer } from '../../src/server.js';
import { serverStore } from '../../src/wiring/server-store.js';
import { idOf as productIdOf } from '../adapters/stores/shopware/double/shop-data.js';
import { ACCESS_KEY, ADMIN, ShopwareDouble } from '../adapters/stores/shopware/double/shopware-double.js';
import { callUpAt } from './call-up-at.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';

const PEN = productIdOf('prod-pen');

describe('STORE=shopware: the server and the doctor', () => {
  const double = new ShopwareDouble();
  let home: TestDatabase;
  let env: Record<string, string>;
  beforeAll(async () => {
    home = await testDatabase();
    const { database } = home;
    env = {
      STORE: 'shopware',
      SHOPWARE_URL: await double.start(),
      SHOPWARE_ACCESS_KEY: ACCESS_KEY,
      SHOPWARE_CLIENT_ID: ADMIN.clientId,
      SHOPWARE_CLIENT_SECRET: ADMIN.clientSecret,
      SHOPWARE_CUSTOMER: 'C-1001',
      SHOPWARE_FRONTEND_URL: 'https://www.shop.example',
      ...('url' in database ? { DATABASE_URL: database.url } : { DATA_DIR: database.directory }),
      LOG_LEVEL: 'silent',
    };
  }, 180_000);
  afterAll(async () => {
    await double.stop();
    await home.drop();
  });

  it("a whole punchout, the cart filled through /store-api, the connection's own customer in the shop", async () => {
    const settings = serverSettings(env);
    let server: RunningServer | undefined;
    try {
      server = await startServer({ ...settings, port: 0 });
      const { connections } = server.connector.directory;
      const erp = await connections.find('demo', 'company-cxml');
      if (erp === undefined) throw new Error('no connection');
      await connections.save({
        ...erp,
        settings: { ...erp.settings, store: { customer: { email: 'gross@acme.test' }, session: 'guest-clone' } },
      });
      const { cookie, location, url } = await callUpAt(server.url, settings.publicUrl);
      expect(location).toBe('https://www.shop.example/');
      expect(double.customers.at(-1)).toMatchObject({ guest: true, taxState: 'gross' });
      const added = await fetch(`${url}/store-api/checkout/cart/line-item`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ items: [{ id: PEN, referencedId: PEN, type: 'product', quantity: 2 }] }),
      });
      expect(added.status).toBe(200);
      const transferred = await fetch(`${url}/agiqon/connector/session/logout?transferred=1`, {
        method: 'POST',
        headers: { cookie, accept: 'application/json' },
      });
      expect(
        decodeURIComponent(((await transferred.json()) as { fields: { value: string }[] }).fields[0]?.value ?? ''),
      ).toContain('SKU-PEN');
    } finally {
      await server?.stop();
    }
  }, 180_000);

  it.each([
    [undefined, '/agiqon/connector/session/restored'],
    ['page', '/agiqon/connector/session/restored'],
    ['shop', 'https://www.shop.example/checkout/cart'],
  ])(
    'RESTORE_REPORT %s: after an edit that lost a line the buyer is sent to %s',
    async (said, expected) => {
      const settings = serverSettings({ ...env, RESTORE_REPORT: said });
      const server = await startServer({ ...settings, port: 0 });
      try {
        const { location } = await callUpAt(server.url, settings.publicUrl, {
          operation: 'edit',
          items: [
            { sku: 'SKU-PEN', quantity: '1' },
            { sku: 'NO-SUCH-ARTICLE', quantity: '1' },
          ],
        });
        expect(location).toBe(expected);
      } finally {
        await server.stop();
      }
    },
    180_000,
  );

  const examine = async (changes: Record<string, string>): Promise<string[]> => {
    const printed: string[] = [];
    const command = doctorCommand(
      { ...env, ...changes },
      (line) => printed.push(line),
      async ({ store, secrets }, findConnection) =>
        store.kind === 'demo'
          ? undefined
          : serverStore(store, { secrets: secrets ?? ['x'.repeat(32)], findConnection }),
    );
    await command.parseAsync([], { from: 'user' });
    process.exitCode = 0;
    return printed;
  };
  const save = async (connection: {
    connectionId: string;
    protocol: 'oci' | 'repost';
    settings: object;
  }): Promise<void> => {
    const checked = connectionSettings({ returnOrigins: ['https://erp.example.com'], ...connection.settings });
    if (!checked.ok) throw new Error(checked.refusal.reason);
    await withDirectory(serverSettings(env), ({ connections }) =>
      connections.save({
        tenantId: 'demo',
        name: connection.connectionId,
        demo: false,
        ...connection,
        settings: checked.value,
      }),
    );
  };

  it('doctor never touches the cart of a buyer whose login the connection uses; reports a failed login', async () => {
    await save({
      connectionId: 'own-login',
      protocol: 'oci',
      settings: { store: { customer: { email: 'gross@acme.test' }, session: 'login' } },
    });
    const json = { 'sw-access-key': ACCESS_KEY, 'content-type': 'application/json' };
    const login = await fetch(`${env['SHOPWARE_URL']}/store-api/account/login`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ username: 'gross@acme.test', password: 'throwaway-password' }),
    });
    const token = login.headers.get('sw-context-token') ?? '';
    await fetch(`${env['SHOPWARE_URL']}/store-api/checkout/cart/line-item`, {
      method: 'POST',
      headers: { ...json, 'sw-context-token': token },
      body: JSON.stringify({ items: [{ id: PEN, referencedId: PEN, type: 'product', quantity: 2 }] }),
    });
    expect(await examine({ SHOPWARE_PASSWORDS: '{"demo/own-login":"throwaway-password"}' })).toContain(
      'ok    store for demo/own-login',
    );
    expect(double.cartItems(token)).toMatchObject([{ referencedId: PEN, quantity: 2 }]);
    for (const [passwords, fault] of [
      ['{"demo/own-login":"hunter2"}', '401'],
      ['{}', 'password'],
    ] as const) {
      const printed = (await examine({ SHOPWARE_PASSWORDS: passwords })).join('\n');
      expect(printed).toMatch(new RegExp(`WRONG store for demo/own-login: .*${fault}.*\n.*SHOPWARE_PASSWORDS`));
      expect(printed).not.toContain('hunter2');
    }
  }, 180_000);

  it('doctor clones each template user of a middleware connection and removes the clone', async () => {
    await save({
      connectionId: 'by-middleware',
      protocol: 'repost',
      settings: { repost: { templateUsers: ['C-1001'] } },
    });
    await save({ connectionId: 'stray', protocol: 'repost', settings: { repost: { templateUsers: ['nobody'] } } });
    await save({ connectionId: 'unlisted', protocol: 'repost', settings: {} });
    const before = double.customers.length;
    const { SHOPWARE_CUSTOMER: _, ...rest } = env;
    const kept = env;
    env = rest;
    const printed = await examine({});
    env = kept;
    expect(printed).toContain('ok    store for demo/by-middleware, C-1001');
    expect(printed.join('\n')).toMatch(/WRONG store for demo\/stray, nobody: the shop has no such user/);
    expect(printed.join('\n')).toMatch(/WRONG store for demo\/unlisted: it lists no user/);
    expect(double.customers).toHaveLength(before);
  }, 180_000);

  it('doctor names the wrong setting: secret, sales channel, currency', async () => {
    expect((await examine({ SHOPWARE_CLIENT_SECRET: 'hunter2' })).join('\n')).toMatch(
      /store for demo\/company-oci: .*401.*\n.*SHOPWARE_CLIENT_ID, SHOPWARE_CLIENT_SECRET/,
    );
    expect((await examine({ SHOPWARE_SALES_CHANNEL_ID: 'f'.repeat(32) })).join('\n')).toMatch(
      /WRONG store for demo\/company-oci: .*\n.*SHOPWARE_SALES_CHANNEL_ID/,
    );
    await save({ connectionId: 'dollars', protocol: 'oci', settings: { currency: 'USD', language: 'fr' } });
    const printed = (await examine({})).join('\n');
    expect(printed).toMatch(/WRONG store for demo\/dollars: carts are in EUR, the connection wants USD/);
  }, 180_000);

  it('doctor opens a cart for every connection and reports faults, without secrets', async () => {
    const well = await examine({});
    expect(well).toEqual(
      expect.arrayContaining([
        'ok    store shopware',
        'ok    store for demo/company-cxml',
        'ok    store for demo/company-oci',
      ]),
    );
    expect((await examine({ SHOPWARE_ACCESS_KEY: 'SWSCWRONG' })).join('\n')).toMatch(
      /WRONG store shopware: .*412 FRAMEWORK__ROUTING_SALES_CHANNEL_NOT_FOUND\n.*check address and keys/,
    );
    const wrong = (await examine({ SHOPWARE_CLIENT_SECRET: 'hunter2' })).join('\n');
    expect(wrong).toMatch(/WRONG store for demo\/company-oci: .*oauth\/token answered 401/);
    expect(wrong).not.toContain('hunter2');
    expect((await examine({ SHOPWARE_CUSTOMER: 'C-9' })).join('\n')).toMatch(
      /WRONG store for demo\/company-oci: .*no active customer/,
    );
  }, 180_000);
});
