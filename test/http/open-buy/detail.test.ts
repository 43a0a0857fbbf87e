import { beforeAll, expect, it } from '@jest/globals';
import { describeShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { askAdmin } from '../admin/admin-calls.js';
import { openBuy, openBuyKey, openBuyToken } from './open-buy-calls.js';

describeShop('Open Buy detail', {}, (shop) => {
  const made = { id: '', key: '', token: '' };
  const detail = (body: unknown, token: string | undefined = made.token) => openBuy(shop(), 'detail', body, token);
  beforeAll(async () => {
    Object.assign(made, await openBuyKey(shop()));
    made.token = await openBuyToken(shop(), made.key);
  });

  it('shows one article with its long description', async () => {
    const answer = await detail({ source_part_num: 'NB-1010' });
    expect([answer.status, answer.json()]).toEqual([
      200,
      expect.objectContaining({
        source_part_num: 'NB-1010',
        unit_price: '4.29',
        summary: expect.stringContaining('ECF'),
      }),
    ]);
  });

  it('says of each hit what the search says', async () => {
    for (let page = 1; page <= 3; page += 1)
      for (const found of (await openBuy(shop(), 'search', { query: 'a', page_number: page }, made.token)).json()
        .results) {
        const { summary, ...item } = (await detail(found)).json();
        expect(item).toEqual(found);
        expect(summary).not.toBe('');
      }
  });

  it('has the prices of the customer whom a call-up of this person would get', async () => {
    const settings = {
      store: {
        customer: { number: '10042' },
        customerRules: [{ extrinsic: { name: 'UserEmail', value: 'south@coupa.com' }, customer: { number: '10043' } }],
      },
    };
    const params = { connection: 'company-cxml' };
    const headers = { 'if-match': '*' };
    await askAdmin(shop(), 'adminChangeConnection', { params, body: { settings }, headers });
    const priceOf = async (email: string): Promise<string> => {
      const token = await openBuyToken(shop(), made.key, email);
      const [found] = (await openBuy(shop(), 'search', { query: 'SKU-001' }, token)).json().results;
      const { unit_price: price } = (await detail({ source_part_num: 'SKU-001' }, token)).json();
      expect(price).toBe(found.unit_price);
      return price;
    };
    // 95 and 87.5 per cent of 499.99.
    expect([await priceOf('north@coupa.com'), await priceOf('south@coupa.com')]).toEqual(['474.99', '437.49']);
    await askAdmin(shop(), 'adminChangeConnection', {
      params,
      body: { settings: { store: { customer: null, customerRules: null } } },
      headers,
    });
    expect(await priceOf('north@coupa.com')).toBe('499.99');
  });

  it('answers 404 with a sentence for an article that the shop does not sell, or not now', async () => {
    for (const [number, sentence] of [
      ['NO-SUCH', 'The shop sells no article "NO-SUCH" to this buyer.'],
      ['NW-3080', 'The article "NW-3080" cannot be sold: The product cannot be bought now.'],
    ]) {
      const answer = await detail({ source_part_num: number });
      expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([
        404,
        'text/plain; charset=utf-8',
        sentence,
      ]);
    }
  });

  it('refuses bad requests with 400 and names the place, and needs a token', async () => {
    for (const [body, place] of [
      ['{', 'JSON'],
      ['[]', 'body'],
      [{}, 'source_part_num'],
      [{ source_part_num: '' }, 'source_part_num'],
      [{ source_part_num: 12_345 }, 'source_part_num'],
      [{ source_part_num: 'x'.repeat(256) }, 'source_part_num'],
      [{ source_part_num: 'a\0b' }, 'source_part_num'],
    ] as const) {
      const answer = await detail(body);
      expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(place)]);
    }
    expect((await openBuy(shop(), 'detail', { source_part_num: 'SKU-001' })).status).toBe(401);
    const other = await openBuyKey(shop());
    const token = await openBuyToken(shop(), other.key);
    await askAdmin(shop(), 'adminRevokeKey', { params: { key: other.id } });
    expect((await detail({ source_part_num: 'SKU-001' }, token)).status).toBe(401);
  });

  it('is logged without the token', async () => {
    const answer = await detail({ source_part_num: 'SKU-001' });
    const rows = () => shop().knex('message_log').where({ reference: answer.headers['x-request-id'] });
    await until(async () => (await rows()).length === 2);
    expect(await rows()).toMatchObject([{ kind: 'Open Buy detail', connection_id: 'company-cxml' }, {}]);
    expect(JSON.stringify(await rows())).not.toContain(made.token);
  });
});
