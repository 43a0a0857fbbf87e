import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PunchoutError } from '../../../src/domain/error-codes.js';
import { describeShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { askAdmin } from '../admin/admin-calls.js';
import { openBuy, openBuyKey, openBuyToken } from './open-buy-calls.js';

describeShop('Open Buy', {}, (shop) => {
  const made = { id: '', key: '', token: '' };
  const search = (body: unknown, token: string | undefined = made.token) => openBuy(shop(), 'search', body, token);
  const numbers = (answer: { json(): { results: { source_part_num: string }[] } }) =>
    answer.json().results.map(({ source_part_num: number }) => number);
  const rowsOf = (reference: string | string[] | undefined) =>
    shop().knex('message_log').where({ reference }).orderBy('message_id');
  const switchTo = (disabled: boolean) =>
    askAdmin(shop(), 'adminChangeConnection', {
      params: { connection: 'company-cxml' },
      body: { disabled },
      headers: { 'if-match': '*' },
    });
  const settle = async (settings: object): Promise<void> => {
    const params = { connection: 'company-cxml' };
    const headers = { 'if-match': '*' };
    expect((await askAdmin(shop(), 'adminChangeConnection', { params, body: { settings }, headers })).status).toBe(200);
  };

  beforeAll(async () => {
    Object.assign(made, await openBuyKey(shop()));
    made.token = await openBuyToken(shop(), made.key);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  describe('authentication', () => {
    it('gives a token, and nothing else, for a key of a connection', async () => {
      const answer = await openBuy(shop(), 'authentication', { credentials: made.key, email: 'email@coupa.com' });
      expect([answer.status, answer.json()]).toEqual([200, { token: expect.stringMatching(/^[\w-]+(\.[\w-]*){4}$/) }]);
      // Who holds the token cannot read in it who searches.
      const parts = String(answer.json().token).split('.');
      expect(parts.map((part) => Buffer.from(part, 'base64url').toString('latin1')).join()).not.toContain('coupa');
      for (const email of [undefined, null, ''])
        expect((await openBuy(shop(), 'authentication', { credentials: made.key, email, more: 1 })).status).toBe(200);
    });

    it('refuses other credentials with 401, whatever they are, and bad requests with 400', async () => {
      const index = { name: 'K', scopes: ['index'], connection: 'company-cxml' };
      const ofIndex = (await askAdmin(shop(), 'adminCreateKey', { body: index })).json().data.key;
      const answers = [];
      for (const credentials of ['wrong', ofIndex, 'demo-api-key', 'demo-admin-key']) {
        const answer = await openBuy(shop(), 'authentication', { credentials, email: 'email@coupa.com' });
        expect([answer.status, answer.headers['content-type']]).toEqual([401, 'text/plain; charset=utf-8']);
        answers.push(answer.text);
      }
      expect(new Set(answers)).toEqual(new Set(['The credentials are not valid.']));
      for (const body of [
        '{',
        '[]',
        {},
        { credentials: '' },
        { credentials: 7 },
        { credentials: made.key, email: 7 },
      ]) {
        const answer = await openBuy(shop(), 'authentication', body);
        expect([answer.status, answer.text]).toEqual([400, expect.stringMatching(/\.$/)]);
        expect(answer.text).not.toContain(made.key);
      }
    });

    it('is logged without credentials and token, and a refusal with its reason', async () => {
      const given = await openBuy(shop(), 'authentication', { credentials: made.key, email: 'email@coupa.com' });
      await until(async () => (await rowsOf(given.headers['x-request-id'])).length === 2);
      const rows = await rowsOf(given.headers['x-request-id']);
      expect(rows).toMatchObject([
        { kind: 'Open Buy authentication', connection_id: 'company-cxml' },
        { kind: 'Response', content: '{"token":"[redacted]"}' },
      ]);
      expect(JSON.stringify(rows)).not.toContain(made.key);
      const refused = await openBuy(shop(), 'authentication', { credentials: 'wrong-wrong' });
      await until(async () => (await rowsOf(refused.headers['x-request-id'])).length > 0);
      const [row] = await rowsOf(refused.headers['x-request-id']);
      expect(row).toMatchObject({ code: 'INVALID_CREDENTIALS', reason: expect.stringContaining('not known') });
      expect(JSON.stringify(row)).not.toContain('wrong-wrong');
    });
  });

  describe('search', () => {
    it('finds what the buyer may buy, a page at a time', async () => {
      const [one] = numbers(await search({ query: 'SKU-001' }));
      expect(one).toBe('SKU-001');
      const all = ['SKU-001', 'SKU-002'].map((supplierPartId) => ({ supplierPartId }));
      jest.spyOn(shop().store, 'search').mockResolvedValue([...all, { supplierPartId: 'GONE' }]);
      const few = await search({ query: 'x', page_number: 1 });
      expect(few.json()).toMatchObject({ count: 2, total_count: 2 });
      expect(numbers(few)).toEqual(['SKU-001', 'SKU-002']);
      expect((await search({ query: 'x', page_number: 2 })).json()).toEqual({ count: 0, total_count: 2, results: [] });
    });

    it('pages are 20 products each and add up to the total', async () => {
      const whole = await search({ query: 'a' });
      const { total_count: total } = whole.json();
      expect(total).toBeGreaterThan(20);
      const found: string[] = [];
      for (let page = 1; found.length < total; page += 1) {
        const answer = await search({ query: 'a', page_number: page });
        expect(answer.json()).toMatchObject({ total_count: total, count: Math.min(20, total - found.length) });
        found.push(...numbers(answer));
      }
      expect(new Set(found).size).toBe(total);
    });

    it('as the customer whom a call-up of this person would get', async () => {
      const asked = jest.spyOn(shop().store, 'catalogueProducts');
      const customerOf = async (email: string): Promise<unknown> => {
        await search({ query: 'SKU-001' }, await openBuyToken(shop(), made.key, email));
        return asked.mock.lastCall?.[0].request.shopCustomer?.customer;
      };
      await settle({
        store: {
          customer: { number: '10042' },
          customerRules: [
            { extrinsic: { name: 'UserEmail', value: 'south@coupa.com' }, customer: { number: '10043' } },
          ],
        },
      });
      expect(await customerOf('north@coupa.com')).toEqual({ number: '10042' });
      expect(await customerOf('south@coupa.com')).toEqual({ number: '10043' });
      await settle({ store: { customer: null, customerRules: null } });
      expect(await customerOf('north@coupa.com')).toBeUndefined();
    });

    it('refuses bad requests with 400 and names the place', async () => {
      const cases: [body: unknown, place: string][] = [
        ['{', 'JSON'],
        [{}, 'query'],
        [{ query: ' ' }, 'query'],
        [{ query: 7 }, 'query'],
        [{ query: 'x'.repeat(501) }, 'query'],
        [{ query: 'x', page_number: 0 }, 'page_number'],
        [{ query: 'x', page_number: 1.5 }, 'page_number'],
        [{ query: 'x', page_number: '1' }, 'page_number'],
      ];
      for (const [body, place] of cases) {
        const answer = await search(body);
        expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(place)]);
      }
      expect((await search('x'.repeat(70_000))).status).toBe(413);
      for (const address of ['/open-buy/search', '/open-buy/search/v1.0.0']) {
        const get = await shop().browser().get(address);
        expect([get.status, get.headers.allow]).toEqual([405, 'POST']);
      }
      for (const action of ['search/v2.0.0', 'order', 'constructor'])
        expect((await openBuy(shop(), action, {}, made.token)).status).toBe(404);
    });

    it('is the same at the path of older editions', async () => {
      const [old, new_] = [
        await openBuy(shop(), 'search/v1.0.0', { query: 'SKU-001' }, made.token),
        await search({ query: 'SKU-001' }),
      ];
      expect(old.json()).toEqual(new_.json());
      const given = await openBuy(shop(), 'authentication/v1.0.0', { credentials: made.key });
      expect((await search({ query: 'SKU-001' }, given.json().token)).json()).toEqual(new_.json());
    });

    it('a result has what the shop has of the product, and nothing else', async () => {
      const { results } = (await search({ query: 'NB-1010' })).json();
      expect(results).toEqual([
        {
          source_part_num: 'NB-1010',
          description: expect.stringContaining('80'),
          unit_price: '4.29',
          currency: 'EUR',
          uom: 'PK',
          unspsc_code: '14111507',
          manufacturer_name: 'Papierwerk Elbtal',
          manufacturer_part_number: 'EPA-80-A4',
          minimum_order_quantity: '5',
          order_increment: '5',
        },
      ]);
    });

    it('does not find what is sold out', async () => {
      expect((await search({ query: 'NW-3080' })).json()).toMatchObject({ total_count: 0, results: [] });
    });

    it('answers 500 while the shop does not answer', async () => {
      jest.spyOn(shop().store, 'search').mockRejectedValueOnce(new PunchoutError('STORE_UNAVAILABLE', 'down'));
      const down = await search({ query: 'x' });
      expect([down.status, down.headers['retry-after']]).toEqual([500, '5']);
      await until(async () => (await rowsOf(down.headers['x-request-id'])).length > 0);
      expect((await rowsOf(down.headers['x-request-id']))[0]).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    });

    it('needs a token that is ours and not changed', async () => {
      for (const token of ['', 'wrong', made.key, `${made.token}x`, made.token.replace(/\.[\w-]{3}/, '.AAA')]) {
        const answer = await search({ query: 'x' }, token);
        expect([answer.status, answer.headers['www-authenticate'], answer.text]).toEqual([
          401,
          'Bearer realm="open-buy"',
          'The credentials are not valid.',
        ]);
      }
      expect((await openBuy(shop(), 'search', { query: 'x' })).status).toBe(401);
      // A token is no key, and opens nothing else.
      const elsewhere = await shop()
        .browser()
        .get('/v1/punchout/sessions', { authorization: `Bearer ${made.token}` });
      expect(elsewhere.status).toBe(401);
    });

    it('ends with its key, with its connection, and not before', async () => {
      const other = await openBuyKey(shop());
      const token = await openBuyToken(shop(), other.key);
      expect((await search({ query: 'SKU-001' }, token)).status).toBe(200);
      await askAdmin(shop(), 'adminRevokeKey', { params: { key: other.id } });
      expect((await search({ query: 'SKU-001' }, token)).status).toBe(401);
      expect((await search({ query: 'SKU-001' })).status).toBe(200);
      await switchTo(true);
      await until(async () => (await search({ query: 'SKU-001' })).status === 401);
      expect((await openBuy(shop(), 'authentication', { credentials: made.key })).status).toBe(401);
      await switchTo(false);
      await until(async () => (await search({ query: 'SKU-001' })).status === 200);
    });

    it('only from the addresses of the connection', async () => {
      await settle({ allowedAddresses: ['203.0.113.0/24'] });
      await until(async () => (await search({ query: 'SKU-001' })).status === 401);
      expect((await openBuy(shop(), 'authentication', { credentials: made.key })).status).toBe(401);
      await settle({ allowedAddresses: null });
      await until(async () => (await search({ query: 'SKU-001' })).status === 200);
    });
  });
});
