import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callUp, put, shopping } from '../../support/call-ups.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { type Answer, HTML, JSON_WANTED } from '../../support/web-client.js';
import { DEMO_KEY, started } from './api/api-calls.js';
import { orderMessage } from './api/order-message.js';

const OLD = 'old-secret-of-at-least-32-characters';
const NEW = 'new-secret-of-at-least-32-characters';
const CALL = {
  HOOK_URL: 'https://erp.company.com/oci/return',
  USERNAME: 'buyer@company.com',
  PASSWORD: 'SecretPassword123',
  FUNCTION: 'VALIDATE',
  PRODUCTID: 'SKU-001',
  QUANTITY: '1',
};

describe('SESSION_SECRET is a list: the first signs, all are accepted', () => {
  let home: TestDatabase;
  beforeAll(async () => {
    home = await testDatabase();
  });
  afterAll(() => home.drop());

  /** Paths, because each shop listens on its own port. */
  const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/]+/, '');
  async function withShop<T>(secrets: string[], act: (shop: RunningShop) => Promise<T>): Promise<T> {
    const shop = await startShop(home.database, '', { connector: { secrets } });
    try {
      return await act(shop);
    } finally {
      await shop.close();
    }
  }
  /** One of each kind of address that carries a token of ours. */
  async function addresses(shop: RunningShop): Promise<Record<'start' | 'returnPage' | 'answer', string>> {
    const start = pathOf(await callUp(shop));
    const { id } = await started(shop);
    const document = orderMessage({ buyerCookie: 'BUYER_123' });
    const transferred = await shop.browser().send(`/v1/punchout/transfer?session_id=${id}`, {
      method: 'POST',
      body: document,
      headers: { 'content-type': 'application/xml', authorization: `Bearer ${DEMO_KEY}` },
    });
    expect([transferred.status, transferred.text]).toEqual([200, expect.stringContaining('return_page_url')]);
    const answer = await shop.browser().get(`/v1/punchout/oci/setup?${new URLSearchParams(CALL).toString()}`, HTML);
    expect(answer.status).toBe(303);
    return { start, returnPage: pathOf(transferred.json().data.return_page_url), answer: pathOf(answer.location) };
  }
  const open = (shop: RunningShop, path: string): Promise<Answer> => shop.browser().get(path, HTML);

  it('links, return pages and answers of an older secret open until it is removed', async () => {
    const [first, second] = await withShop(
      [OLD],
      async (shop) => [await addresses(shop), await addresses(shop)] as const,
    );
    await withShop([NEW, OLD], async (shop) => {
      expect((await open(shop, first.start)).status).toBe(303);
      for (const path of [first.returnPage, first.answer])
        expect([path, (await open(shop, path)).status]).toEqual([path, 200]);
      const fresh = await addresses(shop);
      expect((await open(shop, fresh.returnPage)).status).toBe(200);
    });
    await withShop([NEW], async (shop) => {
      for (const path of [second.returnPage, second.answer])
        expect([path, (await open(shop, path)).status >= 400]).toEqual([path, true]);
    });
  }, 120_000);

  it('a browser session signed by an older secret still works', async () => {
    const cookie = await withShop([OLD], async (shop) => {
      const { client } = await shopping(shop);
      await put(client, 'SKU-001', 1);
      return [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    });
    await withShop([NEW, OLD], async (shop) => {
      const answer = await shop
        .browser()
        .send('/agiqon/connector/session/get', { headers: { cookie, ...JSON_WANTED } });
      expect(answer.json().active).toBe(true);
    });
  }, 60_000);
});
