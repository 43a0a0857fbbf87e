import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Express, Request } from 'express';
import { SESSION, callUp, isActive, rowOf, shopping } from '../../support/call-ups.js';
import { type RunningShop, describeMounted } from '../../support/running-shop.js';
import { HTML, JSON_WANTED, NAVIGATION, type WebClient } from '../../support/web-client.js';
import { BLOCKED, OPEN, spellings } from './spellings.js';

/** Every path answers, so that requests that pass the guard are visible. */
function shopPages(app: Express): void {
  app.use((req, res, next) => {
    if (req.get('x-reach-shop') === undefined) next();
    else res.json({ reached: req.originalUrl });
  });
}

const SHOP = { 'x-reach-shop': '1' };

describeMounted(
  'route guard (connector session, architecture.md decision 9)',
  { pages: shopPages, connector: { guard: { routeName: (req) => (req as Request).get('x-route') } } },
  (shop) => {
    afterEach(() => {
      jest.restoreAllMocks();
    });
    const reaches = async (
      client: WebClient,
      method: string,
      path: string,
      headers: object = HTML,
    ): Promise<boolean> => {
      const answer = await client.send(path.startsWith('/') ? shop().prefix + path : path, {
        raw: true,
        method,
        headers: { ...headers, ...SHOP },
      });
      return answer.status === 200 && answer.text.includes('reached');
    };
    /** Absolute-form spellings contain the prefix. */
    const prefixed = (path: string): string =>
      path.startsWith('/') ? path : path.replace(/^(\w+:\/\/[^/]*)/, `$1${shop().prefix}`);

    it('redirects pages to the cart, and answers API calls with 403', async () => {
      const { client } = await shopping(shop());
      for (const [method, path] of BLOCKED) {
        const page = await client.send(path, { method, headers: { ...NAVIGATION, ...SHOP } });
        expect([path, page.status, page.location, page.headers['cache-control']]).toEqual([
          path,
          303,
          `${shop().url}/checkout/cart`,
          'no-store',
        ]);
        const call = await client.send(path, { method, headers: { ...JSON_WANTED, ...SHOP } });
        expect([path, call.status, call.json()]).toEqual([
          path,
          403,
          { error: { code: 'ROUTE_BLOCKED', message: expect.any(String), cart: `${shop().prefix}/checkout/cart` } },
        ]);
      }
    });

    it('T56: every spelling stays blocked in a session', async () => {
      const { client } = await shopping(shop());
      const all = spellings().filter((_, index) => index % 5 === 0);
      expect(all.length).toBeGreaterThan(200);
      const through = [];
      for (const { name, method, path } of all) if (await reaches(client, method, prefixed(path))) through.push(name);
      expect(through).toEqual([]);
    });

    it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])(
      'with any method: %s',
      async (method) => {
        const { client } = await shopping(shop());
        for (const path of ['/checkout/confirm', '/checkout/order']) {
          for (const headers of [HTML, JSON_WANTED, {}]) {
            const answer = await client.send(path, { method, headers: { ...headers, ...SHOP } });
            expect([303, 403]).toContain(answer.status);
          }
        }
      },
    );

    it('leaves open what a buyer needs', async () => {
      const { client } = await shopping(shop());
      const closed = [];
      for (const [method, path] of OPEN) if (!(await reaches(client, method, path))) closed.push(path);
      expect(closed).toEqual([]);
    });

    it('without a session, before login and after logout, the shop answers', async () => {
      const client = shop().browser();
      const startUrl = await callUp(shop());
      const ask = async (): Promise<boolean> =>
        (await reaches(client, 'GET', '/checkout/confirm')) && reaches(client, 'POST', '/checkout/order');
      expect(await ask()).toBe(true);
      await client.get(startUrl, HTML);
      expect(await ask()).toBe(false);
      await client.get(`${SESSION}/logout`, JSON_WANTED);
      expect(await ask()).toBe(true);
      const after = await shopping(shop());
      await after.client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED);
      expect(await reaches(after.client, 'GET', '/checkout/confirm')).toBe(true);
    });

    it("knows route names: agiqon's nine, and Shopware's real ones", async () => {
      const { client } = await shopping(shop());
      const names = [
        ...[
          'checkout.confirm.page',
          'checkout.finish.page',
          'account.login.page',
          'account.home.page',
          'account.profile.page',
          'account.order.page',
          'account.order.detail.page',
          'account.edit-order.page',
          'customer-group-registration.page',
        ],
        ...[
          'checkout.finish.order',
          'checkout.register.page',
          'account.login',
          'account.logout.page',
          'account.order.single.page',
          'account.customer-group-registration.page',
          'account.profile.delete',
          'account.order.cancel',
        ],
      ].map((name) => `frontend.${name}`);
      for (const name of [...names, 'widgets.account.order.detail'])
        expect([name, await reaches(client, 'GET', '/seo/anything', { ...HTML, 'x-route': name })]).toEqual([
          name,
          false,
        ]);
      for (const name of [
        'frontend.checkout.cart.page',
        'frontend.checkout.line-item.add',
        'frontend.accounting.page',
        'frontend.home.page',
        '',
      ])
        expect([name, await reaches(client, 'GET', '/seo/anything', { ...HTML, 'x-route': name })]).toEqual([
          name,
          true,
        ]);
      expect(
        await reaches(shop().browser(), 'GET', '/seo/anything', {
          ...HTML,
          'x-route': 'frontend.checkout.confirm.page',
        }),
      ).toBe(true);
    });

    it('without our cookies, and for open paths, it does no I/O', async () => {
      const { client } = await shopping(shop());
      const asked = connectionsOf(shop());
      expect(await reaches(shop().browser(), 'GET', '/checkout/confirm')).toBe(true);
      expect(await reaches(shop().browser(), 'POST', '/checkout/order', { cookie: 'session=1; theme=dark' })).toBe(
        true,
      );
      expect(await reaches(client, 'GET', '/checkout/cart')).toBe(true);
      expect(asked).toHaveBeenCalledTimes(0);
    });

    it('the session store is emptied: still blocked by the claim cookie, and the session is restored', async () => {
      const { client } = await shopping(shop());
      await shop().knex('browser_session').del();
      const before = client.cookies.get('connector.sid');
      expect(await reaches(client, 'GET', '/checkout/confirm')).toBe(false);
      expect(client.cookies.get('connector.sid')).not.toBe(before);
      client.cookies.delete('connector.claim');
      expect(await reaches(client, 'GET', '/checkout/confirm')).toBe(false);
      expect(await isActive(client)).toBe(true);
    });

    it('either cookie alone is enough to block', async () => {
      for (const lost of ['connector.sid', 'connector.claim']) {
        const { client } = await shopping(shop());
        client.cookies.delete(lost);
        expect(await reaches(client, 'GET', '/checkout/confirm')).toBe(false);
      }
    });

    it('a session past its time counts as none', async () => {
      const { client, transmissionId } = await shopping(shop());
      await shop()
        .knex('transmission')
        .where({ transmission_id: transmissionId })
        .update({ expires_at: new Date(Date.now() - 1000) });
      expect(await reaches(client, 'GET', '/checkout/confirm')).toBe(true);
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active' });
    });

    describe('fails closed', () => {
      it('503 if the database does not answer, for pages and API calls, never the shop', async () => {
        const { client } = await shopping(shop());
        connectionsOf(shop()).mockImplementation(() => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.1:5432')));
        for (const [headers, type] of [
          [NAVIGATION, 'text/html'],
          [JSON_WANTED, 'application/json'],
        ] as const) {
          const answer = await client.send('/checkout/confirm', { headers: { ...headers, ...SHOP } });
          expect([answer.status, answer.headers['retry-after'], answer.headers['content-type']]).toEqual([
            503,
            '5',
            expect.stringContaining(type),
          ]);
          expect(answer.text).not.toContain('ECONNREFUSED');
        }
        expect(await reaches(client, 'GET', '/checkout/cart')).toBe(true);
        const get = await client.get(`${SESSION}/get`, JSON_WANTED);
        expect([get.status, get.json().error.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
      });
    });
  },
);

/** Every access to the database goes through the pool. */
function connectionsOf(shop: RunningShop): jest.SpiedFunction<() => Promise<unknown>> {
  const client: { acquireConnection(): Promise<unknown> } = shop.knex.client;
  return jest.spyOn(client, 'acquireConnection');
}
