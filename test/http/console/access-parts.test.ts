import { beforeAll, expect, it } from '@jest/globals';
import { accessToken } from '../../support/context-calls.js';
import { describeShop } from '../../support/running-shop.js';
import { signed } from '../connect/signed-calls.js';
import { PASSWORD, addOperators, emailOf, signedIn } from './console-visitor.js';

const secretsIn = (page: string): string[] =>
  [...page.matchAll(/<code class="secret">([^<]+)<\/code>/g)].map(([, secret = '']) => secret);

describeShop('OAuth clients, ConnectShops and sites in the console', {}, (shop) => {
  beforeAll(async () => {
    await addOperators(shop());
    await addOperators(shop(), 'rival');
  });

  it('a client is added, gets another secret, loses the first, and is ended', async () => {
    const owner = await signedIn(shop(), emailOf('owner'));
    const made = await owner.post('/access/clients', { client_id: 'erp-contexts', name: 'ERP' });
    const [first = ''] = secretsIn(made.text);
    expect([made.status, first.length]).toEqual([200, 43]);
    const [second = ''] = secretsIn((await owner.post('/access/clients/erp-contexts/secrets')).text);
    const page = (await owner.get('/access/clients')).text;
    for (const secret of [first, second]) {
      expect(page).not.toContain(secret);
      expect(shop().logged.join('\n')).not.toContain(secret);
      expect(await accessToken(shop(), { id: 'erp-contexts', secret })).toEqual(expect.any(String));
    }
    const [client] = (await shop().connector.directory.oauthClients.list('demo')).filter(
      ({ clientId }) => clientId === 'erp-contexts',
    );
    const older = client?.secrets.at(-1)?.secretId ?? '';
    expect((await owner.post(`/access/clients/erp-contexts/secrets/${older}/revoke`)).status).toBe(303);
    await expect(accessToken(shop(), { id: 'erp-contexts', secret: first })).rejects.toThrow();
    expect((await owner.post('/access/clients', { client_id: 'erp-contexts', name: 'ERP' })).status).toBe(409);
    expect((await owner.post('/access/clients/erp-contexts/revoke')).status).toBe(303);
    await expect(accessToken(shop(), { id: 'erp-contexts', secret: second })).rejects.toThrow();
  });

  it('a shop is saved with a key that signs, and loses it', async () => {
    const owner = await signedIn(shop(), emailOf('owner'));
    const number = 4711 + shop().prefix.length;
    const fields = { shop_id: String(number), name: 'Supplier', role: 'supplier', delivery_key: 'own' };
    const [key = '', hookSecret = ''] = secretsIn((await owner.post('/access/shops', fields)).text);
    const ping = async (): Promise<number> =>
      (await signed(shop().browser(), '/sdk/ping', {}, { shop: String(number), key })).status;
    expect([key === hookSecret, await ping()]).toEqual([false, 200]);
    // Saved again: it has a key, and gets no other.
    expect((await owner.post('/access/shops', { ...fields, request_signature: 'required' })).status).toBe(303);
    const [summary] = (await shop().connector.directory.connectShops.list('demo')).filter(
      ({ shopId }) => shopId === number,
    );
    expect([summary?.signing.requestSignature, summary?.keys.length]).toEqual(['required', 1]);
    // A form that names no signature keeps it.
    await owner.post('/access/shops', { ...fields, delivery_key: '', request_signature: '' });
    const [kept] = (await shop().connector.directory.connectShops.list('demo')).filter(
      ({ shopId }) => shopId === number,
    );
    expect(kept?.signing).toEqual({ deliveryKey: 'own', requestSignature: 'required' });
    const keyId = summary?.keys[0]?.keyId ?? '';
    expect((await owner.post(`/access/shops/${number}/keys/${keyId}/revoke`)).status).toBe(303);
    expect(await ping()).toBe(401);
    expect((await owner.get('/access/shops')).text).toContain('it can call nothing');
  });

  it('a site is added, edited and removed; a fault keeps what was typed', async () => {
    const owner = await signedIn(shop(), emailOf('owner'));
    const fields = { site_code: 'ch', name: 'Schweiz', country: 'ch', currencies: 'CHF, EUR', languages: 'de fr' };
    expect((await owner.post('/access/sites', fields)).status).toBe(303);
    expect(await shop().connector.directory.sites.list('demo')).toContainEqual(
      expect.objectContaining({ country: 'CH', currencies: ['CHF', 'EUR'], languages: ['de', 'fr'], isDefault: false }),
    );
    expect((await owner.get('/access/sites?site=ch')).text).toContain('value="CHF, EUR"');
    const wrong = await owner.post('/access/sites', { ...fields, currencies: 'CHF, XXY' });
    expect([wrong.status, wrong.text.includes('value="CHF, XXY"')]).toEqual([400, true]);
    expect((await owner.post('/access/sites/ch/remove')).status).toBe(303);
  });

  it('secrets ask for the own password after ten minutes', async () => {
    const owner = await signedIn(shop(), emailOf('owner'));
    await shop().knex.raw(`update operator_sign_in set proven_at = now() - interval '11 minutes'`);
    const fields = { client_id: `late-client-${shop().prefix.length}`, name: 'Late' };
    const refused = await owner.post('/access/clients', { ...fields, own_password: 'wrong-password-1' });
    expect([refused.status, refused.text.includes('wrong-password-1')]).toEqual([403, false]);
    expect((await owner.post('/access/shops/1/keys')).status).toBe(403);
    const made = await owner.post('/access/clients', { ...fields, own_password: PASSWORD });
    expect(secretsIn(made.text)).toHaveLength(1);
  });

  it('those of another tenant are unknown', async () => {
    const stranger = await signedIn(shop(), emailOf('owner', 'rival'));
    const pages = ['/access/clients', '/access/shops', '/access/sites'];
    for (const page of pages) expect((await stranger.get(page)).text).not.toMatch(/demo-client|Nordlicht/);
    expect((await stranger.post('/access/clients/demo-client/secrets')).status).toBe(404);
    expect((await stranger.post('/access/clients', { client_id: 'demo-client', name: 'X' })).status).toBe(409);
    expect((await stranger.post('/access/shops/1/keys')).status).toBe(404);
    expect((await stranger.post('/access/sites/main/remove')).status).toBe(404);
  });
});
