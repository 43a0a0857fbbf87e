import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { describeOnServer } from '../../contracts/databases.js';
import { createMigratedDatabase } from '../../support/server-database.js';
import { SESSION, callUp, isActive, put, rowOf, shopping } from '../../support/call-ups.js';
import { type DatabaseSwitch, databaseSwitch } from '../../support/database-switch.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { JSON_WANTED, NAVIGATION, type WebClient } from '../../support/web-client.js';

const LOGOUT = `${SESSION}/logout`;
const TRANSFER = `${LOGOUT}?transferred=1`;
const OWN_PAGE = { ...NAVIGATION, 'sec-fetch-site': 'same-origin' };

describeOnServer.each<[string, 'readOnly' | 'full']>([
  ['read-only', 'readOnly'],
  ['full', 'full'],
])('leaving while the database is %s', (_, fault) => {
  const at: {
    shop?: RunningShop;
    server?: Awaited<ReturnType<typeof createMigratedDatabase>>;
    database?: DatabaseSwitch;
  } = {};
  const shop = (): RunningShop => {
    if (at.shop === undefined) throw new Error('the shop did not start');
    return at.shop;
  };
  const events: string[] = [];
  beforeAll(async () => {
    at.server = await createMigratedDatabase();
    at.shop = await startShop({ url: at.server.url }, '');
    at.database = await databaseSwitch(at.server.url, at.shop.knex);
    at.shop.connector.on('logout', ({ transmission }) => void events.push(transmission.transmissionId));
  }, 60_000);
  afterEach(async () => {
    await at.database?.writable();
    await until(
      () =>
        shop()
          .connector.health[0]?.check()
          .then(
            () => true,
            () => false,
          ) ?? Promise.resolve(true),
    );
  });
  afterAll(async () => {
    await at.shop?.close();
    await at.database?.close();
    await at.server?.drop();
  });

  async function shoppingThen(): Promise<{ client: WebClient; stolen: WebClient; transmissionId: string }> {
    const { client, transmissionId } = await shopping(shop());
    await put(client, 'SKU-001', 2);
    const stolen = shop().browser();
    for (const [name, value] of client.cookies) stolen.cookies.set(name, value);
    await at.database?.[fault]();
    return { client, stolen, transmissionId };
  }

  it('the buyer leaves: status "closing", the cookies are deleted, and copied cookies open no session', async () => {
    const { client, stolen, transmissionId } = await shoppingThen();
    const answer = await client.send(LOGOUT, { method: 'POST', headers: JSON_WANTED });
    expect([answer.status, answer.json()]).toEqual([200, { active: false, transmissionId, status: 'closing' }]);
    expect([client.cookies.size, await isActive(client), await isActive(stolen)]).toEqual([0, false, false]);
    expect((await stolen.send(TRANSFER, { method: 'POST', headers: JSON_WANTED })).json()).toEqual({ active: false });
    expect((await put(stolen, 'SKU-001', 1)).status).toBe(409);
    expect((await stolen.send(LOGOUT, { method: 'POST', headers: JSON_WANTED })).json()).toEqual({
      active: false,
      transmissionId,
      status: 'closing',
    });
    expect([await rowOf(shop(), transmissionId), events.includes(transmissionId)]).toEqual([
      expect.objectContaining({ status: 'active' }),
      false,
    ]);
  });

  it('when the database accepts writes the session is closed and its cart is cleared', async () => {
    const { client, transmissionId } = await shoppingThen();
    await client.send(LOGOUT, { method: 'POST', headers: JSON_WANTED });
    await at.database?.writable();
    await until(async () => (await rowOf(shop(), transmissionId))['status'] === 'closed');
    expect(
      await shop()
        .knex('job')
        .where({ kind: 'clear-cart' })
        .whereRaw(`input::text like '%' || ? || '%'`, [transmissionId]),
    ).toHaveLength(1);
    expect(
      await shop().knex('audit').where({ transmission_id: transmissionId, event: 'logout' }).select('actor'),
    ).toEqual([{ actor: 'buyer' }]);
    await until(() => Promise.resolve(events.filter((id) => id === transmissionId).length === 1));
  });

  it('a person gets the page; a redirect leads home', async () => {
    const { client } = await shoppingThen();
    const page = await client.send(LOGOUT, { headers: OWN_PAGE });
    expect([page.status, page.text, client.cookies.size]).toEqual([
      200,
      expect.stringContaining('Ihre Sitzung ist beendet'),
      0,
    ]);
    await at.database?.writable();
    const other = await shoppingThen();
    const redirect = await other.client.send(`${LOGOUT}/redirect`, { headers: OWN_PAGE });
    expect([redirect.status, redirect.location, other.client.cookies.size]).toEqual([303, `${shop().url}/`, 0]);
  });

  it('a transfer reports that it did not happen, and can be repeated when the database accepts writes', async () => {
    const { client, transmissionId } = await shoppingThen();
    for (const address of [TRANSFER, `${TRANSFER}&unchanged=1`]) {
      const json = await client.send(address, { method: 'POST', headers: JSON_WANTED });
      expect([json.status, json.json().error.code, json.headers['retry-after']]).toEqual([
        503,
        'SERVICE_UNAVAILABLE',
        '5',
      ]);
      const page = await client.send(address, { method: 'POST', headers: OWN_PAGE });
      expect([page.status, page.text.includes('<form')]).toEqual([503, false]);
    }
    expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'active' });
    await at.database?.writable();
    await until(async () => (await client.send(TRANSFER, { method: 'POST', headers: JSON_WANTED })).status === 200);
    expect(await rowOf(shop(), transmissionId)).toMatchObject({ status: 'transferred' });
  });

  it('P15: the buyer can still browse, and a transferred cart is shown again', async () => {
    const { client } = await shopping(shop());
    await put(client, 'SKU-001', 1);
    const looking = await shopping(shop());
    const sent = await client.send(TRANSFER, { method: 'POST', headers: JSON_WANTED });
    await at.database?.[fault]();
    const again = await client.send(TRANSFER, { method: 'POST', headers: JSON_WANTED });
    expect([again.status, again.json()]).toEqual([200, sent.json()]);
    // A logout of an ended session is not a second end.
    expect((await client.send(LOGOUT, { method: 'POST', headers: JSON_WANTED })).json()).toMatchObject({
      active: false,
      status: 'transferred',
    });
    expect(client.cookies.size).toBeGreaterThan(0);
    for (let request = 0; request < 3; request += 1) expect(await isActive(looking.client)).toBe(true);
    expect((await looking.client.get('/checkout/cart', OWN_PAGE)).status).toBe(200);
    expect((await put(looking.client, 'SKU-001', 1)).status).toBe(503);
  });

  it('a login answers "not now"; the link is not used up', async () => {
    const startUrl = await callUp(shop());
    await at.database?.[fault]();
    const client = shop().browser();
    expect((await client.get(startUrl, JSON_WANTED)).status).toBe(503);
    await at.database?.writable();
    await until(async () => (await client.get(startUrl, JSON_WANTED)).status === 200);
  });
});
