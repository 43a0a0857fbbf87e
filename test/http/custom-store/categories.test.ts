import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { PunchoutError } from '../../../src/domain/error-codes.js';
import type { StoreCategory } from '../../../src/ports/store/store.js';
import { API_KEY, rocketExample } from '../../support/clone-calls.js';
import { describeShop } from '../../support/running-shop.js';
import type { Answer } from '../../support/web-client.js';

const ADDRESS = `/api/punchout/categories?api_key=${API_KEY}`;

describeShop('Custom store integration, categories endpoint', {}, (shop) => {
  afterEach(() => {
    jest.restoreAllMocks();
  });
  const read = (more = '', headers = {}): Promise<Answer> =>
    shop()
      .browser()
      .get(ADDRESS + more, headers);
  const selling = (categories: StoreCategory[]): void =>
    void jest.spyOn(shop().store, 'categories').mockResolvedValue(categories);

  it("the shop's tree: integers, names, parent_id 0 for roots, parents before children", async () => {
    const answer = await read();
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    const { status, categories } = answer.json();
    expect(status).toBe('ok');
    expect(categories).toHaveLength(8);
    expect(categories[0]).toEqual({ id: expect.any(Number), name: 'Sortiment', parent_id: 0 });
    for (const category of categories.slice(1))
      expect(category).toEqual({ id: expect.any(Number), name: expect.any(String), parent_id: categories[0].id });
    for (const { id } of categories) expect(Number.isInteger(id) && id >= 1_000_000_000 && id < 2 ** 31).toBe(true);
  });

  it('an example of Punchout Rocket: integer ids of the shop are kept', async () => {
    const example = JSON.parse(rocketExample('categories.json'));
    selling(
      example.categories.map(({ id, name, parent_id }: { id: number; name: string; parent_id: number }) => ({
        categoryId: String(id),
        name,
        ...(parent_id === 0 ? {} : { parentId: String(parent_id) }),
      })),
    );
    expect((await read()).json()).toEqual(example);
  });

  it('ids never change: after renames, removals, in parallel, and when a category comes back', async () => {
    const all = Array.from({ length: 40 }, (_, nth): StoreCategory => ({
      categoryId: `c-${shop().prefix}-${nth}`,
      name: `C ${nth}`,
      ...(nth === 0 ? {} : { parentId: `c-${shop().prefix}-${nth - 1}` }),
    }));
    selling(all);
    const answers = await Promise.all(Array.from({ length: 8 }, () => read()));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const first: { id: number; parent_id: number }[] = answers[0]?.json().categories;
    expect(new Set(first.map(({ id }) => id)).size).toBe(40);
    expect(first.slice(1).map(({ parent_id }) => parent_id)).toEqual(first.slice(0, -1).map(({ id }) => id));
    selling(all.slice(20).map((category) => ({ ...category, name: 'other' })));
    const later = (await read()).json().categories;
    expect(later.map(({ id }: { id: number }) => id)).toEqual(first.slice(20).map(({ id }) => id));
    // Its parent no longer exists.
    expect(later[0].parent_id).toBe(0);
    selling(all);
    expect((await read()).json().categories).toEqual(first);
  });

  it('a page of a large tree', async () => {
    selling(Array.from({ length: 25_000 }, (_, nth) => ({ categoryId: String(nth + 1), name: `C ${nth + 1}` })));
    expect((await read()).json().categories).toHaveLength(25_000);
    const page = (await read('&limit=10000&page=3')).json();
    expect([page.categories.length, page.categories[0].id, page.page, page.total, page.next_page]).toEqual([
      5000,
      20_001,
      3,
      25_000,
      null,
    ]);
    expect((await read('&limit=10000')).json()).toMatchObject({ page: 1, next_page: 2 });
    expect((await read('&limit=10000&page=4')).json().categories).toEqual([]);
  });

  it('304 while nothing changed', async () => {
    const { headers } = await read();
    const etag = String(headers.etag);
    expect([etag, headers['cache-control']]).toEqual([expect.stringMatching(/^"[\w-]{27}"$/), 'private, no-cache']);
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const answer = await read('', { 'if-none-match': known });
      expect([answer.status, answer.text, answer.headers.etag]).toEqual([304, '', etag]);
    }
    expect((await read('', { 'if-none-match': '"x"' })).status).toBe(200);
    selling([{ categoryId: '1', name: 'New' }]);
    expect((await read('', { 'if-none-match': etag })).status).toBe(200);
  });

  it('errors in the format of the custom store integration', async () => {
    const get = async (address: string): Promise<unknown> => {
      const answer = await shop().browser().get(`/api/punchout/categories${address}`);
      return [answer.status, answer.json().status, answer.json().error_code, answer.json().message];
    };
    expect(await get('')).toEqual([400, 'error', 'invalid_request', 'Missing field: api_key']);
    expect(await get('?api_key=')).toEqual([400, 'error', 'invalid_request', 'Missing field: api_key']);
    expect(await get('?api_key=wrong')).toEqual([401, 'error', 'unauthorized', 'The api_key is not valid']);
    expect(await get(`?api_key=${API_KEY}&api_key=b`)).toEqual([
      400,
      'error',
      'invalid_request',
      expect.stringMatching(/^Invalid field: api_key /),
    ]);
    expect(await get(`?api_key=${API_KEY}&limit=0`)).toEqual([
      400,
      'error',
      'invalid_request',
      expect.stringMatching(/^Invalid field: limit /),
    ]);
    jest.spyOn(shop().store, 'categories').mockRejectedValue(new PunchoutError('STORE_UNAVAILABLE'));
    expect(await get(`?api_key=${API_KEY}`)).toEqual([503, 'error', 'internal_error', expect.any(String)]);
    jest.spyOn(shop().store, 'categories').mockRejectedValue(new Error(`select secret ${API_KEY}`));
    expect(await get(`?api_key=${API_KEY}`)).toEqual([
      500,
      'error',
      'internal_error',
      expect.stringMatching(/^Something went wrong on our side\. Reference: [\w-]+$/),
    ]);
  });

  describe('tenants', () => {
    it('each has its own numbers', async () => {
      selling([{ categoryId: 'shared', name: 'Shared' }]);
      await shop().onboardMiddleware({
        tenantId: 'other',
        connectionId: 'theirs',
        apiKey: 'the-key-of-another-tenant',
        repost: {},
      });
      const ours = (await read()).json().categories[0].id;
      const theirs = (await shop().browser().get('/api/punchout/categories?api_key=the-key-of-another-tenant')).json()
        .categories[0].id;
      expect(ours).not.toBe(theirs);
    });
  });
});
