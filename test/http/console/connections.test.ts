import { beforeAll, expect, it } from '@jest/globals';
import { describeShop } from '../../support/running-shop.js';
import { addOperators, emailOf, type Operating, signedIn } from './console-visitor.js';

const VERSION = /name="version" value="(\d+)"/;
const MADE = /<code class="secret">([^<]+)<\/code>/;

describeShop('the page of a connection', {}, (shop) => {
  let engineer: Operating;
  beforeAll(async () => {
    await addOperators(shop());
    await addOperators(shop(), 'rival');
    engineer = await signedIn(shop(), emailOf('engineer'));
    await shop().onboard({ connectionId: 'buyer-one' });
  });

  const path = '/connections/buyer-one';
  const version = async (): Promise<string> => VERSION.exec((await engineer.get(path)).text)?.[1] ?? '';
  const change = async (what: string, fields: Record<string, string> = {}, of?: string) =>
    engineer.post(`${path}/${what}`, { version: of ?? (await version()), ...fields });
  const shown = async () => {
    const { connections } = shop().connector.directory;
    return {
      entry: await connections.entry('demo', 'buyer-one'),
      names: await connections.credentials('demo', 'buyer-one'),
      secrets: await connections.secrets('demo', 'buyer-one'),
    };
  };
  const callUp = async (secret: string): Promise<string> => {
    const document = `<?xml version="1.0"?><cXML payloadID="${Math.random()}@test" timestamp="2026-01-01T00:00:00Z">
      <Header><From><Credential domain="NetworkId"><Identity>AN-ONE</Identity></Credential></From>
      <To><Credential domain="DUNS"><Identity>1</Identity></Credential></To><Sender><Credential domain="NetworkId">
      <Identity>AN-ONE</Identity><SharedSecret>${secret}</SharedSecret></Credential></Sender></Header><Request>
      <PunchOutSetupRequest operation="create"><BuyerCookie>c</BuyerCookie><BrowserFormPost>
      <URL>https://erp.new.example/back</URL></BrowserFormPost></PunchOutSetupRequest></Request></cXML>`;
    const answer = await shop().browser().post('/v1/punchout/setup', document, { 'content-type': 'text/xml' });
    return /<Status code="(\d+)"/.exec(answer.text)?.[1] ?? answer.text;
  };

  it('names, secrets and return addresses are changed without a restart, and a call-up works at once', async () => {
    expect((await change('credentials', { domain: 'NetworkId', identity: 'AN-ONE' })).status).toBe(303);
    expect((await change('returns', { returns: 'https://erp.new.example\nhttps://erp.two.example/in/' })).status).toBe(
      303,
    );
    const made = await change('secrets/make');
    const secret = MADE.exec(made.text)?.[1] ?? '';
    expect([made.status, secret.length > 30]).toEqual([200, true]);
    expect(await callUp(secret)).toBe('200');
    expect((await engineer.get(path)).text).not.toContain(secret);
    expect((await shown()).entry?.settings.returnOrigins).toEqual([
      'https://erp.new.example',
      'https://erp.two.example/in/',
    ]);
  });

  it('a third secret ends the oldest, and a revoked one is refused at once', async () => {
    expect((await change('secrets', { secret: 'given-by-the-buyer' })).status).toBe(303);
    expect((await shown()).secrets).toHaveLength(2);
    expect(await callUp('given-by-the-buyer')).toBe('200');
    const [newest] = (await shown()).secrets;
    expect((await change(`secrets/${newest?.secretId}/revoke`)).status).toBe(303);
    expect(await callUp('given-by-the-buyer')).toBe('401');
  });

  it('a lost race changes nothing and shows what the other one changed', async () => {
    const old = await version();
    expect((await change('returns', { returns: 'https://first.example' })).status).toBe(303);
    const lost = await change('returns', { returns: 'https://second.example' }, old);
    expect(lost.status).toBe(409);
    expect(lost.text).toContain('Somebody changed this connection');
    expect(lost.text).toContain('&quot;https://first.example&quot;');
    expect(lost.text).toContain(emailOf('engineer'));
    // What was entered is still in the form.
    expect(lost.text).toMatch(/<textarea[^>]*>https:\/\/second\.example</);
    expect((await shown()).entry?.settings.returnOrigins).toEqual(['https://first.example']);
    expect((await change('secrets/make', {}, old)).status).toBe(409);
    expect((await engineer.post(`${path}/state`, { state: 'disabled' })).status).toBe(409);
  });

  it.each([
    ['credentials', { domain: '', identity: '' }, 'Enter a value.'],
    ['credentials', { domain: 'DUNS', identity: 'x'.repeat(256) }, 'too long'],
    ['secrets', { secret: ' ' }, 'Enter a value.'],
    ['returns', { returns: '' }, 'Enter a value.'],
    [
      'returns',
      { returns: 'https://good.example\nhttp://bad.example' },
      'Line 2: The address must begin with https://',
    ],
    ['returns', { returns: 'erp.example.com' }, 'Line 1: This is no address.'],
  ])('%s with %j is refused at its field', async (what, fields, text) => {
    const answer = await change(what, fields);
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(/aria-invalid="true"/);
    expect(answer.text).toContain(text);
    const german = await engineer.post(
      `${path}/${what}`,
      { version: await version(), ...fields },
      { 'accept-language': 'de' },
    );
    expect(german.text).not.toContain(text);
    expect(german.text).toMatch(/class="fault"/);
  });

  it('after 10 minutes secrets and the removal ask for the password, other changes do not', async () => {
    await shop().knex.raw(`update operator_sign_in set proven_at = now() - interval '11 minutes'`);
    const before = (await shown()).secrets;
    expect((await engineer.get(path)).text).toContain('Your own password');
    for (const what of ['secrets/make', 'secrets', `secrets/${before[0]?.secretId}/revoke`, 'remove']) {
      const answer = await change(what, { secret: 'another-secret', own_password: 'wrong' });
      expect([what, answer.status]).toEqual([what, 403]);
    }
    expect((await shown()).secrets).toEqual(before);
    expect((await change('state', { state: 'disabled' })).status).toBe(303);
    expect((await change('state', { state: 'enabled' })).status).toBe(303);
    expect((await change('secrets/make', { own_password: 'a-password-for-tests' })).status).toBe(200);
  });

  it('a connection is disabled, and removed when its sessions have ended', async () => {
    expect((await change('state', { state: 'disabled' })).status).toBe(303);
    expect((await engineer.get(path)).text).toContain('disabled');
    const live = await change('remove');
    expect([live.status, live.text.includes('sessions are live')]).toEqual([409, true]);
    await shop().knex.raw(`update transmission set status = 'closed' where connection_id = 'buyer-one'`);
    expect((await change('remove')).status).toBe(303);
    expect((await engineer.get(path)).status).toBe(404);
    expect((await engineer.get('/connections')).text).not.toContain('buyer-one');
  });

  it('operators of another tenant find no such connection', async () => {
    const rival = await signedIn(shop(), emailOf('owner', 'rival'));
    expect((await rival.get('/connections/company-cxml')).status).toBe(404);
    expect((await rival.post('/connections/company-cxml/secrets/make', { version: '1' })).status).toBe(404);
    expect((await rival.post('/connections/company-cxml/remove', { version: '1' })).status).toBe(404);
  });

  it('viewers see the connection without forms and changes', async () => {
    const viewer = await signedIn(shop(), emailOf('viewer'));
    const { text } = await viewer.get('/connections/company-cxml');
    expect(text).toContain('buyer@company.com');
    expect(text).not.toContain('name="version"');
    expect(text).not.toContain('Last changes');
  });
});
