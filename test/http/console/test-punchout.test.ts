import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { readReturnPage } from '../../../src/protocols/form/read-return-page.js';
import { describeShop } from '../../support/running-shop.js';
import type { Answer } from '../../support/web-client.js';
import { addOperators, emailOf, type Operating, signedIn } from './console-visitor.js';

const START = /class="button" href="([^"]+)" target="_blank"/;
const NAVIGATION = { accept: 'text/html', 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'document' };

describeShop('a test punchout', {}, (shop) => {
  let engineer: Operating;
  beforeAll(async () => {
    await addOperators(shop());
    await addOperators(shop(), 'rival');
    await shop().onboard({
      connectionId: 'try-cxml',
      credential: { kind: 'cxml', domain: 'NetworkId', identity: 'TRY-CXML' },
      settings: { cxml: { to: [{ domain: 'DUNS', identity: '1' }] } },
    });
    await shop().onboard({
      connectionId: 'try-oci',
      protocol: 'oci',
      credential: { kind: 'oci', domain: '', identity: 'try-oci' },
    });
    await shop().onboardMiddleware({
      connectionId: 'try-middleware',
      apiKey: 'a-key-of-the-middleware',
      repost: { templateUsers: ['buyer123'], sendApiKey: true },
    });
  });
  beforeEach(async () => {
    engineer = await signedIn(shop(), emailOf('engineer'));
    await shop().connector.directory.connections.setDisabled('demo', 'try-cxml', false);
  });

  const start = (connectionId: string): Promise<Answer> => engineer.post(`/connections/${connectionId}/test`);
  const pathOf = (url: string): string => new URL(url).pathname.slice(shop().prefix.length) + new URL(url).search;

  const facts = () => shop().knex('sales_fact').count('* as facts').sum('sessions as sessions');

  /** Shops, and gives the form that the browser would post. */
  async function shopped(answer: Answer): Promise<{ action: string; body: string; csp: string }> {
    const buyer = shop().browser();
    const startUrl = (START.exec(answer.text)?.[1] ?? '').replaceAll('&amp;', '&');
    let page = await buyer.get(pathOf(startUrl), NAVIGATION);
    for (let hop = 0; hop < 5 && page.status === 303; hop += 1)
      page = await buyer.get(pathOf(new URL(page.location, shop().url).href), NAVIGATION);
    await buyer.post('/checkout/line-item/add', JSON.stringify({ sku: 'SKU-001', quantity: 3 }), {
      'content-type': 'application/json',
      accept: 'application/json',
    });
    const sent = await buyer.get('/agiqon/connector/session/logout?transferred=1', NAVIGATION);
    const [form] = readReturnPage(sent.text).forms;
    const fields = new URLSearchParams(form?.fields.map(({ name, value }) => [name, value]));
    return {
      action: form?.action ?? '',
      body: fields.toString(),
      csp: String(sent.headers['content-security-policy'] ?? ''),
    };
  }

  const postForm = (action: string, body: string, operator = engineer): Promise<Answer> =>
    operator.browser.post(pathOf(action), body, {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    });

  it.each([
    ['try-cxml', 'cxml'],
    ['try-oci', 'oci'],
    ['try-middleware', 'repost'],
  ])('%s: from the call-up to the cart that came back', async (connectionId) => {
    const before = await facts();
    const answer = await start(connectionId);
    expect([answer.status, START.test(answer.text)]).toEqual([200, true]);
    expect(answer.text).toContain('\u2022\u2022\u2022\u2022\u2022\u2022');
    const { action, body, csp } = await shopped(answer);
    expect(action).toMatch(new RegExp(`^${shop().url}/console/test-returns/`));
    expect(csp).toContain(`form-action 'self' ${new URL(shop().url).origin};`);
    const back = await postForm(action, body);
    expect(back.status).toBe(303);
    const { pathname } = new URL(back.location, shop().url);
    expect(pathname).toMatch(new RegExp(`^${shop().prefix}/console/connections/${connectionId}/tests/[\\w-]+$`));
    const shown = await engineer.get(pathname.slice(`${shop().prefix}/console`.length));
    expect(shown.status).toBe(200);
    for (const part of ['The cart came back', 'SKU-001', '1,499.97']) expect(shown.text).toContain(part);
    expect(shown.text).not.toContain('a-key-of-the-middleware');
    // Once only.
    expect((await postForm(action, body)).status).toBe(410);
    expect((await engineer.get(`/connections/${connectionId}/test`)).text).toContain('a cart');
    // The cart went nowhere else, and counts nowhere.
    const [session] = await shop()
      .knex('transmission')
      .where({ connection_id: connectionId, test_id: pathname.split('/').at(-1) })
      .select('status', 'transmission_id');
    expect(session.status).toBe('transferred');
    expect(await facts()).toEqual(before);
    // The session says that it is a test, in the list and on its page.
    const id = String(session.transmission_id);
    expect((await engineer.get(`/sessions/${id}`)).text).toMatch(/<h1>.*Test, in no figure.*<\/h1>/s);
    expect((await engineer.get(`/sessions?connection=${connectionId}`)).text).toMatch(
      new RegExp(`${id}.*>Test</span>`, 's'),
    );
  });

  it('a long cart comes back too, but only to an address that waits for one', async () => {
    const { action } = await shopped(await start('try-cxml'));
    const long = new URLSearchParams({ 'cxml-urlencoded': 'x'.repeat(400_000) }).toString();
    expect(
      (
        await postForm(
          action.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
          long,
        )
      ).status,
    ).toBe(413);
    expect((await postForm(action, long)).status).toBe(303);
    expect((await postForm(action, long)).status).toBe(413);
  });

  it('the secret of a test is stored nowhere after its call-up, and ends no other', async () => {
    const { connections } = shop().connector.directory;
    const before = await connections.secrets('demo', 'try-cxml');
    await start('try-cxml');
    await start('try-middleware');
    const rows = await shop().knex('test_punchout').select('secret_hash', 'key_digest');
    expect(rows.every((row) => row.secret_hash === null && row.key_digest === null)).toBe(true);
    expect(await connections.secrets('demo', 'try-cxml')).toEqual(before);
  });

  it("a buyer's call-up may not return to the console, with or without another test's address", async () => {
    const { action } = await shopped(await start('try-cxml'));
    const callUp = async (returnUrl: string): Promise<string> => {
      const fields = { USERNAME: 'try-oci', PASSWORD: 'SecretPassword123', HOOK_URL: returnUrl };
      return (await shop().browser().post('/v1/punchout/oci/setup', fields)).text;
    };
    expect(await callUp('https://erp.company.com/x')).toContain('/agiqon/connector/session/login/');
    for (const url of [
      action,
      action.replace(/.$/, (end) => (end === 'A' ? 'B' : 'A')),
      `${shop().url}/console/test-returns/x`,
      `${action}/../../connections`,
    ])
      expect(await callUp(url)).not.toContain('/agiqon/connector/session/login/');
  });

  it('a disabled connection is not called up, and a refusal is told with its cause', async () => {
    const { connections } = shop().connector.directory;
    await connections.setDisabled('demo', 'try-cxml', true);
    const disabled = await start('try-cxml');
    expect([disabled.status, disabled.text.includes('The connection is disabled')]).toEqual([409, true]);
    await connections.setDisabled('demo', 'try-cxml', false);
    const entry = await connections.entry('demo', 'try-cxml');
    await connections.save({ ...entry!, settings: { ...entry!.settings, allowedAddresses: ['203.0.113.0/24'] } });
    const refused = await start('try-cxml');
    expect(refused.status).toBe(200);
    expect(refused.text).toContain('ADDRESS_NOT_ALLOWED');
    expect(refused.text).toContain('What to do');
    await connections.save(entry!);
  });

  it('viewers and other tenants start and see no test', async () => {
    const answer = await start('try-cxml');
    const { action, body } = await shopped(answer);
    const { location } = await postForm(action, body, await signedIn(shop(), emailOf('viewer')));
    const path = new URL(location, shop().url).pathname.slice(`${shop().prefix}/console`.length);
    const viewer = await signedIn(shop(), emailOf('viewer'));
    expect((await viewer.get(path)).status).toBe(403);
    const rival = await signedIn(shop(), emailOf('owner', 'rival'));
    expect((await rival.get(path)).status).toBe(404);
    expect((await rival.post('/connections/try-cxml/test')).status).toBe(404);
  });
});
