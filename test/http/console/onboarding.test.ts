import { beforeAll, expect, it } from '@jest/globals';
import { explain } from '../../../src/domain/explanations/explain.js';
import { describeMounted } from '../../support/running-shop.js';
import { addOperators, emailOf, OWN_FORM, type Operating, signedIn } from './console-visitor.js';

const VERSION = /name="version" value="(\d+)"/;
const MADE = /<code class="secret">([^<]+)<\/code>/;

const DRAFT = {
  platform: 'coupa',
  name: 'Wörk & Söhne AG',
  id: '',
  domain: 'NetworkId',
  identity: 'AN-WIZARD',
  to_domain: 'DUNS',
  to_identity: '123456789',
  returns: 'https://erp.wizard.example',
};

describeMounted('a new connection by the console', {}, (shop) => {
  let engineer: Operating;
  beforeAll(async () => {
    await addOperators(shop());
    await addOperators(shop(), 'rival');
    engineer = await signedIn(shop(), emailOf('engineer'));
    await shop().connector.directory.connections.remove('demo', 'work-sohne-ag');
  });

  const step = (name: string, change: Record<string, string> = {}) =>
    engineer.get(`/connections/new?${new URLSearchParams({ ...DRAFT, ...change, step: name }).toString()}`);
  const entry = () => shop().connector.directory.connections.entry('demo', 'work-sohne-ag');
  const path = '/connections/work-sohne-ag';
  const post = async (what: string, fields: Record<string, string> = {}) => {
    const version = VERSION.exec((await engineer.get(`${path}/${what}`)).text)?.[1] ?? '';
    return engineer.post(`${path}/${what}`, { version, ...fields });
  };

  it('every step keeps what was entered in the others', async () => {
    for (const name of ['platform', 'names', 'returns', 'check']) {
      const { status, text } = await step(name);
      expect([name, status]).toEqual([name, 200]);
      for (const value of ['AN-WIZARD', 'https://erp.wizard.example', 'coupa']) expect(text).toContain(value);
    }
    expect(await entry()).toBeUndefined();
  });

  it.each([
    ['names', { platform: '' }, 'Choose a platform'],
    ['returns', { name: '' }, 'Enter a value.'],
    ['returns', { identity: 'x'.repeat(300) }, 'too long'],
    ['returns', { id: 'Not An Id' }, 'Use 2 to 48 small letters'],
    ['returns', { id: 'new' }, 'There is a connection with this id'],
    ['returns', { to_domain: '' }, 'Enter a value.'],
    ['returns', { platform: 'middleware' }, 'Enter a value.'],
    ['returns', { platform: 'middleware', templates: 'b2b', customers: '1\nx' }, 'Line 2: Write whole numbers'],
    ['check', { returns: 'ftp://x' }, 'Line 1: This is no address.'],
    ['check', { id: 'company-cxml' }, 'There is a connection with this id'],
  ])('the step to %s with %j stays and says what is wrong', async (name, change, text) => {
    const answer = await step(name, change);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(text);
  });

  it('production asks for the identity of the shop, and for https, at their fields', async () => {
    expect((await step('names')).text).toContain('Empty: every To is accepted.');
    process.env['NODE_ENV'] = 'production';
    try {
      expect((await step('names')).text).not.toContain('Empty: every To is accepted.');
      const empty = await step('returns', { to_identity: '' });
      expect([empty.status, empty.text]).toEqual([
        400,
        expect.stringMatching(/Identity of the shop.*knows the shop: the To/s),
      ]);
      expect((await step('returns', { to_domain: 'NetworkId', to_identity: 'supplier' })).status).toBe(400);
      expect((await step('returns', { to_identity: '', platform: 'generic-oci' })).status).toBe(200);
      const here = await step('check', { returns: 'https://erp.wizard.example\nhttp://127.0.0.1:1' });
      expect([here.status, here.text]).toEqual([400, expect.stringContaining('Line 2: The address must begin')]);
      expect((await step('check')).status).toBe(200);
    } finally {
      process.env['NODE_ENV'] = 'test';
    }
  });

  it('the connection is made disabled, gets its secret and customer, and works when it is switched on', async () => {
    const made = await engineer.post('/connections/new', DRAFT);
    expect([made.status, new URL(made.location).pathname]).toEqual([
      303,
      `${shop().prefix}/console${path}/setup/secret`,
    ]);
    const fresh = await entry();
    expect(fresh?.disabledAt).toBeInstanceOf(Date);
    expect(fresh?.settings).toMatchObject({
      profile: 'coupa',
      returnOrigins: ['https://erp.wizard.example'],
      cxml: { supplier: { domain: 'DUNS', identity: '123456789' }, to: [{ domain: 'DUNS', identity: '123456789' }] },
    });
    expect((await engineer.get(path)).text).toContain('Go on with its set-up');
    expect((await engineer.post('/connections/new', DRAFT)).status).toBe(400);

    const empty = await post('setup/secret', { choice: 'given', secret: '' });
    expect([empty.status, empty.text.includes('Enter a value.')]).toEqual([400, true]);
    const secret = MADE.exec((await post('setup/secret', { choice: 'make' })).text)?.[1] ?? '';
    const callUp = async (): Promise<string> => {
      const document = `<?xml version="1.0"?><cXML payloadID="${Math.random()}@test" timestamp="2026-01-01T00:00:00Z">
        <Header><From><Credential domain="NetworkId"><Identity>an-wizard</Identity></Credential></From>
        <To><Credential domain="DUNS"><Identity>123456789</Identity></Credential></To>
        <Sender><Credential domain="NetworkId"><Identity>an-wizard</Identity><SharedSecret>${secret}</SharedSecret>
        </Credential></Sender></Header><Request><PunchOutSetupRequest operation="create"><BuyerCookie>c</BuyerCookie>
        <BrowserFormPost><URL>https://erp.wizard.example/back</URL></BrowserFormPost></PunchOutSetupRequest></Request>
        </cXML>`;
      const answer = await shop().browser().post('/v1/punchout/setup', document, { 'content-type': 'text/xml' });
      return /<Status code="(\d+)"/.exec(answer.text)?.[1] ?? answer.text;
    };
    expect(await callUp()).toBe('401');
    const wrong = await post('setup/customer', { customer: 'email', email: 'nobody' });
    expect([wrong.status, wrong.text.includes('This is no e-mail address.')]).toEqual([400, true]);
    expect((await post('setup/customer', { customer: 'number', number: '10001' })).status).toBe(303);
    expect(await callUp()).toBe('200');
    expect((await entry())?.settings.store?.customer).toEqual({ number: '10001' });
    expect((await post('setup/customer', { customer: 'email', email: 'a@b.example' })).status).toBe(303);
    expect((await entry())?.settings.store?.customer).toEqual({ email: 'a@b.example' });
    expect((await post('setup/customer', { customer: 'default' })).status).toBe(303);
    expect((await entry())?.settings.store?.customer).toBeUndefined();
  });

  it('the sheet names addresses, access data and samples, and no secret', async () => {
    const { status, text } = await engineer.get(`${path}/hand-over`);
    expect(status).toBe(200);
    for (const part of [`${shop().url}/v1/punchout/setup`, 'NetworkId: AN-WIZARD', 'DUNS: 123456789', 'Coupa'])
      expect(text).toContain(part);
    expect(text).toContain('PunchOutOrderMessage');
    expect(text).toContain('Where to enter this: Coupa');
    for (const step of explain('coupa', 'en')?.setup?.steps ?? [])
      expect(text).toContain(`<li>${step.replaceAll('"', '&quot;')}</li>`);
  });

  it('a link shows sheet and secret once, to the one who presses its button', async () => {
    const before = await shop().connector.directory.connections.secrets('demo', 'work-sohne-ag');
    const link = MADE.exec((await post('hand-over', { secret: 'new' })).text)?.[1] ?? '';
    expect(link).toMatch(new RegExp(`^${shop().url}/console/hand-over/[\\w-]{43}$`));
    const { connections } = shop().connector.directory;
    expect(await connections.secrets('demo', 'work-sohne-ag')).toHaveLength(Math.min(2, before.length + 1));
    const stored = await shop().knex('hand_over').select('*');
    expect(JSON.stringify(stored)).not.toContain(link.slice(-43));

    const stranger = shop().browser();
    const door = new URL(link).pathname.slice(shop().prefix.length);
    for (let look = 0; look < 2; look += 1) {
      const shown = await stranger.get(door);
      expect([shown.status, shown.text.includes('AN-WIZARD')]).toEqual([200, false]);
    }
    expect((await stranger.post(door, {}, { ...OWN_FORM, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const [opened, late] = await Promise.all([stranger.post(door, {}, OWN_FORM), stranger.post(door, {}, OWN_FORM)]);
    expect([opened.status, late.status].toSorted((a, b) => a - b)).toEqual([200, 410]);
    const { text, cookies } = opened.status === 200 ? opened : late;
    const [cookie] = cookies;
    expect(cookie).toMatchObject({
      name: 'punchout.handover',
      attributes: { path: '/', httponly: true, samesite: 'Strict' },
    });
    expect(cookie?.attributes).not.toHaveProperty('max-age');
    expect(opened.status === 200 ? late.cookies : opened.cookies).toEqual([]);
    const sessions = await shop().knex('hand_over_session').select('*');
    expect(JSON.stringify(sessions)).not.toContain(cookie?.value);
    const { rows } = await shop().knex.raw(
      `select expires_at between now() + interval '7 hours 50 minutes' and now() + interval '8 hours' as ends
       from hand_over_session`,
    );
    expect(rows).toEqual([{ ends: true }]);
    expect(text).toContain('AN-WIZARD');
    expect(MADE.exec(text)?.[1]).toMatch(/^[\w-]{43}$/);
    expect((await stranger.get(door)).status).toBe(410);
    const later = await stranger.get('/console/handed-over');
    expect([later.status, later.text.includes('AN-WIZARD'), MADE.test(later.text)]).toEqual([200, true, false]);
    expect(later.headers['content-security-policy']).toContain("connect-src 'self'");
    const report = (await stranger.get('/console/handed-over/acceptance.json')).json();
    expect(report).toMatchObject({ protocol: 'cxml', steps: [{ step: 'call_up' }, {}, {}, {}] });
    for (const what of ['', '/acceptance.json'])
      expect((await shop().browser().get(`/console/handed-over${what}`)).status).toBe(404);
    await shop().knex.raw(`update hand_over_session set expires_at = now() - interval '1 second'`);
    expect((await stranger.get('/console/handed-over')).status).toBe(404);
    expect(await shop().knex('hand_over').whereNotNull('sealed_secret')).toHaveLength(0);
    expect((await engineer.get(path)).text).toContain('link of a hand-over opened');
    expect((await stranger.get('/console/hand-over/none')).status).toBe(404);
  });

  it('a link that could not be shown stays as it was', async () => {
    const link = MADE.exec((await post('hand-over', { secret: 'new' })).text)?.[1] ?? '';
    const door = new URL(link).pathname.slice(shop().prefix.length);
    await shop().knex.raw(`
      create or replace function fail() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
      create trigger fail before insert on audit for each row when (new.event = 'hand-over-opened')
        execute function fail()`);
    expect((await shop().browser().post(door, {}, OWN_FORM)).status).toBe(500);
    await shop().knex.raw('drop trigger fail on audit');
    const opened = await shop().browser().post(door, {}, OWN_FORM);
    expect([opened.status, MADE.test(opened.text)]).toEqual([200, true]);
  });

  it('a link is void after seven days, and goes with its connection', async () => {
    const link = MADE.exec((await post('hand-over', { secret: 'new' })).text)?.[1] ?? '';
    const door = new URL(link).pathname.slice(shop().prefix.length);
    await shop().knex.raw(`update hand_over set expires_at = now() - interval '1 second'`);
    expect((await shop().browser().get(door)).status).toBe(404);
    expect((await shop().browser().post(door, {}, OWN_FORM)).status).toBe(404);
    await shop().knex.raw(`update transmission set status = 'closed' where connection_id = 'work-sohne-ag'`);
    expect((await post('remove')).status).toBe(303);
    expect(await shop().knex('hand_over').where({ connection_id: 'work-sohne-ag' })).toHaveLength(0);
  });

  it('operators of another tenant find neither set-up nor sheet', async () => {
    const rival = await signedIn(shop(), emailOf('owner', 'rival'));
    for (const what of ['setup/secret', 'setup/customer', 'hand-over']) {
      expect((await rival.get(`/connections/company-cxml/${what}`)).status).toBe(404);
      expect((await rival.post(`/connections/company-cxml/${what}`, { version: '1' })).status).toBe(404);
    }
  });
});
