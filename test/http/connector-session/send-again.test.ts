import { describe, expect, it } from '@jest/globals';
import { SESSION, put, setRow, shopping } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { JSON_WANTED, NAVIGATION, type WebClient, plain } from '../../support/web-client.js';

const TRANSFER = `${SESSION}/logout?transferred=1`;
const SAME = { ...NAVIGATION, 'sec-fetch-site': 'same-origin' };
const DAY_MS = 24 * 60 * 60_000;

describeShop('a sent cart that did not arrive', {}, (shop) => {
  const said = async (client: WebClient): Promise<Record<string, unknown>> =>
    (await client.get(`${SESSION}/get`, JSON_WANTED)).json();
  const sent = async (query = TRANSFER): Promise<{ client: WebClient; transmissionId: string; page: string }> => {
    const { client, transmissionId } = await shopping(shop());
    await put(client, 'SKU-001', 2);
    return { client, transmissionId, page: (await client.post(query, '', SAME)).text };
  };
  const age = (transmissionId: string, hours: number): Promise<number> =>
    shop()
      .knex('transfer_payload')
      .where({ transmission_id: transmissionId })
      .update({ stored_at: new Date(Date.now() - hours * 3_600_000) });

  describe('session/get', () => {
    it('reports the transfer, where and until when to send again; a POST sends the same bytes', async () => {
      const { client, transmissionId, page } = await sent();
      const answer = await said(client);
      expect(answer).toEqual({
        active: false,
        transmissionId,
        status: 'transferred',
        resend: `${shop().prefix}${TRANSFER}`,
        expiresAt: expect.stringMatching(/Z$/),
      });
      expect(Math.abs(Date.parse(String(answer['expiresAt'])) - Date.now() - DAY_MS)).toBeLessThan(60_000);
      const address = new URL(String(answer['resend']), shop().url).href;
      expect((await client.post(address, '', SAME)).text).toBe(page);
      expect((await client.post(address, '', JSON_WANTED)).json()).toMatchObject({
        method: 'post',
        fields: [expect.anything()],
      });
    });

    it('offers the same after a return without changes', async () => {
      const { client, transmissionId, page } = await sent(`${TRANSFER}&unchanged=1`);
      expect(await said(client)).toMatchObject({ active: false, transmissionId, status: 'closed' });
      expect((await client.post(TRANSFER, '', SAME)).text).toBe(page);
    });

    it.each<[string, (transmissionId: string) => Promise<unknown>]>([
      ['a day later', (id) => age(id, 24.1)],
      ["once the buyer's system has ordered it", (id) => setRow(shop(), id, { status: 'order_created' })],
      [
        'if the return address is no longer allowed',
        (id) => setRow(shop(), id, { return_url: 'https://elsewhere.example/' }),
      ],
    ])('not %s', async (_, change) => {
      const { client, transmissionId } = await sent();
      await change(transmissionId);
      expect(await said(client)).toEqual({ active: false });
    });

    it('offers nothing without a transfer, in another browser, or while the next session is live', async () => {
      const { client } = await shopping(shop());
      await client.post(`${SESSION}/logout`, '', JSON_WANTED);
      expect(await said(client)).toEqual({ active: false });
      const again = await sent();
      expect(await said(shop().browser())).toEqual({ active: false });
      const next = await shopping(shop());
      again.client.cookies.clear();
      for (const [name, value] of next.client.cookies) again.client.cookies.set(name, value);
      expect(await said(again.client)).toMatchObject({ active: true, status: 'active' });
    });
  });

  describe('the demo shop', () => {
    it.each(['/', '/checkout/cart', '/detail/SKU-001'])(
      '%s offers to send the cart again; the buyer may still frame it',
      async (path) => {
        const { client, page } = await sent();
        const shown = await client.get(path, SAME);
        expect(plain(shown.text)).toMatch(/Send the cart again|Warenkorb noch einmal/);
        expect(shown.headers['content-security-policy']).toMatch(/frame-ancestors 'self' https:\/\/erp\.company\.com/);
        expect((await client.submit(shown)).text).toBe(page);
      },
    );

    it('the cart page does not call the sent cart empty', async () => {
      const { client } = await sent();
      expect(plain((await client.get('/checkout/cart', SAME)).text)).toMatch(
        /The cart of your punchout was sent|Der Warenkorb Ihres Punchouts wurde/,
      );
    });

    it('offers nothing to other browsers, and nothing a day later', async () => {
      const { client, transmissionId } = await sent();
      await age(transmissionId, 25);
      for (const each of [client, shop().browser()])
        expect((await each.get('/checkout/cart', SAME)).text).not.toContain('logout?transferred=1');
    });
  });

  it('a custom shop uses connector.sentCart', async () => {
    const { client } = await sent();
    expect((await client.get('/')).text).toContain(`action="${shop().prefix}${TRANSFER}"`);
  });
});
