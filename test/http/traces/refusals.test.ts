import { beforeAll, expect, it } from '@jest/globals';
import { DEMO } from '../../../src/demo/seed-demo.js';
import { INSTALLATION } from '../../../src/ports/transmission/message-log.js';
import { RETURN_URL, SESSION, callUp, idOf, postXml, setupXml, shopping } from '../../support/call-ups.js';
import { cloneBody, postClone } from '../../support/clone-calls.js';
import { contextCall, contextPath, EXAMPLE_ID, tokenCall } from '../../support/context-calls.js';
import { describeMounted, type RunningShop } from '../../support/running-shop.js';
import { type Answer, HTML, JSON_WANTED, NAVIGATION, NO_SEC_FETCH } from '../../support/web-client.js';
import { signed } from '../connect/signed-calls.js';
import { openBuy } from '../open-buy/open-buy-calls.js';
import { DEMO_KEY, ask } from '../gateway/api/api-calls.js';

/** Refused by the tenant's own data, or by a caller that nobody knows. */
type Owner = 'tenant' | 'nobody';

interface Case {
  name: string;
  act: (shop: RunningShop) => Promise<Answer>;
  owner: Owner;
  kind: string;
  code: string;
  reason?: RegExp;
  connection?: string;
  /** The row belongs to a session. */
  session?: true;
}

const oci = (shop: RunningShop, fields: Record<string, string>): Promise<Answer> =>
  shop.browser().post(
    '/v1/punchout/oci/setup',
    {
      USERNAME: 'buyer@company.com',
      PASSWORD: 'SecretPassword123',
      HOOK_URL: 'https://erp.company.com/oci',
      ...fields,
    },
    HTML,
  );

const CASES: Case[] = [
  {
    name: 'cXML: From is unknown',
    act: (shop) => postXml(shop.browser(), setupXml({ identity: 'nobody@nowhere.example' })),
    owner: 'nobody',
    kind: 'PunchOutSetupRequest',
    code: 'INVALID_CREDENTIALS',
    reason: /^From: no connection has the credential NetworkId "nobody@nowhere\.example"$/,
  },
  {
    name: 'cXML: To does not match',
    act: (shop) => postXml(shop.browser(), setupXml({ to: '999999999' })),
    owner: 'tenant',
    kind: 'PunchOutSetupRequest',
    code: 'INVALID_CREDENTIALS',
    reason: /^To: DUNS "999999999" is not what the connection expects \(cxml\.to\)$/,
    connection: 'company-cxml',
  },
  {
    name: 'cXML: the secret is wrong',
    act: (shop) => postXml(shop.browser(), setupXml({ secret: 'WRONG' })),
    owner: 'tenant',
    kind: 'PunchOutSetupRequest',
    code: 'INVALID_CREDENTIALS',
    reason: /^Sender: the SharedSecret is wrong$/,
    connection: 'company-cxml',
  },
  {
    name: 'cXML: broken XML',
    act: (shop) => postXml(shop.browser(), '<cXML payloadID="x"><Header>'),
    owner: 'nobody',
    kind: 'cXML',
    code: 'INVALID_XML',
  },
  {
    name: 'cXML: another return URL, with the list',
    act: (shop) => postXml(shop.browser(), setupXml({ returnUrl: 'https://evil.example/x?secret=1' })),
    owner: 'tenant',
    kind: 'PunchOutSetupRequest',
    code: 'RETURN_URL_REFUSED',
    reason:
      /Seen: "https:\/\/evil\.example\/x\?secret=\.\.\."\. Allowed \(returnOrigins\): https:\/\/erp\.company\.com/,
    connection: 'company-cxml',
  },
  {
    name: 'cXML: another client address, with the list',
    act: (shop) => postXml(shop.browser(), setupXml({ identity: 'fenced' })),
    owner: 'tenant',
    kind: 'PunchOutSetupRequest',
    code: 'ADDRESS_NOT_ALLOWED',
    reason: /^Seen: (?:::ffff:)?127\.0\.0\.1\. Allowed \(allowedAddresses\): 203\.0\.113\.0\/24\.$/,
    connection: 'fenced',
  },
  {
    name: 'OCI: the password is wrong',
    act: (shop) => oci(shop, { PASSWORD: 'WRONG' }),
    owner: 'tenant',
    kind: 'OCI call-up',
    code: 'INVALID_CREDENTIALS',
    reason: /^The password is wrong$/,
    connection: 'company-oci',
  },
  {
    name: 'a JSON call-up with a wrong key',
    act: (shop) =>
      shop.browser().send('/v1/punchout/setup', {
        method: 'POST',
        headers: { authorization: 'Bearer WRONG', 'content-type': 'application/json' },
        body: '{}',
      }),
    owner: 'nobody',
    kind: 'JSON call-up',
    code: 'INVALID_CREDENTIALS',
    reason: /^The API key is not known/,
  },
  {
    name: 'an API call with a wrong key',
    act: (shop) => shop.browser().get('/v1/punchout/sessions', { authorization: 'Bearer WRONG' }),
    owner: 'nobody',
    kind: 'API call',
    code: 'INVALID_CREDENTIALS',
    reason: /^The API key is not known/,
  },
  {
    name: 'an index fetched with a wrong key',
    act: (shop) => shop.browser().get('/v1/punchout/indexes/company-cxml/cif', { authorization: 'Bearer WRONG' }),
    owner: 'nobody',
    kind: 'Index',
    code: 'INVALID_CREDENTIALS',
    reason: /^The API key is not known/,
  },
  {
    name: 'an API call without a key',
    act: (shop) => shop.browser().get('/v1/punchout/sessions'),
    owner: 'nobody',
    kind: 'API call',
    code: 'INVALID_CREDENTIALS',
    reason: /^There is no API key/,
  },
  {
    name: 'an API call about an unknown session, with a right key',
    act: (shop) => shop.browser().get('/v1/punchout/sessions/unknown', { authorization: `Bearer ${DEMO_KEY}` }),
    owner: 'tenant',
    kind: 'API call',
    code: 'TRANSMISSION_NOT_FOUND',
  },
  {
    name: 'an address of the API that does not exist',
    act: (shop) => shop.browser().get('/v1/punchout/nothing'),
    owner: 'nobody',
    kind: 'API call',
    code: 'NOT_FOUND',
  },
  {
    name: 'a transfer without a key or session',
    act: (shop) => shop.browser().post('/v1/punchout/transfer', '<cXML/>', { 'content-type': 'text/xml' }),
    owner: 'nobody',
    kind: 'Transfer',
    code: 'INVALID_CREDENTIALS',
  },
  {
    name: 'a login with a wrong token',
    act: async (shop) => shop.browser().get(`${SESSION}/login/${idOf(await callUp(shop))}?token=WRONG`, JSON_WANTED),
    owner: 'tenant',
    kind: 'Login',
    code: 'START_TOKEN_INVALID',
    connection: 'company-cxml',
    session: true,
  },
  {
    name: 'a login of an unknown session',
    act: (shop) => shop.browser().get(`${SESSION}/login/demo_${'x'.repeat(26)}?token=WRONG`, JSON_WANTED),
    owner: 'tenant',
    kind: 'Login',
    code: 'TRANSMISSION_NOT_FOUND',
  },
  {
    name: 'a login by /sso with a malformed token',
    act: (shop) => shop.browser().get('/sso?token=WRONG', JSON_WANTED),
    owner: 'nobody',
    kind: 'Login',
    code: 'START_TOKEN_INVALID',
  },
  {
    name: 'a browser that keeps no cookies',
    async act(shop) {
      const client = shop.browser();
      const probed = await client.get(await callUp(shop), NAVIGATION);
      client.cookies.clear();
      return client.get(probed.location, NAVIGATION);
    },
    owner: 'tenant',
    kind: 'Login',
    code: 'COOKIES_REFUSED',
    connection: 'company-cxml',
    session: true,
  },
  {
    name: 'a second session in the same browser',
    async act(shop) {
      const { client } = await shopping(shop);
      return client.get(await callUp(shop), HTML);
    },
    owner: 'tenant',
    kind: 'Login',
    code: 'SESSION_ACTIVE',
    connection: 'company-cxml',
    session: true,
  },
  {
    name: 'a transfer of an empty cart',
    async act(shop) {
      const { client } = await shopping(shop, { operation: 'edit', items: [{ sku: 'SKU-001', quantity: '2' }] });
      const [line] = (await client.get('/checkout/cart.json', JSON_WANTED)).json().lines;
      await client.post('/checkout/line-item/delete', JSON.stringify({ line_id: line.line_id }), {
        'content-type': 'application/json',
        ...JSON_WANTED,
      });
      return client.get(`${SESSION}/logout?transferred=1`, JSON_WANTED);
    },
    owner: 'tenant',
    kind: 'Logout',
    code: 'CART_EMPTY',
    connection: 'company-cxml',
    session: true,
  },
  {
    name: 'a malformed logout',
    act: (shop) => shop.browser().get(`${SESSION}/logout?transferred=maybe`, JSON_WANTED),
    owner: 'nobody',
    kind: 'Logout',
    code: 'INVALID_REQUEST',
  },
  {
    name: 'the checkout during a punchout',
    act: async (shop) => (await shopping(shop)).client.get('/checkout/confirm', JSON_WANTED),
    owner: 'tenant',
    kind: 'Blocked page',
    code: 'ROUTE_BLOCKED',
    connection: 'company-cxml',
    session: true,
  },
  {
    name: 'a clone request with a wrong key',
    act: (shop) => postClone(shop, cloneBody({ api_key: 'WRONG' })),
    owner: 'nobody',
    kind: 'Clone request',
    code: 'INVALID_CREDENTIALS',
    reason: /^The api_key is not known/,
  },
  {
    name: 'an authentication of Open Buy with a wrong key',
    act: (shop) => openBuy(shop, 'authentication', { credentials: 'WRONG' }),
    owner: 'nobody',
    kind: 'Open Buy authentication',
    code: 'INVALID_CREDENTIALS',
    reason: /^The API key is not known/,
  },
  {
    name: 'a search of Open Buy without a token',
    act: (shop) => openBuy(shop, 'search', { query: 'x' }),
    owner: 'nobody',
    kind: 'Open Buy search',
    code: 'INVALID_CREDENTIALS',
    reason: /^There is no token/,
  },
  {
    name: 'an address of Open Buy that does not exist',
    act: (shop) => openBuy(shop, 'nothing', {}),
    owner: 'nobody',
    kind: 'Open Buy call',
    code: 'NOT_FOUND',
  },
  {
    name: 'categories with a wrong key',
    act: (shop) => shop.browser().get('/api/punchout/categories?api_key=WRONG'),
    owner: 'nobody',
    kind: 'Middleware call',
    code: 'INVALID_CREDENTIALS',
  },
  {
    name: 'an access token for an unknown client',
    act: (shop) => tokenCall(shop, { grant_type: 'client_credentials', client_id: 'x', client_secret: 'WRONG' }),
    owner: 'nobody',
    kind: 'Access token',
    code: 'INVALID_CREDENTIALS',
    reason: /^No OAuth client has the client_id "x"$/,
  },
  {
    name: 'an access token with a wrong secret',
    act: (shop) =>
      tokenCall(shop, { grant_type: 'client_credentials', client_id: 'demo-client', client_secret: 'WRONG' }),
    owner: 'tenant',
    kind: 'Access token',
    code: 'INVALID_CREDENTIALS',
    reason: /^The client_secret of "demo-client" is wrong$/,
  },
  {
    name: 'a session context with a wrong token',
    act: (shop) => contextCall(shop, contextPath(EXAMPLE_ID), { token: 'WRONG' }),
    owner: 'tenant',
    kind: 'Session context',
    code: 'INVALID_CREDENTIALS',
    reason: /^The access token is not valid or has expired$/,
  },
  {
    name: 'a call with a wrong signature of a known shop',
    act: (shop) => signed(shop.browser(), '/sdk/ping', '{}', { key: 'WRONG' }),
    owner: 'tenant',
    kind: 'Order call',
    code: 'INVALID_CREDENTIALS',
    reason: /^The shop 1 has no key that made this signature/,
  },
  {
    name: 'a call of an unknown shop',
    act: (shop) => signed(shop.browser(), '/sdk/ping', '{}', { shop: '4711' }),
    owner: 'nobody',
    kind: 'Order call',
    code: 'INVALID_CREDENTIALS',
    reason: /^There is no shop "4711"$/,
  },
];

describeMounted('every refusal leaves a trace', {}, (shop) => {
  beforeAll(async () => {
    const { onboard, connector, prefix } = shop();
    const credential = { kind: 'cxml', domain: 'NetworkId', identity: 'fenced' } as const;
    const settings = { allowedAddresses: ['203.0.113.0/24'], cxml: { to: [] } };
    await onboard({ connectionId: 'fenced', settings, credential, secret: 'SecretPassword123' });
    if (prefix !== '')
      await connector.directory.tenants.save({ tenantId: 'second', name: 'Second', settings: { frontendOrigins: [] } });
  });

  it.each(CASES)('$name', async ({ act, owner, kind, code, reason = /./, connection, session }) => {
    const answer = await act(shop());
    const reference = String(answer.headers['x-request-id']);
    expect(reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
    await ask(shop(), 'listRefusedMessages', { query: '?limit=1' });
    const rows = await shop().knex('message_log').where({ reference }).orderBy('message_id');
    expect(rows[0]).toMatchObject({
      // The second mount has a second tenant.
      tenant_id: owner === 'tenant' || shop().prefix === '' ? DEMO.tenantId : INSTALLATION,
      kind,
      code,
      reason: expect.stringMatching(reason),
      direction: 'in',
      connection_id: connection ?? null,
      address: expect.stringContaining('127.0.0.1'),
      transmission_id: session === true ? expect.stringContaining('demo_') : null,
    });
    const lines = shop().logged.filter((line) => line.includes('"message":"refused"') && line.includes(reference));
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ code, reason: rows[0]?.reason, reference, address: rows[0]?.address }),
    ]);
    expect(JSON.stringify([rows, lines])).not.toContain('WRONG');
    // What the log says about a check is not in the answer.
    if (code === 'INVALID_CREDENTIALS' && reason.source !== '.') expect(answer.text).not.toMatch(reason);
  });

  it('a page shows the reference; a cXML answer has it in its payloadID; a caller may choose it', async () => {
    const page = await oci(shop(), { PASSWORD: 'WRONG' });
    expect(page.text).toContain(`401 INVALID_CREDENTIALS, Reference: ${String(page.headers['x-request-id'])}`);
    const cookies = await shop()
      .browser()
      .get(await callUp(shop()), NO_SEC_FETCH);
    expect(cookies.headers['x-request-id']).toBeDefined();
    const cxml = await postXml(shop().browser(), setupXml({ secret: 'WRONG' }), { 'x-request-id': '0123456789' });
    const reference = String(cxml.headers['x-request-id']);
    expect(reference).not.toBe('0123456789');
    expect(cxml.text).toContain(`.${reference}@`);
    const id = '6f1d5a3e-0a77-4ecc-8f8d-2a2b1f6c9a10';
    const chosen = await postXml(shop().browser(), setupXml({ secret: 'WRONG' }), { 'x-request-id': id });
    expect(chosen.headers['x-request-id']).toBe(id);
    expect(chosen.text).toContain(`.${id}@`);
    const [row] = (await ask(shop(), 'listRefusedMessages', { query: `?reference=${id}` })).json().data.messages;
    expect(row).toMatchObject({ reference: id, code: 'INVALID_CREDENTIALS', trace_id: null });
  });

  it('an accepted call-up has a reference too, and no warning', async () => {
    const answer = await postXml(shop().browser(), setupXml({ returnUrl: RETURN_URL }));
    const reference = String(answer.headers['x-request-id']);
    await ask(shop(), 'listRefusedMessages', { query: '?limit=1' });
    expect(await shop().knex('message_log').where({ reference, code: null, address: null })).toHaveLength(2);
    expect(shop().logged.filter((line) => line.includes('"refused"') && line.includes(reference))).toEqual([]);
  });
});
