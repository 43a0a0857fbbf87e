import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { mintCustomerToken, newCustomerKey } from '../../../src/adapters/tokens.js';
import { shopping } from '../../support/call-ups.js';
import {
  accessToken,
  basic,
  CLIENT,
  contextCall,
  contextPath,
  putContext,
  tokenCall,
} from '../../support/context-calls.js';
import { describeShop } from '../../support/running-shop.js';

describeShop('session context: contexts and their rules', {}, (shop) => {
  it("Emporix's example: upsert creates, any id, version 1; the next change needs the version", async () => {
    const EXAMPLE_ID = randomUUID();
    const example = {
      sessionId: EXAMPLE_ID,
      siteCode: 'main',
      currency: 'EUR',
      cartId: '61079711ce0eb90861357045',
      targetLocation: 'DE',
    };
    const unknown = await putContext(shop(), EXAMPLE_ID, example);
    expect([unknown.status, unknown.json()]).toEqual([
      404,
      { sessionId: EXAMPLE_ID, code: 404, message: 'Session not found' },
    ]);
    const created = await putContext(shop(), EXAMPLE_ID, example, { upsert: 'true' });
    expect([created.status, created.text]).toEqual([204, '']);
    expect((await contextCall(shop(), contextPath(EXAMPLE_ID))).json()).toMatchObject({
      ...example,
      metadata: { version: 1 },
    });
    for (const metadata of [{}, { metadata: {} }, { metadata: { version: 0 } }, { metadata: { version: 2 } }]) {
      const stale = await putContext(shop(), EXAMPLE_ID, { currency: 'CHF', ...metadata }, { upsert: 'true' });
      expect([stale.status, stale.json()]).toEqual([
        409,
        { sessionId: EXAMPLE_ID, code: 409, message: 'metadata.version is 1.', metadata: { version: 1 } },
      ]);
    }
    expect((await putContext(shop(), EXAMPLE_ID, { targetLocation: 'CH', metadata: { version: 1 } })).status).toBe(204);
    expect((await contextCall(shop(), contextPath(EXAMPLE_ID))).json()).toMatchObject({
      ...example,
      targetLocation: 'CH',
      metadata: { version: 2 },
    });
  });

  it.each([
    [{ curency: 'EUR' }, 'curency is not known.'],
    [{ metadata: { revision: 1 } }, 'metadata.revision is not known.'],
    [{ sessionId: 'another' }, 'sessionId is not the one in the address.'],
    [{ currency: 'EURO' }, 'currency must match'],
    [{ currency: 'ABC' }, 'currency is no code of ISO 4217.'],
    [{ targetLocation: 'XX' }, 'targetLocation is no code of ISO 3166-1.'],
    [{ currency: null }, 'currency must be string'],
    [{ siteCode: 'nowhere' }, 'siteCode: There is no such site.'],
    [{ metadata: { version: '1' } }, 'metadata.version must be integer'],
    [[], 'The body must be object'],
    ['{', 'The body is not JSON in UTF-8.'],
  ])('refused with its path: %j', async (body, message) => {
    const answer = await putContext(shop(), randomUUID(), body, { upsert: 'true' });
    expect([answer.status, answer.json().message]).toEqual([400, expect.stringContaining(message)]);
  });

  it('a punchout has no context before its cart, and no customer', async () => {
    const { transmissionId } = await shopping(shop());
    expect((await contextCall(shop(), contextPath(transmissionId))).json()).not.toHaveProperty('customerId');
    expect(
      (await putContext(shop(), transmissionId, { cartId: 'other', metadata: { version: 1 } })).json(),
    ).toMatchObject({ code: 400, message: expect.stringContaining('cartId') });
  });

  it('tenants with the same sessionId stay separate; wrong scope 403, foreign token 401', async () => {
    const { tenants, oauthClients } = shop().connector.directory;
    await tenants.save({ tenantId: 'tenantb', name: 'B', settings: { frontendOrigins: [] } });
    const other = { id: 'b-client', secret: 'b-client-secret-0123' };
    expect(
      await oauthClients.save({
        tenantId: 'tenantb',
        clientId: other.id,
        name: 'B',
        scopes: ['sessioncontext.context_manage'],
        demo: false,
      }),
    ).toBe(true);
    expect(
      await oauthClients.save({ tenantId: 'tenantb', clientId: CLIENT.id, name: 'B', scopes: [], demo: false }),
    ).toBe(false);
    await oauthClients.addSecret('tenantb', other.id, other.secret);
    const token = await accessToken(shop(), other);
    const id = randomUUID();
    await putContext(shop(), id, { currency: 'CHF' }, { upsert: 'true' });
    expect((await contextCall(shop(), contextPath(id, 'tenantb'), { token })).status).toBe(404);
    expect(
      (await putContext(shop(), id, { currency: 'JPY' }, { upsert: 'true', token, tenant: 'tenantb' })).status,
    ).toBe(204);
    expect((await contextCall(shop(), contextPath(id))).json()).toMatchObject({
      currency: 'CHF',
      metadata: { version: 1 },
    });

    await oauthClients.save({ tenantId: 'demo', clientId: 'no-scope', name: 'x', scopes: [], demo: false });
    await oauthClients.addSecret('demo', 'no-scope', 'no-scope-secret-0123');
    const scopeless = await accessToken(shop(), { id: 'no-scope', secret: 'no-scope-secret-0123' });
    const good = await accessToken(shop());
    for (const [shown, status, error] of [
      [token, 401, 'invalid_token'],
      [`${good.slice(0, -4)}AAAA`, 401, 'invalid_token'],
      [undefined, 401, 'Bearer realm'],
      [scopeless, 403, 'insufficient_scope'],
    ] as const) {
      const answer = await contextCall(shop(), contextPath(id), { token: shown });
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([status, expect.stringContaining(error)]);
      expect(answer.json()).toEqual({ sessionId: id, code: status, message: expect.any(String) });
    }
    await oauthClients.revoke('tenantb', other.id);
    expect((await contextCall(shop(), contextPath(id, 'tenantb'), { token })).status).toBe(401);
  });

  it('saas-token: must belong to this tenant, and to the customer of the body and of the context', async () => {
    const { tenants } = shop().connector.directory;
    const { publicKey, privateKey } = await newCustomerKey('k1');
    const strange = await newCustomerKey('k1');
    const demo = await tenants.find('demo');
    if (demo === undefined) throw new Error('no tenant');
    await tenants.save({ ...demo, settings: { ...demo.settings, customerKeys: [publicKey] } });
    const id = randomUUID();
    const minted = (
      customerId: string,
      change: { tenantId?: string; seconds?: number } = {},
      key = privateKey,
    ): Promise<string> =>
      mintCustomerToken(key, { tenantId: 'demo', customerId, seconds: 60, sessionId: id, ...change });
    const call = (body: object, token?: string): ReturnType<typeof putContext> =>
      putContext(shop(), id, body, { upsert: 'true', headers: token === undefined ? {} : { 'saas-token': token } });
    const C1 = { customerId: 'C87362407845' };
    expect((await call(C1)).status).toBe(403);
    for (const bad of [
      'x',
      await minted(C1.customerId, { tenantId: 'other' }),
      await minted(C1.customerId, { seconds: -600 }),
      await minted(C1.customerId, {}, strange.privateKey),
    ])
      expect((await call(C1, bad)).status).toBe(401);
    expect((await call(C1, await minted('C2'))).status).toBe(403);
    expect((await call(C1, await minted(C1.customerId))).status).toBe(204);
    const v1 = { metadata: { version: 1 } };
    expect((await call({ currency: 'CHF', ...v1 }, await minted(C1.customerId))).status).toBe(403);
    expect((await call({ customerId: 'C2', ...v1 }, await minted('C2'))).status).toBe(403);
    expect((await call({ ...C1, currency: 'CHF', ...v1 }, await minted(C1.customerId))).status).toBe(204);
    const own = '/session-context/demo/me/context';
    expect((await contextCall(shop(), own, { token: await minted(C1.customerId) })).json()).toMatchObject({
      sessionId: id,
      ...C1,
      currency: 'CHF',
    });
    expect((await contextCall(shop(), own, { token: await minted('C2') })).status).toBe(403);
  });

  it('RFC 6749: Basic and form, error codes, no-store', async () => {
    const form = { grant_type: 'client_credentials' };
    const good = await tokenCall(shop(), form, basic());
    expect([good.status, good.headers['cache-control'], good.json()]).toEqual([
      200,
      'no-store',
      {
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 3600,
        scope: 'sessioncontext.context_manage',
      },
    ]);
    const inForm = { client_id: CLIENT.id, client_secret: CLIENT.secret };
    for (const [answer, status, error] of [
      [await tokenCall(shop(), form), 401, 'invalid_client'],
      [await tokenCall(shop(), form, basic(CLIENT.id, 'wrong')), 401, 'invalid_client'],
      [await tokenCall(shop(), { ...form, ...inForm }, basic()), 400, 'invalid_request'],
      [await tokenCall(shop(), inForm), 400, 'invalid_request'],
      [await tokenCall(shop(), { ...inForm, grant_type: 'password' }), 400, 'unsupported_grant_type'],
      [await tokenCall(shop(), { ...inForm, ...form, scope: 'cart.cart_manage' }), 400, 'invalid_scope'],
      [
        await tokenCall(shop(), 'grant_type=client_credentials&grant_type=client_credentials', basic()),
        400,
        'invalid_request',
      ],
      [await tokenCall(shop(), '{}', { ...basic(), 'content-type': 'application/json' }), 400, 'invalid_request'],
    ] as const) {
      expect([answer.status, answer.json().error, answer.headers['cache-control']]).toEqual([
        status,
        error,
        'no-store',
      ]);
      expect(answer.headers['www-authenticate'] !== undefined).toBe(status === 401);
    }
  });
});
