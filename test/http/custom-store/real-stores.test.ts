import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectionSettings } from '../../../src/config/connection-settings.js';
import type { Store } from '../../../src/ports/store/store.js';
import { openShopware } from '../../adapters/stores/shopware/open-shopware.js';
import { describeVendure, openVendure, VENDURE_URL } from '../../adapters/stores/vendure/open-vendure.js';
import { API_KEY, cloneBody, postClone, shoppingByClone } from '../../support/clone-calls.js';
import { SESSION, cartFields } from '../../support/call-ups.js';
import { type StoreShop, startStoreShop } from '../../support/store-shop.js';
import { until } from '../../support/until.js';
import { HTML, JSON_WANTED, type WebClient } from '../../support/web-client.js';

interface Opened {
  store: Store;
  /** Name of the template user. */
  template: string;
  /** Number of cloned accounts that still exist. */
  clones(): Promise<number>;
  close(): Promise<void>;
}

serves('the Shopware double', describe, async () => {
  const shop = await openShopware();
  return {
    store: shop.storeWith({ customer: () => Promise.reject(new Error('not asked')) }),
    template: 'C-1001',
    clones: async () => shop.double.customers.filter(({ guest }) => guest).length,
    close: () => shop.close(),
  };
});
serves('a real Vendure server', describeVendure, async () => {
  const vendure = await openVendure();
  const admin = { username: 'superadmin', password: 'superadmin' };
  return {
    store: vendure.storeWith({ admin }),
    template: 'berta@acme.test',
    clones: () => vendureClones(admin),
    close: () => vendure.close(),
  };
});

async function vendureClones(admin: { username: string; password: string }): Promise<number> {
  const ask = async (
    query: string,
    variables: object,
    token = '',
  ): Promise<{ token: string; data: { customers?: { totalItems: number } } }> => {
    const answer = await fetch(`${VENDURE_URL}/admin-api`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    return {
      token: answer.headers.get('vendure-auth-token') ?? '',
      data: ((await answer.json()) as { data: { customers?: { totalItems: number } } }).data,
    };
  };
  const { token } = await ask(
    'mutation ($username: String!, $password: String!) ' +
      '{ login(username: $username, password: $password) { __typename } }',
    admin,
  );
  return (
    (
      await ask(
        '{ customers(options: { filter: { emailAddress: { contains: "clone.invalid" } } }) { totalItems } }',
        {},
        token,
      )
    ).data.customers?.totalItems ?? -1
  );
}

/** Issue 6: clone, SSO, edit, categories and the form, with each kind of shop. */
function serves(name: string, suite: (title: string, body: () => void) => void, open: () => Promise<Opened>): void {
  suite(`custom store integration, with ${name}`, () => {
    let opened: Opened;
    let shop: StoreShop;
    let worker: ReturnType<StoreShop['connector']['startWorker']>;
    beforeAll(async () => {
      opened = await open();
      shop = await startStoreShop(opened.store);
      const settings = connectionSettings({
        returnOrigins: ['https://middleware.example.com'],
        language: 'de',
        currency: 'EUR',
        repost: { templateUsers: [opened.template, 'admin', 'nobody@acme.test'], endCustomers: [2] },
      });
      if (!settings.ok) throw new Error(settings.refusal.reason);
      await shop.connector.directory.connections.save({
        tenantId: 'demo',
        connectionId: 'company-repost',
        name: 'x',
        protocol: 'repost',
        demo: true,
        settings: settings.value,
      });
      worker = shop.connector.startWorker();
    }, 60_000);
    afterAll(async () => {
      await worker.stop();
      await shop.close();
      await opened.close();
    });
    const cartOf = async (
      client: WebClient,
    ): Promise<{ lines: { sku: string; quantity: string; categoryIds?: string[] }[] }> =>
      (await client.get('/cart.json', JSON_WANTED)).json();
    const as = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
      username: opened.template,
      gateway_base_url: 'https://middleware.example.com',
      ...change,
    });

    it('clone, shop, transfer: the form has the categories of the tree, and the account is removed', async () => {
      const { client } = await shoppingByClone(shop, as());
      expect(await opened.clones()).toBe(1);
      const added = await client.send('/fill', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify([{ supplierPartId: 'SKU-PEN', quantity: '3' }]),
      });
      expect([added.status, added.json().value]).toEqual([200, [expect.objectContaining({ got: '3' })]]);
      const { lines } = await cartOf(client);
      expect(lines[0]?.categoryIds?.length).toBeGreaterThan(0);
      const fields = cartFields(await client.post(`${SESSION}/logout?transferred=1`, '', HTML));
      const ids = Object.entries(fields)
        .filter(([field]) => field.startsWith('products[0][category_ids]'))
        .flatMap(([, value]) => value.split(','));
      const { categories } = (await shop.browser().get(`/api/punchout/categories?api_key=${API_KEY}`)).json();
      expect(ids.length).toBeGreaterThan(0);
      expect(categories.map(({ id }: { id: number }) => String(id))).toEqual(expect.arrayContaining(ids));
      expect(fields).toMatchObject({ 'products[0][sku]': 'SKU-PEN', 'products[0][quantity]': '3' });
      await until(async () => (await opened.clones()) === 0);
    }, 60_000);

    it('edit: available lines are restored, missing ones are reported; inspect is read-only', async () => {
      const cart_items = [
        { sku: 'SKU-LAMP', product_id: 'SKU-LAMP', quantity: 2, price: 1, currency: 'EUR' },
        { sku: 'VANISHED', product_id: 'VANISHED', quantity: 1, price: 1, currency: 'EUR' },
        { sku: 'SKU-BOOK', product_id: 'SKU-BOOK', quantity: 7, price: 1, currency: 'EUR' },
        { sku: 'SKU-GONE', product_id: 'SKU-GONE', quantity: 1, price: 1, currency: 'EUR' },
      ];
      const edit = await shoppingByClone(shop, as({ operation: 'edit', cart_items }));
      expect((await cartOf(edit.client)).lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
        ['SKU-LAMP', '2'],
        ['SKU-BOOK', '5'],
      ]);
      const { restored } = (await edit.client.get(`${SESSION}/get`, JSON_WANTED)).json();
      expect(
        restored.map(({ supplierPartId, difference }: Record<string, string>) => [supplierPartId, difference]),
      ).toEqual(
        expect.arrayContaining([
          ['SKU-LAMP', 'price_changed'],
          ['VANISHED', 'gone'],
          ['SKU-BOOK', 'quantity_changed'],
          ['SKU-GONE', 'sold_out'],
        ]),
      );
      const inspect = await shoppingByClone(shop, as({ operation: 'inspect', cart_items: cart_items.slice(0, 1) }));
      const refused = await inspect.client.send('/fill', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify([{ supplierPartId: 'SKU-PEN', quantity: '1' }]),
      });
      expect(refused.json().refusal?.code).toBe('READ_ONLY_SESSION');
      for (const { client } of [edit, inspect]) await client.get(`${SESSION}/logout`, JSON_WANTED);
      await until(async () => (await opened.clones()) === 0);
    }, 60_000);

    it.each(['admin', 'nobody@acme.test', 'unlisted@acme.test', 'punchout.x@clone.invalid'])(
      '%s cannot be cloned, and no account is created',
      async (username) => {
        const answer = await postClone(shop, cloneBody(as({ username })));
        expect([answer.status, answer.text]).toEqual([422, expect.stringContaining('sso_unavailable')]);
        expect(await opened.clones()).toBe(0);
      },
    );
  });
}
