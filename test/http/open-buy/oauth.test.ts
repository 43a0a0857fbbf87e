import { beforeAll, expect, it } from '@jest/globals';
import { accessToken, basic, tokenCall } from '../../support/context-calls.js';
import { describeShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { askAdmin } from '../admin/admin-calls.js';
import { openBuy } from './open-buy-calls.js';

describeShop('Open Buy by OAuth client credentials', {}, (shop) => {
  const client = { id: 'coupa-open-buy', secret: 'a-secret-of-coupa-for-open-buy' };
  const search = (token: string) => openBuy(shop(), 'search', { query: 'SKU-001' }, token);
  const addClient = (body: object) => askAdmin(shop(), 'adminAddClient', { body: { name: 'Coupa', ...body } });
  const switchTo = (disabled: boolean) =>
    askAdmin(shop(), 'adminChangeConnection', {
      params: { connection: 'company-cxml' },
      body: { disabled },
      headers: { 'if-match': '*' },
    });

  beforeAll(async () => {
    const wish = { client_id: client.id, secret: client.secret, scopes: ['open-buy'], connection: 'company-cxml' };
    const made = await addClient(wish);
    expect([made.status, made.json().data]).toEqual([
      201,
      expect.objectContaining({ scopes: ['open-buy'], connection: 'company-cxml', secret: null }),
    ]);
  });

  it('an access token does what a token of the authentication action does', async () => {
    const given = await tokenCall(
      shop(),
      { grant_type: 'client_credentials', scope: 'open-buy' },
      basic(client.id, client.secret),
    );
    expect(given.json()).toMatchObject({ token_type: 'Bearer', scope: 'open-buy', expires_in: 3600 });
    const token = given.json().access_token;
    const found = await search(token);
    expect([found.status, found.json().results]).toMatchObject([200, [{ source_part_num: 'SKU-001' }]]);
    const item = { source_part_num: 'SKU-001', quantity: 1 };
    for (const action of ['detail', 'checkout']) expect((await openBuy(shop(), action, item, token)).status).toBe(200);
  });

  it('has the prices of the customer of the connection, since it names no person', async () => {
    const settle = (store: object) =>
      askAdmin(shop(), 'adminChangeConnection', {
        params: { connection: 'company-cxml' },
        body: { settings: { store } },
        headers: { 'if-match': '*' },
      });
    await settle({ customer: { number: '10042' } });
    expect((await search(await accessToken(shop(), client))).json().results[0].unit_price).toBe('474.99');
    await settle({ customer: null });
  });

  it('a token of another scope is refused, and this one opens no session context', async () => {
    expect((await search(await accessToken(shop()))).status).toBe(401);
    const wide = await tokenCall(
      shop(),
      { grant_type: 'client_credentials', scope: 'sessioncontext.context_manage' },
      basic(client.id, client.secret),
    );
    expect([wide.status, wide.json().error]).toEqual([400, 'invalid_scope']);
    const context = await shop()
      .browser()
      .get('/session-context/demo/context/x', { authorization: `Bearer ${await accessToken(shop(), client)}` });
    expect(context.status).toBe(403);
    const sessions = await shop()
      .browser()
      .get('/v1/punchout/sessions', { authorization: `Bearer ${await accessToken(shop(), client)}` });
    expect(sessions.status).toBe(401);
  });

  it('a client for Open Buy is of one connection of the tenant and for nothing else', async () => {
    const cases: [wish: object, field: string][] = [
      [{ scopes: ['open-buy'] }, 'connection'],
      [{ connection: 'company-cxml' }, 'connection'],
      [{ scopes: ['open-buy'], connection: 'no-such' }, 'connection'],
      [{ scopes: ['open-buy', 'sessioncontext.context_manage'], connection: 'company-cxml' }, 'scopes'],
    ];
    for (const [wish, field] of cases) {
      const refused = await addClient({ client_id: 'other-client', ...wish });
      expect([refused.status, refused.json().error.details.field]).toEqual([400, field]);
    }
  });

  it('ends with the connection, with the client, and not before', async () => {
    const wish = { client_id: 'short-lived', secret: client.secret, scopes: ['open-buy'], connection: 'company-cxml' };
    await addClient(wish);
    const [token, other] = [
      await accessToken(shop(), { id: 'short-lived', secret: client.secret }),
      await accessToken(shop(), client),
    ];
    await switchTo(true);
    await until(async () => (await search(token)).status === 401);
    await switchTo(false);
    await until(async () => (await search(token)).status === 200);
    await askAdmin(shop(), 'adminRevokeClient', { params: { client: 'short-lived' } });
    expect([(await search(token)).status, (await search(other)).status]).toEqual([401, 200]);
  });

  it('a client goes with its connection, so that a new one of that name is not opened by it', async () => {
    const { knex } = shop();
    const add = () =>
      askAdmin(shop(), 'adminCreateConnection', {
        body: {
          connection_id: 'for-a-day',
          name: 'For a day',
          protocol: 'cxml',
          settings: { returnOrigins: ['https://erp.example.com'] },
        },
      });
    expect((await add()).status).toBe(201);
    await addClient({ client_id: 'for-a-day', secret: client.secret, scopes: ['open-buy'], connection: 'for-a-day' });
    const token = await accessToken(shop(), { id: 'for-a-day', secret: client.secret });
    expect((await search(token)).status).toBe(200);
    await askAdmin(shop(), 'adminRemoveConnection', {
      params: { connection: 'for-a-day' },
      headers: { 'if-match': '*' },
    });
    expect((await add()).status).toBe(201);
    expect((await search(token)).status).toBe(401);
    expect(await knex('oauth_client').where({ client_id: 'for-a-day' })).toEqual([]);
  });

  it('is logged without the token', async () => {
    const token = await accessToken(shop(), client);
    const answer = await search(token);
    const rows = () => shop().knex('message_log').where({ reference: answer.headers['x-request-id'] });
    await until(async () => (await rows()).length === 2);
    expect(JSON.stringify(await rows())).not.toContain(token);
  });
});
