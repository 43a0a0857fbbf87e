import { describe, expect, it } from '@jest/globals';
import { expectClean, shopping } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { JSON_WANTED, NAVIGATION } from '../../support/web-client.js';

const ADD = '/checkout/line-item/add';
const JSON_BODY = { 'content-type': 'application/json', ...JSON_WANTED };

describeShop("the demo shop's answers to bad input (issue 2)", {}, (shop) => {
  const count = async (client: Awaited<ReturnType<typeof shopping>>['client']): Promise<number> =>
    (await client.get('/checkout/cart.json', JSON_WANTED)).json().items_count;

  describe('in a punchout', () => {
    it.each([
      ['an unknown SKU', { sku: 'CANARY', quantity: 1 }, 404, 'PRODUCT_NOT_FOUND', 'sku'],
      ['no SKU', { quantity: 1 }, 400, 'INVALID_REQUEST', 'sku'],
      ['an object as SKU', { sku: { a: 1 }, quantity: 1 }, 400, 'INVALID_REQUEST', 'sku'],
      ['NUL in a SKU', { sku: 'SKU-001\0CANARY', quantity: 1 }, 404, 'PRODUCT_NOT_FOUND', 'sku'],
      ['half of a surrogate pair as SKU', { sku: '\ud800CANARY', quantity: 1 }, 404, 'PRODUCT_NOT_FOUND', 'sku'],
      ['SQL as SKU', { sku: "' or 1=1 --CANARY", quantity: 1 }, 404, 'PRODUCT_NOT_FOUND', 'sku'],
      ...[
        0,
        -1,
        1_000_000_001,
        'abc',
        1.5,
        '1e9',
        '0x10',
        '1,5',
        '',
        ' ',
        null,
        [1],
        '9'.repeat(400),
        '-0',
        'NaN',
        true,
      ].map((quantity): [string, object, number, string, string] => [
        `quantity ${JSON.stringify(quantity).slice(0, 20)}`,
        { sku: 'SKU-001', quantity },
        422,
        'QUANTITY_INVALID',
        'quantity',
      ]),
    ])('%s: a clear answer, nothing added, as JSON and as a page', async (_, body, status, code, field) => {
      const { client } = await shopping(shop());
      const answer = await client.send(ADD, { method: 'POST', body: JSON.stringify(body), headers: JSON_BODY });
      expect([answer.status, answer.json()]).toEqual([
        status,
        { error: { code, message: expect.stringMatching(/^\S.{10,}/), field } },
      ]);
      expectClean(answer, ['CANARY', '9999999999999']);
      const page = await client.send(ADD, {
        method: 'POST',
        body: new URLSearchParams(
          Object.entries(body).map(([name, value]): [string, string] => [
            name,
            typeof value === 'object' ? '' : String(value),
          ]),
        ).toString(),
        headers: {
          ...NAVIGATION,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/x-www-form-urlencoded',
        },
      });
      expect([page.status, page.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
      expectClean(page, ['CANARY']);
      expect(await count(client)).toBe(0);
    });

    it('a body that is not JSON, is too large, or comes from another site', async () => {
      const { client } = await shopping(shop());
      expect((await client.send(ADD, { method: 'POST', body: '{"sku":', headers: JSON_BODY })).json().error.code).toBe(
        'INVALID_REQUEST',
      );
      expect(
        (
          await client.send(ADD, {
            method: 'POST',
            body: JSON.stringify({ sku: 'x'.repeat(300_000) }),
            headers: JSON_BODY,
          })
        ).status,
      ).toBe(413);
      expect(
        (
          await client.send(ADD, {
            method: 'POST',
            body: '{"sku":"SKU-001"}',
            headers: { ...JSON_BODY, 'sec-fetch-site': 'cross-site' },
          })
        ).status,
      ).toBe(403);
      expect(await count(client)).toBe(0);
    });

    it('the largest possible quantity, and nothing can be added to it', async () => {
      const { client } = await shopping(shop());
      const add = (quantity: number): Promise<{ status: number }> =>
        client.send(ADD, { method: 'POST', body: JSON.stringify({ sku: 'SKU-001', quantity }), headers: JSON_BODY });
      expect((await add(999_999_999)).status).toBe(200);
      expect((await add(1)).status).toBe(422);
      expect(await count(client)).toBe(999_999_999);
    });

    it('changing a line: unknown lines and invalid quantities change nothing', async () => {
      const { client } = await shopping(shop());
      await client.send(ADD, {
        method: 'POST',
        body: JSON.stringify({ sku: 'SKU-001', quantity: 2 }),
        headers: JSON_BODY,
      });
      const [line] = (await client.get('/checkout/cart.json', JSON_WANTED)).json().lines;
      const change = (body: object): ReturnType<typeof client.send> =>
        client.send('/checkout/line-item/change', { method: 'POST', body: JSON.stringify(body), headers: JSON_BODY });
      expect((await change({ line_id: 'CANARY', quantity: 1 })).json().error).toMatchObject({
        code: 'LINE_NOT_FOUND',
        field: 'lineId',
      });
      for (const quantity of [0, -1, 'abc', 1.5, 1_000_000_001])
        expect((await change({ line_id: line.line_id, quantity })).json().error.code).toBe('QUANTITY_INVALID');
      expect(await count(client)).toBe(2);
    });
  });

  it('NUL in a search or in the path of an article finds nothing', async () => {
    const search = await shop().browser().get('/search?search=pen%00', NAVIGATION);
    expect(search.status).toBe(200);
    expect((await shop().browser().get('/detail/SKU%00001', NAVIGATION)).status).toBe(404);
  });

  it('an ordinary visitor gets the same answers', async () => {
    const client = shop().browser();
    for (const [body, status] of [
      [{ sku: 'CANARY', quantity: 1 }, 404],
      [{ sku: 'SKU-001', quantity: 0 }, 422],
      [{ sku: 'SKU-001', quantity: 'abc' }, 422],
    ] as const) {
      expect((await client.send(ADD, { method: 'POST', body: JSON.stringify(body), headers: JSON_BODY })).status).toBe(
        status,
      );
    }
    expect(await count(client)).toBe(0);
  });
});
