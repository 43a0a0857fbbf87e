import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  accounts,
  shoppingByClone,
  rocketExample,
  ssoUrl,
  transmissionOf,
  postClone,
} from '../../support/clone-calls.js';
import { isActive, put, rowOf, SESSION, setRow } from '../../support/call-ups.js';
import { describeMounted, type RunningShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { HTML, JSON_WANTED, NAVIGATION, type WebClient } from '../../support/web-client.js';

const linesOf = async (client: WebClient): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await client.get('/checkout/cart.json', JSON_WANTED))
      .json()
      .lines.map((line: { sku: string; quantity: number }) => [line.sku, line.quantity]),
  );
const audited = (shop: RunningShop, transmissionId: string): Promise<{ event: string; details: object }[]> =>
  shop.knex('audit').where({ transmission_id: transmissionId, event: 'login_refused' }).select('event', 'details');

describeMounted('Custom store integration, SSO link', {}, (shop) => {
  describe('landing page', () => {
    it('create: home; the product of selected_item; home if the shop does not have it', async () => {
      const location = async (selected_item?: object): Promise<string> =>
        (
          await shop()
            .browser()
            .get(await ssoUrl(shop(), selected_item === undefined ? {} : { selected_item }), HTML)
        ).location;
      const { url } = shop();
      expect(await location()).toBe(`${url}/`);
      expect(await location({ supplier_part_id: 'SKU-002' })).toBe(`${url}/detail/SKU-002`);
      expect(await location({ supplier_part_auxiliary_id: 'SKU-002' })).toBe(`${url}/detail/SKU-002`);
      expect(await location({ supplier_part_id: 'no more', supplier_part_auxiliary_id: 'SKU-001' })).toBe(
        `${url}/detail/SKU-001`,
      );
      expect(await location({ supplier_part_id: 'X-100', supplier_part_auxiliary_id: '19853' })).toBe(`${url}/`);
    });

    it('edit: the cart, with exact products and quantities', async () => {
      const { client, location } = await shoppingByClone(shop(), {
        operation: 'edit',
        cart_items: [
          { sku: 'SKU-001', product_id: 'SKU-001', quantity: 2, price: 499.99, currency: 'EUR' },
          { product_id: 'SKU-002', quantity: 3 },
        ],
      });
      expect(location).toBe(`${shop().prefix}/checkout/cart`);
      expect(await linesOf(client)).toEqual({ 'SKU-001': 2, 'SKU-002': 3 });
      expect((await client.get(`${SESSION}/get`, JSON_WANTED)).json()).toMatchObject({
        active: true,
        protocol: 'repost',
        operation: 'edit',
        restored: [],
      });
    });

    it("Punchout Rocket's edit example: the shop has none of the lines and reports it", async () => {
      const url: string = (await postClone(shop(), rocketExample('clone-edit.json'))).json().sso_url;
      const client = shop().browser();
      const answer = await client.get(url, JSON_WANTED);
      expect(answer.json().restored).toEqual([
        { supplierPartId: 'ABC-001', name: 'Example description', requested: '2', got: '0', difference: 'gone' },
        {
          supplierPartId: 'XYZ-002',
          name: 'Another example description',
          requested: '1',
          got: '0',
          difference: 'gone',
        },
      ]);
    });

    it('inspect: the cart, read-only', async () => {
      const { client, location } = await shoppingByClone(shop(), {
        operation: 'inspect',
        cart_items: [{ sku: 'SKU-001', quantity: 1 }],
      });
      expect(location).toBe(`${shop().prefix}/checkout/cart`);
      expect(await linesOf(client)).toEqual({ 'SKU-001': 1 });
      expect((await put(client, 'SKU-002', 1)).status).toBe(403);
    });
  });

  it('architecture.md decision 6: differing lines are restored as far as possible and reported', async () => {
    const cart_items = [
      { sku: 'SKU-001', quantity: 2, price: 400, currency: 'EUR' },
      { sku: 'GONE', quantity: 1 },
      { sku: 'NW-3080', quantity: 1 },
      { sku: 'NB-1010', quantity: 7 },
      { sku: 'SKU-002', quantity: 1, price: '300.01', currency: 'EUR' },
    ];
    const client = shop().browser();
    const answer = await client.get(await ssoUrl(shop(), { operation: 'edit', cart_items }), HTML);
    expect([answer.status, answer.location]).toEqual([303, `${shop().url}${SESSION}/restored`]);
    const page = await client.get(answer.location, HTML);
    for (const sku of ['SKU-001', 'GONE', 'NW-3080', 'NB-1010']) expect(page.text).toContain(sku);
    expect(page.text).not.toContain('SKU-002');
    expect((await client.get(`${SESSION}/get`, JSON_WANTED)).json().restored).toMatchObject([
      {
        supplierPartId: 'SKU-001',
        got: '2',
        difference: 'price_changed',
        price: { claimed: '400.00', now: '499.99', currency: 'EUR' },
      },
      { supplierPartId: 'GONE', got: '0', difference: 'gone' },
      { supplierPartId: 'NW-3080', got: '0', difference: 'sold_out' },
      { supplierPartId: 'NB-1010', requested: '7', got: '10', difference: 'quantity_changed' },
    ]);
    expect(await linesOf(client)).toEqual({ 'SKU-001': 2, 'NB-1010': 10, 'SKU-002': 1 });
  });

  it('the route guard blocks', async () => {
    const { client } = await shoppingByClone(shop());
    expect((await client.get('/checkout/confirm', JSON_WANTED)).status).toBe(403);
    expect((await client.get('/account/profile', HTML)).status).toBe(303);
  });

  describe('single use', () => {
    it('T01: a second browser is refused and audited, and the first continues', async () => {
      const { client, url, transmissionId } = await shoppingByClone(shop());
      const second = await shop().browser().get(url, JSON_WANTED);
      expect([second.status, second.json().error.code]).toEqual([409, 'START_LINK_USED']);
      expect((await shop().browser().get(url, HTML)).status).toBe(409);
      expect(await audited(shop(), transmissionId)).toEqual(
        Array.from({ length: 2 }, () => ({ event: 'login_refused', details: { code: 'START_LINK_USED' } })),
      );
      expect([await isActive(client), (await put(client, 'SKU-001', 1)).status]).toEqual([true, 200]);
      // The browser that logged in may come back.
      expect((await client.get(url, JSON_WANTED)).json()).toMatchObject({ active: true, transmissionId });
    });

    it.each<[string, string, Record<string, string>]>([
      ['HEAD', 'HEAD', {}],
      ['prefetch', 'GET', { ...NAVIGATION, 'sec-purpose': 'prefetch' }],
      ['preview', 'GET', { purpose: 'preview' }],
      ['an image', 'GET', { 'sec-fetch-dest': 'image' }],
      ['a browser that has no cookies yet', 'GET', NAVIGATION],
    ])('T02: %s does not use it', async (_, method, headers) => {
      const url = await ssoUrl(shop());
      expect([204, 303]).toContain((await shop().browser().send(url, { method, headers })).status);
      expect(await rowOf(shop(), transmissionOf(url))).toMatchObject({ status: 'open' });
      expect((await shop().browser().get(url, JSON_WANTED)).status).toBe(200);
    });

    it('a browser that accepts the requested cookie logs in with its link', async () => {
      const client = shop().browser();
      const url = await ssoUrl(shop());
      const probe = await client.get(url);
      expect([probe.status, new URL(probe.location).pathname]).toEqual([303, `${shop().prefix}/sso`]);
      expect((await client.get(probe.location)).location).toBe(`${shop().url}/`);
      expect(await isActive(client)).toBe(true);
    });

    it('a connection that requires a click gets one, and a scanner does not use the link', async () => {
      await shop().onboardMiddleware({
        connectionId: 'click',
        apiKey: 'a-key-that-wants-a-click',
        repost: { templateUsers: ['buyer123'] },
        settings: { continuePage: true },
      });
      const url = await ssoUrl(shop(), { api_key: 'a-key-that-wants-a-click' });
      const client = shop().browser();
      const page = await client.get(url, HTML);
      expect([page.status, (await rowOf(shop(), transmissionOf(url))).status]).toEqual([200, 'open']);
      expect((await client.submit(page, { ...HTML, 'sec-fetch-site': 'same-origin' })).status).toBe(303);
      expect(await isActive(client)).toBe(true);
    });
  });

  describe('refused', () => {
    const code = async (url: string): Promise<[number, string]> => {
      const answer = await shop().browser().get(url, JSON_WANTED);
      return [answer.status, answer.json().error.code];
    };

    it('tampered, cut, of another transmission, none, twice', async () => {
      const url = await ssoUrl(shop());
      const other = await ssoUrl(shop());
      const transmissionId = transmissionOf(url);
      expect(await code(`${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`)).toEqual([401, 'START_TOKEN_INVALID']);
      expect(await code(url.slice(0, -5))).toEqual([401, 'START_TOKEN_INVALID']);
      expect(await code(url.replace(transmissionId, transmissionOf(other)))).toEqual([401, 'START_TOKEN_INVALID']);
      expect(await audited(shop(), transmissionId)).toHaveLength(2);
      expect(await audited(shop(), transmissionOf(other))).toEqual([
        { event: 'login_refused', details: { code: 'START_TOKEN_INVALID' } },
      ]);
      for (const query of ['', '?token=', '?token=x', `?token=${transmissionId}`, `?token=${transmissionId}.`])
        expect(await code(`/sso${query}`)).toEqual([401, 'START_TOKEN_INVALID']);
      expect(await code(`${url}&token=x`)).toEqual([401, 'START_TOKEN_INVALID']);
      expect(await code(url.replace(/demo_(.)/, (_, first: string) => `demo_${first === 'a' ? 'b' : 'a'}`))).toEqual([
        404,
        'TRANSMISSION_NOT_FOUND',
      ]);
      expect((await shop().browser().get(url, JSON_WANTED)).status).toBe(200);
    });

    it('of another tenant: a token opens only its own transmission', async () => {
      await shop().onboardMiddleware({
        tenantId: 'other',
        connectionId: 'theirs',
        apiKey: 'the-key-of-another-tenant',
        repost: { templateUsers: ['buyer123'] },
      });
      const [ours, theirs] = [await ssoUrl(shop()), await ssoUrl(shop(), { api_key: 'the-key-of-another-tenant' })];
      const secret = (url: string): string => url.split('.').at(-1) ?? '';
      expect(await code(ours.replace(secret(ours), secret(theirs)))).toEqual([401, 'START_TOKEN_INVALID']);
      expect(await audited(shop(), transmissionOf(ours))).toHaveLength(1);
      expect(await rowOf(shop(), transmissionOf(theirs))).toMatchObject({ status: 'open', tenant_id: 'other' });
    });

    it('expired: 410, audited; ended: 400', async () => {
      const url = await ssoUrl(shop());
      await setRow(shop(), transmissionOf(url), { start_expires_at: new Date(0) });
      expect(await code(url)).toEqual([410, 'SESSION_EXPIRED']);
      expect(await audited(shop(), transmissionOf(url))).toEqual([
        { event: 'login_refused', details: { code: 'SESSION_EXPIRED' } },
      ]);
      const done = await shoppingByClone(shop());
      await done.client.send(`${SESSION}/logout`, { method: 'POST', headers: JSON_WANTED });
      expect(await code(done.url)).toEqual([400, 'SESSION_CLOSED']);
    });

    it('a person gets a page in their language, without the token', async () => {
      const url = await ssoUrl(shop());
      const page = await shop()
        .browser()
        .get(`${url}x`, { ...HTML, 'accept-language': 'de' });
      expect([page.status, page.headers['content-type']]).toEqual([401, 'text/html; charset=utf-8']);
      expect(page.text).not.toContain(url.split('=').at(-1) ?? '-');
      expect((await shop().browser().send('/sso', { method: 'PUT', headers: JSON_WANTED })).status).toBe(405);
    });

    it('no token in the log', async () => {
      const { url } = await shoppingByClone(shop());
      await shop().browser().get(url, HTML);
      expect(shop().logged.join('\n')).not.toContain(url.split('=').at(-1));
    });
  });

  describe('the account is removed after the session', () => {
    beforeEach(() => shop().knex('demo_customer').delete());
    const run = async (until_: () => Promise<boolean>): Promise<void> => {
      const worker = shop().connector.startWorker();
      try {
        await until(until_);
      } finally {
        await worker.stop();
      }
    };

    it.each<[string, (client: WebClient, transmissionId: string) => Promise<unknown>]>([
      [
        'transferred',
        async (client) => {
          await put(client, 'SKU-001', 1);
          await client.send(`${SESSION}/logout?transferred=1`, { method: 'POST', headers: JSON_WANTED });
        },
      ],
      ['closed', (client) => client.send(`${SESSION}/logout`, { method: 'POST', headers: JSON_WANTED })],
      [
        'returned without changes',
        (client) =>
          client.send(`${SESSION}/logout?transferred=1&unchanged=1`, { method: 'POST', headers: JSON_WANTED }),
      ],
      ['expired', (_, transmissionId) => setRow(shop(), transmissionId, { expires_at: new Date(0) })],
    ])('%s: removed by the worker, and not before', async (_, end) => {
      const gone = await shoppingByClone(shop());
      const stays = await shoppingByClone(shop());
      expect(await accounts(shop())).toHaveLength(2);
      await end(gone.client, gone.transmissionId);
      expect(await accounts(shop())).toHaveLength(2);
      await run(async () => (await accounts(shop())).length === 1);
      expect(await accounts(shop())).toMatchObject([{ customer_id: `punchout-${stays.transmissionId}` }]);
    });

    it('never logged in: removed when the time is over', async () => {
      const url = await ssoUrl(shop());
      await setRow(shop(), transmissionOf(url), { expires_at: new Date(0) });
      await run(async () => (await accounts(shop())).length === 0);
    });

    it('a failing shop is tried again', async () => {
      const { client, transmissionId } = await shoppingByClone(shop());
      await client.send(`${SESSION}/logout`, { method: 'POST', headers: JSON_WANTED });
      const { customers } = shop().store;
      const remove = customers.remove.bind(customers);
      let failures = 0;
      customers.remove = () => {
        failures += 1;
        customers.remove = remove;
        return Promise.reject(new Error('down'));
      };
      await run(async () => {
        await shop().knex('job').update({ due_at: shop().knex.fn.now() });
        return (await accounts(shop())).length === 0;
      });
      expect([
        failures,
        (await shop().knex('job').whereRaw("input->>'transmissionId' = ?", [transmissionId])).length,
      ]).toEqual([1, 0]);
    });
  });
});
