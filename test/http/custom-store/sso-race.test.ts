import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { digestOf } from '../../../src/domain/digest.js';
import { describeOnServer } from '../../contracts/databases.js';
import { createMigratedDatabase } from '../../support/server-database.js';
import { API_KEY, cloneBody, postClone, ssoUrl, transmissionOf } from '../../support/clone-calls.js';
import { isActive, rowOf } from '../../support/call-ups.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { JSON_WANTED } from '../../support/web-client.js';

describeOnServer('Custom store integration on a PostgreSQL server', () => {
  const running: { shop?: RunningShop; server?: Awaited<ReturnType<typeof createMigratedDatabase>> } = {};
  const shop = (): RunningShop => {
    if (running.shop === undefined) throw new Error('the shop did not start');
    return running.shop;
  };
  beforeAll(async () => {
    running.server = await createMigratedDatabase();
    running.shop = await startShop({ url: running.server.url }, '');
  }, 60_000);
  afterAll(async () => {
    await running.shop?.close();
    await running.server?.drop();
  });

  it('T01: of 20 browsers with one link one logs in; 19 are refused and audited; the session continues', async () => {
    for (let round = 0; round < 3; round += 1) {
      const url = await ssoUrl(shop());
      const clients = Array.from({ length: 20 }, () => shop().browser());
      const statuses = await Promise.all(clients.map(async (client) => (await client.get(url, JSON_WANTED)).status));
      expect(statuses.toSorted((a, b) => a - b)).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
      const transmissionId = transmissionOf(url);
      expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active', epoch: 1 });
      expect(
        await shop().knex('audit').where({ transmission_id: transmissionId, event: 'login_refused' }),
      ).toHaveLength(19);
      const winner = clients[statuses.indexOf(200)];
      expect(winner === undefined ? false : await isActive(winner)).toBe(true);
    }
  });

  it('20 parallel clone calls create 20 accounts, one each', async () => {
    await shop().knex('demo_customer').delete();
    const answers = await Promise.all(Array.from({ length: 20 }, () => postClone(shop(), cloneBody())));
    const ids = answers.map((answer) => `punchout-${transmissionOf(answer.json().sso_url)}`);
    expect(new Set(ids).size).toBe(20);
    expect(
      (await shop().knex('demo_customer').select('customer_id')).map(({ customer_id: id }) => String(id)).toSorted(),
    ).toEqual(ids.toSorted());
  });

  it('a category gets one number, however many requests come first', async () => {
    await shop().knex('category_number').delete();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => shop().browser().get(`/api/punchout/categories?api_key=${API_KEY}`)),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await shop().knex('category_number')).toHaveLength(8);
  });

  it('a key that two tenants add at the same time opens nothing', async () => {
    const { middlewareKeys } = shop().connector.directory;
    for (const tenantId of ['tenantone', 'tenanttwo'])
      await shop().onboardMiddleware({
        tenantId,
        connectionId: 'mine',
        apiKey: `${tenantId}-own-key-of-16`,
        repost: {},
      });
    await Promise.all(
      ['tenantone', 'tenanttwo'].map((tenantId) => middlewareKeys.add(tenantId, 'mine', 'one-and-the-same-key')),
    );
    const owners = new Set(
      (await middlewareKeys.findConnections(digestOf('one-and-the-same-key'))).map(({ tenantId }) => tenantId),
    );
    expect(owners.size).toBeLessThanOrEqual(1);
  });
});
