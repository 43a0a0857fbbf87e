import { beforeEach, expect, it } from '@jest/globals';
import { callUp, put, SESSION, shopping } from '../../support/call-ups.js';
import { DEMO } from '../../../src/demo/seed-demo.js';
import { describeShop } from '../../support/running-shop.js';
import type { Answer, WebClient } from '../../support/web-client.js';

const FRONTEND = 'https://www.shop.example';
const FOREIGN = 'https://other.example';

/**
 * Headers that a browser sends for `fetch(url, { credentials: 'include', headers: { accept: 'application/json' } })`
 * from another origin.
 */
const fetched = (origin: string): Record<string, string> => ({
  origin,
  accept: 'application/json',
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'cors',
  'sec-fetch-dest': 'empty',
});

describeShop('frontends on another origin (architecture.md decision 1)', {}, (shop) => {
  beforeEach(async () => {
    const { tenants } = shop().connector.directory;
    await tenants.save({ tenantId: DEMO.tenantId, name: 'Demo shop', settings: { frontendOrigins: [FRONTEND] } });
    await tenants.save({ tenantId: 'othershop', name: 'Other', settings: { frontendOrigins: [FOREIGN] } });
  });

  const corsOf = ({ headers }: Answer): [origin: unknown, credentials: unknown] => [
    headers['access-control-allow-origin'],
    headers['access-control-allow-credentials'],
  ];
  const preflight = (client: WebClient, origin: string): Promise<Answer> =>
    client.send(`${SESSION}/logout?transferred=1`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'accept, content-type',
      },
    });

  it('a listed one may send credentials, and the answer names its origin', async () => {
    const answer = await preflight(shop().browser(), FRONTEND);
    expect([answer.status, answer.text, ...corsOf(answer)]).toEqual([204, '', FRONTEND, 'true']);
    expect(answer.headers).toMatchObject({
      'access-control-allow-methods': expect.stringContaining('POST'),
      'access-control-allow-headers': 'accept, content-type',
      vary: expect.stringContaining('Origin'),
    });
  });

  it.each([
    'https://evil.example',
    'null',
    `${FRONTEND}.evil.example`,
    FRONTEND.toUpperCase(),
    'http://www.shop.example',
  ])('%s may not', async (origin) => {
    const { client } = await shopping(shop());
    const asked = await preflight(shop().browser(), origin);
    expect([asked.status, ...corsOf(asked)]).toEqual([405, undefined, undefined]);
    const read = await client.send(`${SESSION}/get`, { headers: fetched(origin) });
    expect(corsOf(read)).toEqual([undefined, undefined]);
    expect(read.headers['vary']).toContain('Origin');
  });

  it("another tenant's frontend sees nothing of this session and changes nothing", async () => {
    const { client } = await shopping(shop());
    expect(corsOf(await preflight(shop().browser(), FOREIGN))).toEqual([FOREIGN, 'true']);
    const read = await client.send(`${SESSION}/get`, { headers: fetched(FOREIGN) });
    expect(corsOf(read)).toEqual([undefined, undefined]);
    await client.send(`${SESSION}/logout?transferred=1`, { method: 'POST', headers: fetched(FOREIGN) });
    expect((await client.send(`${SESSION}/get`, { headers: fetched(FRONTEND) })).json()).toMatchObject({
      active: true,
    });
  });

  it('a whole punchout in JSON: login, status, guard, transfer', async () => {
    const client = shop().browser();
    const startUrl = await callUp(shop());
    const login = await client.send(startUrl, {
      method: 'POST',
      headers: { ...fetched(FRONTEND), 'content-type': 'application/json' },
      body: '{}',
    });
    expect([login.status, login.json().active, ...corsOf(login)]).toEqual([200, true, FRONTEND, 'true']);
    const status = await client.send(`${SESSION}/get`, { headers: fetched(FRONTEND) });
    expect([status.json().active, ...corsOf(status)]).toEqual([true, FRONTEND, 'true']);
    await put(client, 'SKU-001', 2);
    const transfer = await client.send(`${SESSION}/logout?transferred=1`, {
      method: 'POST',
      headers: fetched(FRONTEND),
    });
    expect([transfer.status, ...corsOf(transfer)]).toEqual([200, FRONTEND, 'true']);
    expect(transfer.json()).toMatchObject({
      method: 'post',
      action: expect.stringMatching(/^https:/),
      fields: [{ name: expect.any(String), value: expect.any(String) }],
    });
    const refused = await client.send(`${SESSION}/nowhere`, { headers: fetched(FRONTEND) });
    expect([refused.status, refused.json().error.code, ...corsOf(refused)]).toEqual([
      404,
      'NOT_FOUND',
      FRONTEND,
      'true',
    ]);
  });

  it('"end that session and continue" counts as the buyer\'s request', async () => {
    const { client, transmissionId } = await shopping(shop());
    const other = await callUp(shop());
    const conflict = await client.send(other, { method: 'POST', headers: fetched(FRONTEND) });
    expect([conflict.status, conflict.json().error.code]).toEqual([409, 'SESSION_ACTIVE']);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(
      (
        await client.send(other, {
          method: 'POST',
          headers: { ...fetched('https://evil.example'), ...form },
          body: 'end_current=1',
        })
      ).status,
    ).toBe(409);
    const ended = await client.send(other, {
      method: 'POST',
      headers: { ...fetched(FRONTEND), ...form },
      body: 'end_current=1',
    });
    expect(ended.status).toBe(200);
    expect(ended.json().transmissionId).not.toBe(transmissionId);
  });

  it("may read the route guard's reason", async () => {
    const { client } = await shopping(shop());
    const refused = await client.send('/checkout/order', { method: 'POST', headers: fetched(FRONTEND) });
    expect([refused.status, refused.json().error.code, ...corsOf(refused)]).toEqual([
      403,
      'ROUTE_BLOCKED',
      FRONTEND,
      'true',
    ]);
    const foreign = await client.send('/checkout/order', { method: 'POST', headers: fetched(FOREIGN) });
    expect([foreign.status, ...corsOf(foreign)]).toEqual([403, undefined, undefined]);
  });

  it("the guard's decision is available as JSON", async () => {
    const { client } = await shopping(shop());
    const decide = async (by: WebClient, query: string): Promise<unknown> =>
      (await by.send(`${SESSION}/guard?${query}`, { headers: fetched(FRONTEND) })).json();
    const blocked = {
      active: true,
      blocked: true,
      code: 'ROUTE_BLOCKED',
      message: expect.any(String),
      cart: `${shop().prefix}/checkout/cart`,
    };
    for (const query of [
      'path=/checkout/confirm',
      'path=/de/account/',
      'path=%2Fcheckout%2F%2563onfirm',
      'route=frontend.account.home.page',
      'path=/&route=frontend.checkout.finish.order',
    ])
      expect(await decide(client, query)).toEqual(blocked);
    for (const query of ['path=/checkout/cart', 'route=frontend.home.page'])
      expect(await decide(client, query)).toEqual({ active: true, blocked: false });
    expect(await decide(shop().browser(), 'path=/checkout/confirm')).toEqual({ active: false, blocked: false });
    expect((await client.send(`${SESSION}/guard`, { headers: fetched(FRONTEND) })).status).toBe(400);
  });
});
