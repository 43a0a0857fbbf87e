import { beforeAll, expect, it } from '@jest/globals';
import { cartFields, SESSION } from '../../support/call-ups.js';
import { shoppingByClone } from '../../support/clone-calls.js';
import { describeShop } from '../../support/running-shop.js';
import { HTML, JSON_WANTED, type WebClient } from '../../support/web-client.js';

describeShop('language and currency of a connection reach the shop', {}, (shop) => {
  const settings = {
    returnOrigins: ['https://erp.example.com'],
    language: 'en',
    currency: 'CHF',
    onActiveSession: 'replace',
  };
  const call = (more: Record<string, string>): Promise<Awaited<ReturnType<WebClient['post']>>> =>
    shop()
      .browser()
      .post(
        '/v1/punchout/oci/setup',
        { HOOK_URL: 'https://erp.example.com/back', USERNAME: 'swiss', PASSWORD: 'SwissPassword123', ...more },
        HTML,
      );

  beforeAll(async () => {
    await shop().onboard({
      connectionId: 'swiss',
      protocol: 'oci',
      settings,
      credential: { kind: 'oci', domain: '', identity: 'swiss' },
      secret: 'SwissPassword123',
    });
  });

  it.each([
    ['VALIDATE', { PRODUCTID: 'SKU-001' }],
    ['BACKGROUND_SEARCH', { SEARCHSTRING: 'SKU-001' }],
  ])("OCI %s answers in the connection's language and currency", async (name, more) => {
    const fields = cartFields(await call({ FUNCTION: name, ...more }));
    expect([
      fields['NEW_ITEM-CURRENCY[1]'],
      Object.entries(fields).find(([name]) => name.startsWith('NEW_ITEM-LONGTEXT'))?.[1],
    ]).toEqual(['CHF', expect.stringContaining('The widget')]);
    expect(fields['NEW_ITEM-PRICE[1]']).not.toBe('499.990');
  });

  it('a visit, its cart and its session context have the language and currency', async () => {
    const client = shop().browser();
    const start = /url=([^"]+)">/.exec((await call({})).text)?.[1]?.replaceAll('&#38;', '&') ?? '';
    expect((await client.get(start, JSON_WANTED)).status).toBe(200);
    const context = await client.get('/session-context/demo/me/context', JSON_WANTED);
    expect(context.json()).toMatchObject({ currency: 'CHF', language: 'en' });
  });

  it("the session of a middleware's clone has them too", async () => {
    await shop().onboardMiddleware({
      connectionId: 'swiss-middleware',
      apiKey: 'the-key-of-the-swiss',
      repost: { templateUsers: ['buyer123'], endCustomers: [] },
      settings: { language: 'en', currency: 'CHF' },
    });
    const { client } = await shoppingByClone(shop(), {
      api_key: 'the-key-of-the-swiss',
      gateway_base_url: 'https://middleware.example.com',
    });
    expect((await client.get('/session-context/demo/me/context', JSON_WANTED)).json()).toMatchObject({
      currency: 'CHF',
      language: 'en',
    });
    expect((await client.get(`${SESSION}/logout`, JSON_WANTED)).status).toBeLessThan(500);
  });
});
