import { beforeAll, expect, it } from '@jest/globals';
import { callUp, postXml, put, setupXml, shopping, SESSION } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { askAdmin } from '../admin/admin-calls.js';
import { until } from '../../support/until.js';
import { addOperators, emailOf, signedIn } from './console-visitor.js';

describeShop('what the console tells of the past', {}, (shop) => {
  const seen = { sessionId: '' };

  beforeAll(async () => {
    await addOperators(shop());
    await addOperators(shop(), 'rival');
    const { client: buyer, transmissionId } = await shopping(shop(), { buyerCookie: `cookie-${shop().prefix.length}` });
    seen.sessionId = transmissionId;
    await put(buyer, 'SKU-001', 2);
    await buyer.post(`${SESSION}/logout?transferred=1`, '', { accept: 'application/json' });
    await postXml(shop().browser(), setupXml({ returnUrl: 'https://elsewhere.example/x' }));
  });

  it('today: the funnel, and what was refused with its remedy and a way to it', async () => {
    const engineer = await signedIn(shop(), emailOf('engineer'));
    const { text } = await engineer.get('');
    expect(text).toMatch(/Transfer: [1-9]/);
    const [, address = ''] = /href="([^"]*\/refusals\?code=RETURN_URL_REFUSED[^"]*)"/.exec(text) ?? [];
    expect(address).toContain('company-cxml');
    const list = await engineer.browser.get(new URL(address.replaceAll('&amp;', '&'), shop().url).href);
    expect(list.text).toContain('What to do:');
    expect(list.text).toContain('https://elsewhere.example/x');
    const [, document = ''] = /href="([^"]*\/documents\/\d+)" download/.exec(list.text) ?? [];
    const file = await engineer.browser.get(new URL(document, shop().url).href);
    expect(file.headers['content-type']).toBe('application/octet-stream');
    expect(file.headers['content-disposition']).toMatch(/^attachment; filename="refused-[\w-]+-\d+\.(xml|txt)"$/);
    expect(file.text).not.toContain('SecretPassword123');
  });

  it('today says where time goes: of this server, of the shop, of buyers', async () => {
    const { text } = await (await signedIn(shop(), emailOf('viewer'))).get('');
    for (const step of ['Call-up, until its answer', 'Login', 'Shop: readCart', 'From the login to the cart'])
      expect(text).toMatch(new RegExp(`<div>${step}</div></td>`));
  });

  it('today names the parts of the clean-up that fail', async () => {
    await shop().knex.raw(`insert into sweep_fault (sweep, error) values ('message log', 'no <disk> left')`);
    const { text } = await (await signedIn(shop(), emailOf('viewer'))).get('');
    expect(text).toMatch(/clean-up fails<\/span> message log.*no &lt;disk> left.*It is tried again by itself/s);
    await shop().knex('sweep_fault').delete();
  });

  it('today counts refusals as the admin API does', async () => {
    await postXml(shop().browser(), setupXml({ secret: 'wrong' }));
    const counted = async (): Promise<{ code: string; count: number }[]> =>
      (await askAdmin(shop(), 'adminGroupRefusals')).json().data.groups;
    // A refusal is noted when its answer is sent.
    await until(async () => (await counted()).some(({ code }) => code === 'INVALID_CREDENTIALS'));
    const groups = await counted();
    const { text } = await (await signedIn(shop(), emailOf('engineer'))).get('');
    const shown = [
      ...text.matchAll(/<span class="badge bad">([A-Z_]+)<\/span> <a href.*?class="num"[^>]*><div>(\d+)</g),
    ];
    expect(groups.length).toBeGreaterThan(1);
    expect(shown.map(([, code, count]) => `${code} ${count}`).toSorted()).toEqual(
      groups.map(({ code, count }) => `${code} ${count}`).toSorted(),
    );
  });

  it('a reference that a buyer reads out leads to its request', async () => {
    const answer = await postXml(shop().browser(), setupXml({ returnUrl: 'https://elsewhere.example/y' }));
    const reference = String(answer.headers['x-request-id']);
    const engineer = await signedIn(shop(), emailOf('engineer'));
    const found = await engineer.get(`/sessions?q=${reference}`);
    expect(found.location).toBe(`${shop().url}/console/refusals?reference=${reference}`);
    expect((await engineer.browser.get(found.location)).text).toContain('https://elsewhere.example/y');
  });

  it.each([
    ['its id', () => seen.sessionId],
    ['its BuyerCookie', () => `cookie-${shop().prefix.length}`],
    ['the e-mail of its buyer', () => 'USER@company.com'],
  ])('a session is found by %s', async (_, text) => {
    const viewer = await signedIn(shop(), emailOf('viewer'));
    const { text: page } = await viewer.get(`/sessions?q=${encodeURIComponent(text())}`);
    expect(page).toContain(`/console/sessions/${seen.sessionId}"`);
  });

  it.each([
    ['?status=completed', true],
    ['?status=expired', false],
    ['?protocol=cxml&from=2020-01-01', true],
    ['?to=2020-01-01', false],
    ['?to=9999-12-31', true],
    ['?connection=company-cxml&to=9999-12-31', true],
    ['?from=nonsense&status=unknown&cursor=x', true],
    ['?q=user@company.com&status=cancelled', false],
    ['?connection=company-cxml', true],
    ['?connection=company-oci', false],
  ])('the list %s has it: %s', async (query, isThere) => {
    const viewer = await signedIn(shop(), emailOf('viewer'));
    expect((await viewer.get(`/sessions${query}`)).text.includes(seen.sessionId)).toBe(isThere);
  });

  it('pages of the list do not repeat or lose a session', async () => {
    for (let index = 0; index < 30; index += 1) await callUp(shop(), { buyerCookie: `many-${index}` });
    const viewer = await signedIn(shop(), emailOf('viewer'));
    const ids: string[] = [];
    let address = `${shop().url}/console/sessions`;
    for (let page = 0; address !== '' && page < 10; page += 1) {
      const { text } = await viewer.browser.get(address);
      ids.push(...[...text.matchAll(/\/sessions\/(demo_\w+)"/g)].map(([, id]) => String(id)));
      const [, next = ''] = /href="([^"]*)" rel="next"/.exec(text) ?? [];
      address = next === '' ? '' : new URL(next.replaceAll('&amp;', '&'), shop().url).href;
    }
    expect(ids.length).toBeGreaterThan(30);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(seen.sessionId);
  });

  it('a session shows its steps and documents; a viewer sees the steps only', async () => {
    const engineer = await signedIn(shop(), emailOf('engineer'));
    const viewer = await signedIn(shop(), emailOf('viewer'));
    const [whole, part] = [
      (await engineer.get(`/sessions/${seen.sessionId}`)).text,
      (await viewer.get(`/sessions/${seen.sessionId}`)).text,
    ];
    for (const text of [whole, part]) expect(text).toMatch(/Call-up<\/h2>.*Login<\/h2>.*Transfer<\/h2>/s);
    expect(whole).toContain('PunchOutSetupRequest, received');
    expect(whole).toContain('[redacted]');
    expect(whole).not.toContain('SecretPassword123');
    expect(part).not.toContain('PunchOutSetupRequest');
    expect(part).toContain('Your role sees no documents');
    expect((await engineer.get(`/sessions/${seen.sessionId}/documents/cart`)).text).toContain('PunchOutOrderMessage');
  });

  it("the connections page shows the age of every newest secret, and of a middleware's key", async () => {
    const viewer = await signedIn(shop(), emailOf('viewer'));
    const { text } = await viewer.get('/connections');
    for (const name of ['Company GmbH (cXML)', 'Company GmbH (OCI)', 'Company GmbH (middleware)']) {
      const row = text.split('<tr').find((candidate) => candidate.includes(name));
      expect([name, /<time/.test(row ?? '')]).toEqual([name, true]);
    }
  });

  it('nothing of it exists for another tenant', async () => {
    const stranger = await signedIn(shop(), emailOf('owner', 'rival'));
    expect((await stranger.get(`/sessions/${seen.sessionId}`)).status).toBe(404);
    expect((await stranger.get(`/sessions/${seen.sessionId}/documents/cart`)).status).toBe(404);
    for (const path of ['', '/refusals', '/sessions', '/sessions?q=user%40company.com', '/connections'])
      expect((await stranger.get(path)).text).not.toMatch(/Company GmbH|RETURN_URL_REFUSED|demo_/);
  });

  it('pages are for this browser only and cannot be framed; assets are kept', async () => {
    const viewer = await signedIn(shop(), emailOf('viewer'));
    const { text } = await viewer.get('');
    const { headers } = await viewer.get('/sessions');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'nonce-[\w+/=]+'; script-src 'nonce-[\w+/=]+'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
    );
    for (const [, address] of text.matchAll(/(?:href|src)="([^"]*\/assets\/[^"]*)"/g)) {
      const asset = await shop()
        .browser()
        .get(new URL(String(address), shop().url).href);
      expect([asset.status, asset.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    }
  });
});
