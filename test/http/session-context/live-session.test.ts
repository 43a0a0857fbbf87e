import { expect, it } from '@jest/globals';
import { cartFields, idOf, put, SESSION, shopping } from '../../support/call-ups.js';
import { contextCall, contextPath, putContext } from '../../support/context-calls.js';
import { describeShop } from '../../support/running-shop.js';
import { HTML, JSON_WANTED } from '../../support/web-client.js';

describeShop('session context: the context of a live session', {}, (shop) => {
  it('EUR to CHF in mid-session: prices from the next read on, and the cart returns in CHF (cXML)', async () => {
    const { client, transmissionId } = await shopping(shop());
    await put(client, 'SKU-001', 2);
    const context = (await contextCall(shop(), contextPath(transmissionId))).json();
    expect(context).toEqual({
      sessionId: transmissionId,
      siteCode: 'main',
      currency: 'EUR',
      cartId: transmissionId,
      targetLocation: 'DE',
      language: 'de',
      context: {},
      metadata: { version: 1, createdAt: expect.any(String), modifiedAt: expect.any(String) },
    });
    expect((await putContext(shop(), transmissionId, { currency: 'CHF', metadata: { version: 1 } })).status).toBe(204);
    expect((await client.get('/checkout/cart.json', JSON_WANTED)).json()).toMatchObject({ currency: 'CHF' });
    expect((await contextCall(shop(), contextPath(transmissionId))).json()).toMatchObject({
      currency: 'CHF',
      metadata: { version: 2 },
    });
    const page = await client.post(`${SESSION}/logout?transferred=1`, '', HTML);
    const document = cartFields(page)['cXML-urlencoded'] ?? '';
    expect(document).toContain('currency="CHF"');
    expect(document).not.toContain('currency="EUR"');
    expect((await putContext(shop(), transmissionId, { currency: 'EUR', metadata: { version: 2 } })).status).toBe(409);
  });

  it('the same in OCI; values that the shop or the site does not have are refused', async () => {
    const start = await shop()
      .browser()
      .post(
        '/v1/punchout/oci/setup',
        'HOOK_URL=https://erp.company.com/oci/return&USERNAME=buyer@company.com&PASSWORD=SecretPassword123',
        HTML,
      );
    const startUrl =
      /https?:[^"'<> ]+\/session\/login\/[^"'<> ]+/.exec(start.text)?.[0].replaceAll('&amp;', '&') ?? start.location;
    const client = shop().browser();
    await client.get(startUrl, JSON_WANTED);
    await put(client, 'SKU-001', 1);
    const id = idOf(startUrl);
    const refused = await putContext(shop(), id, { currency: 'JPY', targetLocation: 'CH', metadata: { version: 1 } });
    expect([refused.status, refused.json()]).toEqual([
      400,
      {
        sessionId: id,
        code: 400,
        message: 'currency: Site main does not sell in this currency; it has EUR, CHF, USD.',
      },
    ]);
    expect((await contextCall(shop(), contextPath(id))).json()).toMatchObject({
      currency: 'EUR',
      targetLocation: 'DE',
      metadata: { version: 1 },
    });
    expect(
      (
        await putContext(shop(), id, {
          currency: 'CHF',
          language: 'en',
          targetLocation: 'CH',
          metadata: { version: 1 },
        })
      ).status,
    ).toBe(204);
    const fields = cartFields(await client.post(`${SESSION}/logout?transferred=1`, '', HTML));
    expect(fields).toMatchObject({ 'NEW_ITEM-CURRENCY[1]': 'CHF' });
    expect(Number(fields['NEW_ITEM-PRICE[1]'])).toBeLessThan(499);
  });

  it("the buyer's choice in the shop is copied with a new version, an audit row and an event", async () => {
    const seen: unknown[] = [];
    const off = shop().connector.on(
      'context-changed',
      ({ context, before }) => void seen.push([before?.fields.currency, context.fields.currency, context.version]),
    );
    const { client, transmissionId } = await shopping(shop());
    await contextCall(shop(), contextPath(transmissionId));
    expect(
      (
        await client.send('/context', {
          method: 'POST',
          body: JSON.stringify({ currency: 'USD' }),
          headers: { 'content-type': 'application/json', ...JSON_WANTED },
        })
      ).json(),
    ).toEqual({ currency: 'USD', language: 'de' });
    off();
    expect((await contextCall(shop(), contextPath(transmissionId))).json()).toMatchObject({
      currency: 'USD',
      metadata: { version: 2 },
    });
    expect(seen).toEqual([['EUR', 'USD', 2]]);
    expect(
      await shop().knex('audit').where({ transmission_id: transmissionId, event: 'context_changed' }).select('actor'),
    ).toEqual([{ actor: 'shop' }]);
    expect((await client.get('/', HTML)).text).toMatch(/value="USD" aria-pressed="true"/);
    // A management system with an outdated version.
    expect(
      (await putContext(shop(), transmissionId, { currency: 'CHF', metadata: { version: 1 } })).json(),
    ).toMatchObject({ code: 409, metadata: { version: 2 } });
  });

  it('me/context: the own session by cookie, only for its own tenant, and not from another site', async () => {
    const { client, transmissionId } = await shopping(shop());
    const own = '/session-context/demo/me/context';
    expect((await client.get(own)).json()).toMatchObject({ sessionId: transmissionId, metadata: { version: 1 } });
    expect((await client.get('/session-context/other/me/context')).status).toBe(401);
    const patch = (body: object, headers: Record<string, string> = {}): ReturnType<typeof client.send> =>
      client.send(own, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    expect(
      (await patch({ currency: 'CHF', metadata: { version: 1 } }, { origin: 'https://evil.example' })).status,
    ).toBe(401);
    expect((await patch({ currency: 'CHF' })).status).toBe(409);
    expect(
      (await patch({ currency: 'CHF', customerId: 'C1', cartId: 'x', whatever: 1, metadata: { version: 1 } })).status,
    ).toBe(204);
    const context = (await client.get(own)).json();
    expect(context).toMatchObject({ currency: 'CHF', cartId: transmissionId, metadata: { version: 2 } });
    expect(context.customerId).toBeUndefined();
    const added = await client.send(`${own}/attributes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"key":"campaign","value":{"a":1}}',
    });
    expect([added.status, added.json()]).toEqual([201, 'campaign']);
    expect((await client.get(own)).json()).toMatchObject({ context: { campaign: { a: 1 } }, metadata: { version: 2 } });
  });
});
