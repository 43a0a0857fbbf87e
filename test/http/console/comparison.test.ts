import { beforeAll, expect, it } from '@jest/globals';
import { SESSION, callUp, put, shopping } from '../../support/call-ups.js';
import { describeMounted } from '../../support/running-shop.js';
import { JSON_WANTED } from '../../support/web-client.js';
import { addOperators, emailOf, signedIn } from './console-visitor.js';

describeMounted('a session beside the last good one', {}, (shop) => {
  const seen = { first: '', good: '', failed: '' };

  async function sent(buyerCookie: string, quantity: number): Promise<string> {
    const { client, transmissionId } = await shopping(shop(), { buyerCookie });
    await put(client, 'SKU-001', quantity);
    await client.post(`${SESSION}/logout?transferred=1`, '', JSON_WANTED);
    return transmissionId;
  }

  beforeAll(async () => {
    await addOperators(shop());
    await addOperators(shop(), 'rival');
    seen.first = await sent('first', 1);
    seen.good = await sent('GOOD', 7);
    seen.failed = /\/(demo_\w+)/.exec(await callUp(shop(), { buyerCookie: 'MISS' }))?.[1] ?? '';
  });

  it('shows the newest one before it whose cart went back, and marks what differs', async () => {
    const engineer = await signedIn(shop(), emailOf('engineer'));
    const { text } = await engineer.get(`/sessions/${seen.failed}/compare`);
    expect(text).toContain(`/console/sessions/${seen.good}"`);
    expect(text).not.toContain(seen.first);
    expect(text).toMatch(/class="l differs"[^\n]*<mark>GOOD<\/mark>/);
    expect(text).toMatch(/class="l differs"[^\n]*<mark>MISS<\/mark>/);
    expect(text).toContain('This session has no such document.');
  });

  it('a good session has the one before it beside it; the first has a later one', async () => {
    const engineer = await signedIn(shop(), emailOf('engineer'));
    expect((await engineer.get(`/sessions/${seen.good}/compare`)).text).toContain(`/console/sessions/${seen.first}"`);
    // The other mounting has sent carts before.
    if (shop().prefix !== '') return;
    expect((await engineer.get(`/sessions/${seen.first}/compare`)).text).toContain(`/console/sessions/${seen.good}"`);
  });

  it('a viewer sees the steps of both, and no document', async () => {
    const viewer = await signedIn(shop(), emailOf('viewer'));
    const { text } = await viewer.get(`/sessions/${seen.failed}/compare`);
    expect(text).toContain('Last good session');
    expect(text).not.toContain('<pre');
    expect(text).toContain('Your role sees no documents');
  });

  it('an unknown session and one of another tenant are not found', async () => {
    const rival = await signedIn(shop(), emailOf('owner', 'rival'));
    for (const path of ['compare', 'bundle'])
      expect((await rival.get(`/sessions/${seen.good}/${path}`)).status).toBe(404);
  });

  it('the support bundle is a file with the whole story and no secret', async () => {
    const engineer = await signedIn(shop(), emailOf('engineer'));
    const file = await engineer.get(`/sessions/${seen.good}/bundle`);
    expect(file.headers['content-disposition']).toBe(`attachment; filename="${seen.good}-support.json"`);
    const bundle = file.json();
    expect(bundle.session.session_id).toBe(seen.good);
    expect(bundle.events.map(({ event }: { event: string }) => event)).toEqual(['created', 'login', 'transfer']);
    expect(bundle.messages.length).toBeGreaterThan(2);
    expect(bundle.connection.protocol).toBe('cxml');
    expect(file.text).not.toContain('SecretPassword123');
  });

  it('the cart is shown as the document that the buyer reads, and its findings with their remedy', async () => {
    const engineer = await signedIn(shop(), emailOf('engineer'));
    const { text } = await engineer.get(`/sessions/${seen.good}`);
    expect(text).toContain('&lt;PunchOutOrderMessage');
    const file = await engineer.get(`/sessions/${seen.good}/documents/cart`);
    expect(file.text).toMatch(/^<\?xml/);
    expect(file.headers['content-disposition']).toMatch(/\.xml"$/);
    await shop()
      .knex('transfer_payload')
      .where({ transmission_id: seen.good })
      .update({
        payload: shop().knex.raw(`jsonb_set(payload::jsonb, '{findings}', ?::jsonb)::json`, [
          JSON.stringify([
            {
              code: 'UNIT_UNKNOWN',
              severity: 'warning',
              line: 1,
              sku: 'SKU-001',
              field: 'UnitOfMeasure',
              message: '"Stk" is no UN/CEFACT code.',
              platform: 'SAP Ariba',
            },
          ]),
        ]),
      });
    const found = (await engineer.get(`/sessions/${seen.good}`)).text;
    expect(found).toContain('line 1, SKU-001, UnitOfMeasure');
    expect(found).toContain('UNIT_UNKNOWN');
    expect(found).toContain('Map the unit of the shop in units of the connection');
  });
});
