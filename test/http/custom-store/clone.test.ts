import { beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../src/domain/digest.js';
import {
  accounts,
  API_KEY,
  cloneBody,
  postClone,
  shoppingByClone,
  rocketExample,
  ssoUrl,
  transmissionOf,
} from '../../support/clone-calls.js';
import { rowOf } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';

describeShop('Custom store integration, clone endpoint', {}, (shop) => {
  beforeEach(() => shop().knex('demo_customer').delete());

  describe.each(['clone-create.json', 'clone-edit.json'])('its example %s, unchanged', (name) => {
    it('answers with an SSO link on this server and creates one account, bound to the transmission', async () => {
      const answer = await postClone(shop(), rocketExample(name));
      expect([answer.status, answer.headers['content-type'], Object.keys(answer.json())]).toEqual([
        200,
        'application/json; charset=utf-8',
        ['status', 'sso_url'],
      ]);
      const url: string = answer.json().sso_url;
      expect(url).toMatch(/\/sso\?token=[\w.-]+$/);
      expect(url.startsWith(`${shop().url}/sso?`)).toBe(true);
      const transmissionId = transmissionOf(url);
      expect(await accounts(shop())).toEqual([{ customer_id: `punchout-${transmissionId}`, template: 'buyer123' }]);
      const sent = JSON.parse(rocketExample(name));
      expect(await rowOf(shop(), transmissionId)).toMatchObject({
        protocol: 'repost',
        operation: sent.operation,
        status: 'open',
        buyer_cookie: sent.session_token,
        return_url: 'https://middleware.example.com',
        clone: { customerId: `punchout-${transmissionId}` },
        request: { repost: { endCustomerId: 2, templateUser: 'buyer123' } },
      });
    });
  });

  it('keeps every field of selected_item and cart_items; a price is only a claim', async () => {
    const { request: created } = await rowOf(
      shop(),
      transmissionOf((await postClone(shop(), rocketExample('clone-create.json'))).json().sso_url),
    );
    expect(created).toMatchObject({ selectedItem: { supplierPartId: 'X-100', auxiliaryId: '19853' }, items: [] });
    const { request: edited } = await rowOf(
      shop(),
      transmissionOf((await postClone(shop(), rocketExample('clone-edit.json'))).json().sso_url),
    );
    expect(edited).toMatchObject({
      items: [
        {
          supplierPartId: 'ABC-001',
          auxiliaryId: '19852',
          quantity: '2',
          claimedUnitPrice: { amount: '15.95', currency: 'EUR' },
          description: 'Example description',
        },
        {
          supplierPartId: 'XYZ-002',
          auxiliaryId: '19854',
          quantity: '1',
          claimedUnitPrice: { amount: '249', currency: 'EUR' },
          description: 'Another example description',
        },
      ],
    });
  });

  it.each([-5.5, '-5.50'])('takes the negative price of a discount line: %j', async (price) => {
    const url = await ssoUrl(shop(), {
      operation: 'edit',
      cart_items: [
        { sku: 'SKU-001', quantity: 1 },
        { sku: 'TEN', quantity: 1, price, currency: 'EUR' },
      ],
    });
    expect(await rowOf(shop(), transmissionOf(url))).toMatchObject({
      request: { items: [{}, { supplierPartId: 'TEN', claimedUnitPrice: { amount: '-5.5', currency: 'EUR' } }] },
    });
  });

  it('accepts operation inspect', async () => {
    expect(await ssoUrl(shop(), { operation: 'inspect', cart_items: [{ sku: 'SKU-001', quantity: 1 }] })).toContain(
      '/sso?token=',
    );
  });

  it("accepts PHP's forms of absent values: null, [], ids and numbers of the other type", async () => {
    const url = await ssoUrl(shop(), {
      end_customer_id: '2',
      selected_item: [],
      cart_items: [{ sku: null, product_id: 19852, quantity: '3', price: '1.50', description: null, currency: 'eur' }],
    });
    expect(await rowOf(shop(), transmissionOf(url))).toMatchObject({
      request: {
        items: [
          {
            supplierPartId: '19852',
            auxiliaryId: '19852',
            quantity: '3',
            claimedUnitPrice: { amount: '1.5', currency: 'EUR' },
          },
        ],
      },
    });
  });

  it.each(['username', 'api_key', 'end_customer_id', 'session_token', 'operation', 'gateway_base_url'])(
    'names the missing field %s',
    async (field) => {
      for (const value of [undefined, null]) {
        const answer = await postClone(shop(), cloneBody({ [field]: value }));
        expect([answer.status, answer.json()]).toEqual([
          400,
          { status: 'error', error_code: 'invalid_request', message: `Missing field: ${field}` },
        ]);
      }
      expect(await accounts(shop())).toEqual([]);
    },
  );

  it.each<[string, Record<string, unknown>]>([
    ['operation', { operation: 'delete' }],
    ['end_customer_id', { end_customer_id: -1 }],
    ['end_customer_id', { end_customer_id: 1.5 }],
    ['session_token', { session_token: 7 }],
    ['selected_item', { selected_item: 'X' }],
    ['cart_items.0.quantity', { cart_items: [{ sku: 'A', quantity: 0 }] }],
    ['cart_items.0.quantity', { cart_items: [{ sku: 'A', quantity: -2 }] }],
    ['cart_items.0.quantity', { cart_items: [{ sku: 'A', quantity: 2 ** 31 }] }],
    ['cart_items.0.quantity', { cart_items: [{ sku: 'A', quantity: 1.5 }] }],
    ['cart_items.0.quantity', { cart_items: [{ sku: 'A', quantity: 'NaN' }] }],
    [
      'cart_items.1.price',
      {
        cart_items: [
          { sku: 'A', quantity: 1 },
          { sku: 'A', quantity: 1, price: '1,50' },
        ],
      },
    ],
    ['cart_items.0.price', { cart_items: [{ sku: 'A', quantity: 1, price: '--1' }] }],
    ['gateway_base_url', { gateway_base_url: 'https://middleware.example.com/?a=b' }],
  ])('names the wrong field %s: %j', async (field, change) => {
    const answer = await postClone(shop(), cloneBody(change));
    expect([answer.status, answer.json().error_code]).toEqual([400, 'invalid_request']);
    expect(answer.json().message).toMatch(new RegExp(`^Invalid field: ${field.replaceAll('.', '\\.')} `));
  });

  it('accepts 5,000 lines and no more', async () => {
    const lines = (length: number): object[] => Array.from({ length }, () => ({ sku: 'SKU-001', quantity: 1 }));
    expect((await postClone(shop(), cloneBody({ operation: 'edit', cart_items: lines(5000) }))).status).toBe(200);
    expect((await postClone(shop(), cloneBody({ operation: 'edit', cart_items: lines(5001) }))).json().message).toMatch(
      /^Invalid field: cart_items /,
    );
  });

  it('requires an article in every line', async () => {
    expect((await postClone(shop(), cloneBody({ cart_items: [{ sku: '', quantity: 1 }] }))).json()).toEqual({
      status: 'error',
      error_code: 'invalid_request',
      message: 'Missing field: cart_items.0.sku',
    });
  });

  it.each([
    '',
    'no json',
    '[]',
    '"text"',
    'null',
    '{"api_key":7}',
    '{"api_key":"site-api-key-abc","username":"a\\u0000b"}',
  ])('400 for the body %j', async (body) => {
    const answer = await postClone(shop(), body);
    expect([answer.status, answer.json()]).toEqual([
      400,
      { status: 'error', error_code: 'invalid_request', message: expect.any(String) },
    ]);
  });

  it('401 for a wrong api_key, whatever else is wrong', async () => {
    for (const change of [{}, { username: undefined, operation: 'x' }]) {
      const answer = await postClone(shop(), cloneBody({ api_key: 'site-api-key-abd', ...change }));
      expect([answer.status, answer.json()]).toEqual([
        401,
        { status: 'error', error_code: 'unauthorized', message: 'The api_key is not valid' },
      ]);
    }
  });

  it.each([
    'https://evil.example',
    'http://middleware.example.com',
    'https://middleware.example.com.evil.example',
    'https://user@middleware.example.com',
    'javascript:alert(1)',
    '//middleware.example.com',
  ])('400 for the gateway %s', async (gateway_base_url) => {
    const answer = await postClone(shop(), cloneBody({ gateway_base_url }));
    expect([answer.status, answer.json().error_code]).toEqual([400, 'invalid_request']);
    expect(answer.json().message).toContain('gateway_base_url');
    expect(answer.text).not.toContain('evil');
    expect(await accounts(shop())).toEqual([]);
  });

  describe('T41: users that are not cloned', () => {
    beforeEach(() => shop().knex('audit').where({ event: 'clone_refused' }).delete());

    it.each<[string, string, string]>([
      ['the unlisted admin', 'admin', 'user_not_listed'],
      ['an unlisted user of the shop', 'approver456', 'user_not_listed'],
      ['another spelling of a listed one', 'BUYER123', 'user_not_listed'],
      ['nobody', 'nobody', 'user_not_listed'],
    ])('%s: 422, an audit row, no account', async (_, username, fault) => {
      const answer = await postClone(shop(), cloneBody({ username }));
      expect([answer.status, answer.json()]).toEqual([
        422,
        { status: 'error', error_code: 'sso_unavailable', message: 'Cannot generate SSO token for this user' },
      ]);
      expect(await accounts(shop())).toEqual([]);
      expect(
        await shop()
          .knex('audit')
          .where({ event: 'clone_refused' })
          .select('tenant_id', 'transmission_id', 'actor', 'details'),
      ).toEqual([
        {
          tenant_id: 'demo',
          transmission_id: '',
          actor: 'middleware',
          details: { fault, connection: 'company-repost', username, endCustomerId: '2' },
        },
      ]);
    });

    it('an end customer that no connection of the key lists', async () => {
      const answer = await postClone(shop(), cloneBody({ end_customer_id: 3 }));
      expect([answer.status, answer.json().error_code]).toEqual([422, 'sso_unavailable']);
      expect((await shop().knex('audit').where({ event: 'clone_refused' }).first()).details).toMatchObject({
        fault: 'end_customer_unknown',
        endCustomerId: '3',
      });
    });

    it('a listed user above the role ceiling: no account, and the transmission is ended', async () => {
      await shop().onboardMiddleware({
        connectionId: 'ceiling',
        apiKey: 'a-key-of-the-ceiling',
        repost: { templateUsers: ['admin', 'ghost', 'approver456'], roleCeiling: 'approver' },
      });
      for (const [username, fault] of [
        ['admin', 'role_too_high'],
        ['ghost', 'unknown_customer'],
      ]) {
        const answer = await postClone(shop(), cloneBody({ api_key: 'a-key-of-the-ceiling', username }));
        expect([answer.status, answer.json().error_code]).toEqual([422, 'sso_unavailable']);
        expect(
          (await shop().knex('audit').where({ event: 'clone_refused' }).orderBy('audit_id', 'desc').first()).details,
        ).toMatchObject({ fault, username });
      }
      expect(await accounts(shop())).toEqual([]);
      expect(
        await shop()
          .knex('transmission')
          .where({ connection_id: 'ceiling' })
          .orderBy('created_at', 'desc')
          .limit(2)
          .select('status'),
      ).toEqual([{ status: 'cancelled' }, { status: 'cancelled' }]);
      await ssoUrl(shop(), { api_key: 'a-key-of-the-ceiling', username: 'approver456' });
      expect(await accounts(shop())).toMatchObject([{ template: 'approver456' }]);
    });

    it('100 refusals of one kind leave 20 audit rows; other kinds are still written', async () => {
      const repost = { templateUsers: ['buyer123'], endCustomers: [77] };
      await shop().onboardMiddleware({ connectionId: 'refusing', apiKey: 'a-key-that-asks-for-others', repost });
      const clone = (change: Record<string, unknown>): ReturnType<typeof postClone> =>
        postClone(shop(), cloneBody({ api_key: 'a-key-that-asks-for-others', end_customer_id: 77, ...change }));
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, index) => clone({ username: `guess-${index}` })),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422]));
      expect((await clone({ end_customer_id: 78 })).status).toBe(422);
      const rows = await shop().knex('audit').where({ event: 'clone_refused' }).select('details');
      const faults = rows.map(({ details }) => details.fault);
      expect([
        faults.filter((fault) => fault === 'user_not_listed').length,
        faults.filter((fault) => fault === 'end_customer_unknown').length,
      ]).toEqual([20, 1]);
    });

    it("another tenant's user, and another tenant's key", async () => {
      await shop().onboardMiddleware({
        tenantId: 'other',
        connectionId: 'theirs',
        apiKey: 'the-key-of-another-tenant',
        repost: { templateUsers: ['approver456'], roleCeiling: 'admin' },
      });
      expect((await postClone(shop(), cloneBody({ username: 'approver456' }))).status).toBe(422);
      expect((await postClone(shop(), cloneBody({ api_key: 'the-key-of-another-tenant' }))).status).toBe(422);
      expect(
        transmissionOf(await ssoUrl(shop(), { api_key: 'the-key-of-another-tenant', username: 'approver456' })),
      ).toMatch(/^other_/);
      // Another tenant cannot take over the key.
      expect(await shop().connector.directory.middlewareKeys.add('other', 'theirs', API_KEY)).toBe(false);
      expect((await postClone(shop(), cloneBody())).status).toBe(200);
    });
  });

  it('ship_to chooses the customer to clone by the table; an unknown id is recorded or refused', async () => {
    const apiKey = 'a-key-with-a-table-of-addresses';
    const onboard = (shipTo: string): Promise<void> =>
      shop().onboardMiddleware({
        connectionId: 'by-place',
        apiKey,
        repost: { templateUsers: ['buyer123'] },
        settings: { store: { shipTo, customer: { number: '10043' } } },
      });
    await onboard('default');
    await shop()
      .knex('ship_to_address')
      .insert({
        tenant_id: 'demo',
        connection_id: 'by-place',
        address_id: '17',
        is_known: true,
        customer: JSON.stringify({ number: '10042' }),
      });
    const templateFor = async (change: object): Promise<string | undefined> => {
      await shop().knex('demo_customer').delete();
      await ssoUrl(shop(), { api_key: apiKey, ...change });
      return (await accounts(shop()))[0]?.template;
    };
    expect(await templateFor({})).toBe('buyer123');
    expect(await templateFor({ ship_to: [] })).toBe('buyer123');
    expect(await templateFor({ ship_to: { address_id: 17 } })).toBe('10042');
    expect(await templateFor({ ship_to: { address_id: '18', city: 'Kiel' } })).toBe('buyer123');
    expect(await shop().knex('ship_to_address').where({ is_known: false }).select('address_id', 'place')).toEqual([
      { address_id: '18', place: 'Kiel' },
    ]);
    const { transmissionId } = await shoppingByClone(shop(), { api_key: apiKey, ship_to: { address_id: '17' } });
    expect(await rowOf(shop(), transmissionId)).toMatchObject({
      request: { shopCustomer: { customer: { number: '10042' }, by: 'address' } },
    });
    await onboard('refuse');
    const refused = await postClone(shop(), cloneBody({ api_key: apiKey, ship_to: { address_id: '19' } }));
    expect([refused.status, refused.json()]).toEqual([
      422,
      { status: 'error', error_code: 'sso_unavailable', message: expect.stringContaining('"19"') },
    ]);
  });

  it('one key can serve several end customers, each with its own connection', async () => {
    for (const endCustomer of [7, 8])
      await shop().onboardMiddleware({
        connectionId: `customer-${endCustomer}`,
        apiKey: 'one-key-for-two-customers',
        repost: { templateUsers: ['buyer123'], endCustomers: [endCustomer] },
      });
    await shop().onboardMiddleware({
      connectionId: 'customer-any',
      apiKey: 'one-key-for-two-customers',
      repost: { templateUsers: ['buyer123'] },
    });
    for (const [endCustomer, connection] of [
      [7, 'customer-7'],
      [8, 'customer-8'],
      [9, 'customer-any'],
    ] as const) {
      const url = await ssoUrl(shop(), { api_key: 'one-key-for-two-customers', end_customer_id: endCustomer });
      expect(await rowOf(shop(), transmissionOf(url))).toMatchObject({ connection_id: connection });
    }
  });

  it('the api_key is in no log line, row, error or page', async () => {
    await shoppingByClone(shop());
    await postClone(shop(), cloneBody({ operation: 'x' }));
    await postClone(shop(), cloneBody({ api_key: `${API_KEY}-wrong` }));
    await shop().browser().get(`/api/punchout/categories?api_key=${API_KEY}`);
    await shop().browser().get(`/api/punchout/categories?api_key=${API_KEY}&limit=x`);
    expect(shop().logged.join('\n')).not.toContain(API_KEY);
    for (const table of ['transmission', 'audit', 'job', 'middleware_key', 'connection'])
      expect(JSON.stringify(await shop().knex(table).select())).not.toContain(API_KEY);
    expect(
      await shop().knex('middleware_key').where({ connection_id: 'company-repost' }).select('key_digest', 'sealed_key'),
    ).toEqual([{ key_digest: digestOf(API_KEY), sealed_key: null }]);
  });

  it("405 and 404 in the family's format", async () => {
    const get = await shop().browser().get('/api/punchout/clone');
    expect([get.status, get.headers.allow, get.json()]).toEqual([
      405,
      'POST',
      { status: 'error', error_code: 'invalid_request', message: expect.any(String) },
    ]);
    expect((await shop().browser().get('/api/punchout/else')).json()).toMatchObject({
      status: 'error',
      error_code: 'invalid_request',
    });
  });
});
