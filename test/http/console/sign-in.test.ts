import { beforeAll, describe, expect, it } from '@jest/globals';
import { describeMounted, type RunningShop } from '../../support/running-shop.js';
import { OWN_FORM, PASSWORD, addOperators, emailOf, idOf, signedIn } from './console-visitor.js';

const COOKIE = 'punchout.operator';
const REMOTE = { 'x-forwarded-for': '203.0.113.9' };

describeMounted('signing in to the console', { trustedProxies: ['127.0.0.1'] }, (shop) => {
  beforeAll(() => addOperators(shop()));

  const attempt = (email: string, password: string, headers: Record<string, string | undefined> = {}) =>
    shop()
      .browser()
      .post('/console/sign-in', { email, password }, { ...OWN_FORM, ...headers });

  it('sets a cookie for this host that scripts and other sites cannot use, and leads to the wanted page', async () => {
    const next = `${shop().prefix}/console/sessions?q=x`;
    const answer = await shop()
      .browser()
      .post('/console/sign-in', { email: emailOf('viewer').toUpperCase(), password: PASSWORD, next }, OWN_FORM);
    const [cookie] = answer.cookies;
    expect(answer.location).toBe(new URL(next, shop().url).href);
    expect(cookie).toMatchObject({ name: COOKIE, attributes: { path: '/', httponly: true, samesite: 'Strict' } });
    expect(cookie?.attributes).not.toHaveProperty('max-age');
  });

  it.each([
    'https://evil.example/console',
    '//evil.example',
    '/console\\..\\evil',
    '/other',
    '/consolex',
    '/console\r\nX: y',
    'javascript:alert(1)',
  ])('never leads to %j', async (next) => {
    const answer = await shop()
      .browser()
      .post('/console/sign-in', { email: emailOf('viewer'), password: PASSWORD, next }, OWN_FORM);
    expect(answer.location).toBe(`${shop().url}/console`);
  });

  it('an unknown e-mail, a wrong password, a disabled operator and a missing password get one answer', async () => {
    const { operators } = shop().connector.directory;
    const common = { tenantId: 'demo', name: 'x', role: 'viewer' as const, demo: false };
    await operators.add({ ...common, operatorId: 'op_gone', email: 'gone@demo.test' }, PASSWORD);
    await operators.setDisabled('demo', 'op_gone', true);
    await operators.add({ ...common, operatorId: 'op_bare', email: 'bare@demo.test' });
    const texts = new Set<string>();
    for (const [email, password] of [
      ['nobody@demo.test', PASSWORD],
      [emailOf('owner'), 'wrong-password'],
      ['gone@demo.test', PASSWORD],
      ['bare@demo.test', ''],
      ['operator@demo.invalid', ''],
    ] as const) {
      const answer = await attempt(email, password);
      expect([answer.status, answer.cookies]).toEqual([401, []]);
      texts.add(answer.text.replaceAll(email, '').replace(/nonce="[^"]*"/g, ''));
    }
    expect(texts.size).toBe(1);
  });

  it('another letter with the same small letter is another e-mail, which opens no account', async () => {
    expect((await attempt(emailOf('viewer').toUpperCase(), PASSWORD)).status).toBe(303);
    const { operators } = shop().connector.directory;
    const kim = { tenantId: 'demo', operatorId: 'op_kim', email: 'kim@demo.test', name: 'Kim' };
    await operators.add({ ...kim, role: 'viewer', demo: false }, PASSWORD);
    for (const email of [emailOf('viewer').replace('i', '\u0130'), '\u212Aim@demo.test']) {
      expect((await attempt(email, PASSWORD)).status).toBe(401);
      expect(await operators.findByEmail(email)).toBeUndefined();
    }
  });

  it('after five wrong passwords in a minute for an account and an address, even the right one waits', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 6; index += 1)
      statuses.push((await attempt(emailOf('engineer'), `wrong-password-${index}`, REMOTE)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const late = await attempt(emailOf('engineer'), PASSWORD, REMOTE);
    expect([late.status, Number(late.headers['retry-after']) > 0]).toEqual([429, true]);
    expect((await attempt(emailOf('engineer'), PASSWORD, { 'x-forwarded-for': '203.0.113.10' })).status).toBe(303);
  });

  it('gives every sign-in a new secret, takes none from outside, and ends the one before', async () => {
    const browser = shop().browser();
    browser.cookies.set(COOKIE, 'chosen-by-an-attacker');
    await browser.post('/console/sign-in', { email: emailOf('viewer'), password: PASSWORD }, OWN_FORM);
    const first = browser.cookies.get(COOKIE);
    await browser.post('/console/sign-in', { email: emailOf('viewer'), password: PASSWORD }, OWN_FORM);
    const second = browser.cookies.get(COOKIE);
    expect(new Set(['chosen-by-an-attacker', first, second]).size).toBe(3);
    expect(await opens(shop(), first)).toBe(false);
    expect(await opens(shop(), second)).toBe(true);
  });

  it('signing out ends the sign-in, not only the cookie', async () => {
    const operator = await signedIn(shop(), emailOf('viewer'));
    const secret = operator.browser.cookies.get(COOKIE);
    await operator.post('/sign-out');
    expect(operator.browser.cookies.get(COOKIE) ?? '').toBe('');
    expect(await opens(shop(), secret)).toBe(false);
  });

  it('many sign-outs at once end one sign-in, without a fault, and no other', async () => {
    const [operator, other] = [await signedIn(shop(), emailOf('viewer')), await signedIn(shop(), emailOf('viewer'))];
    const secret = operator.browser.cookies.get(COOKIE) ?? '';
    const requests = Array.from({ length: 12 }, (_, index) => {
      const browser = shop().browser();
      browser.cookies.set(COOKIE, secret);
      return index % 3 === 0
        ? browser.get('/console/account')
        : browser.post('/console/sign-out', { form_token: operator.formToken }, OWN_FORM);
    });
    const statuses = (await Promise.all(requests)).map(({ status }) => status);
    expect(statuses.filter((status) => ![200, 303].includes(status))).toEqual([]);
    expect([await opens(shop(), secret), (await other.get('')).status]).toEqual([false, 200]);
  });

  it.each([
    ['30 minutes without use', `used_at = now() - interval '31 minutes'`],
    ['8 hours in any case', `created_at = now() - interval '481 minutes'`],
  ])('a sign-in ends after %s', async (_, change) => {
    const operator = await signedIn(shop(), emailOf('viewer'));
    const secret = operator.browser.cookies.get(COOKIE);
    expect(await opens(shop(), secret)).toBe(true);
    await shop().knex.raw(`update operator_sign_in set ${change} where operator_id = ?`, [idOf('viewer')]);
    expect(await opens(shop(), secret)).toBe(false);
  });

  it('operators see their sign-ins and end them, their own only', async () => {
    const [one, other, stranger] = [
      await signedIn(shop(), emailOf('viewer')),
      await signedIn(shop(), emailOf('viewer')),
      await signedIn(shop(), emailOf('owner')),
    ];
    const ids = [...(await one.get('/account')).text.matchAll(/sign-ins\/([\w-]+)\/end/g)].map(([, id]) => String(id));
    expect(ids.length).toBeGreaterThanOrEqual(2);
    for (const id of ids) await stranger.post(`/account/sign-ins/${id}/end`);
    expect((await other.get('')).status).toBe(200);
    for (const id of ids) await one.post(`/account/sign-ins/${id}/end`);
    expect((await other.get('')).status).toBe(303);
  });

  it('a disabled operator, a new role and a new password end the sign-ins at once', async () => {
    const { operators } = shop().connector.directory;
    const changes = [
      () => operators.setRole('demo', idOf('viewer'), 'viewer'),
      () => operators.setPassword('demo', idOf('viewer'), PASSWORD),
      () => operators.setDisabled('demo', idOf('viewer'), true),
    ];
    for (const change of changes) {
      const operator = await signedIn(shop(), emailOf('viewer'));
      await change();
      expect((await operator.get('')).status).toBe(303);
    }
    await operators.setDisabled('demo', idOf('viewer'), false);
  });

  describe('changes', () => {
    // Both mounts share a database.
    const email = (): string => `new${shop().prefix.length}@demo.test`;
    const fields = () => ({ email: email(), name: 'New', role: 'viewer', password: PASSWORD });

    it.each([
      ['of another site', { 'sec-fetch-site': 'cross-site' }, undefined],
      ['of another subdomain', { 'sec-fetch-site': 'same-site' }, undefined],
      ['without a page', { 'sec-fetch-site': 'none' }, undefined],
      ['of an old browser on another site', { 'sec-fetch-site': undefined, origin: 'https://evil.example' }, undefined],
      ['of an old browser that hides its origin', { 'sec-fetch-site': undefined, origin: 'null' }, undefined],
      ['of a program', { 'sec-fetch-site': undefined }, undefined],
      ['without a token', {}, ''],
      ['with the token of another session', {}, 'x'.repeat(43)],
    ])('%s are refused', async (_, headers, token) => {
      const owner = await signedIn(shop(), emailOf('owner'));
      const answer = await owner.post(
        '/operators',
        token === undefined ? fields() : { ...fields(), form_token: token },
        headers,
      );
      expect(answer.status).toBe(403);
      expect(await shop().connector.directory.operators.findByEmail(email())).toBeUndefined();
    });

    it('of an old browser on our own page are taken', async () => {
      const owner = await signedIn(shop(), emailOf('owner'));
      const old = { 'sec-fetch-site': undefined, origin: new URL(shop().url).origin };
      expect((await owner.post('/operators', fields(), old)).status).toBe(303);
    });

    it('of operators ask for the own password after ten minutes, and are audited', async () => {
      const owner = await signedIn(shop(), emailOf('owner'));
      await shop().knex.raw(`update operator_sign_in set proven_at = now() - interval '11 minutes'`);
      expect((await owner.get('/operators')).text).toContain('name="own_password"');
      const path = `/operators/${idOf('viewer')}/role`;
      expect((await owner.post(path, { role: 'engineer' })).status).toBe(403);
      expect((await owner.post(path, { role: 'engineer', own_password: 'wrong-password' })).status).toBe(403);
      expect((await owner.post(path, { role: 'engineer', own_password: PASSWORD })).status).toBe(303);
      expect((await owner.post(path, { role: 'viewer' })).status).toBe(303);
      const { rows } = await shop().knex.raw<{ rows: { actor: string; details: object }[] }>(
        `select actor, details from audit where event = 'operator_role_changed' order by audit_id desc limit 2`,
      );
      expect(rows).toEqual([
        {
          actor: `operator:${emailOf('owner')}`,
          details: expect.objectContaining({ before: 'engineer', after: 'viewer' }),
        },
        {
          actor: `operator:${emailOf('owner')}`,
          details: expect.objectContaining({ before: 'viewer', after: 'engineer' }),
        },
      ]);
    });

    it('nobody changes their own role or state', async () => {
      const owner = await signedIn(shop(), emailOf('owner'));
      expect((await owner.post(`/operators/${idOf('owner')}/state`, { state: 'disabled' })).status).toBe(400);
      expect((await owner.get('')).status).toBe(200);
    });

    it('a new password needs the old one, and 12 characters', async () => {
      const operator = await signedIn(shop(), emailOf('engineer'));
      const change = (own: string, password: string) =>
        operator.post('/account/password', { own_password: own, password });
      expect((await change('wrong-password', 'another-password')).status).toBe(403);
      expect((await change(PASSWORD, 'short')).status).toBe(400);
      expect((await change(PASSWORD, 'another-password')).status).toBe(303);
      expect((await operator.get('')).status).toBe(303);
      await signedIn(shop(), emailOf('engineer'), 'another-password');
      await shop().connector.directory.operators.setPassword('demo', idOf('engineer'), PASSWORD);
    });
  });

  describe('the link of the demo', () => {
    const demo = { tenantId: 'demo', operatorId: 'demo' };

    it('signs in once, from this machine', async () => {
      const link = shop().connector.consoleLink(demo);
      const fetched = await shop().browser().get(link, { 'sec-purpose': 'prefetch' });
      const remote = await shop().browser().get(link, REMOTE);
      const foreign = await shop().browser().get(link, { 'sec-fetch-site': 'cross-site' });
      expect([fetched, remote, foreign].flatMap(({ cookies }) => cookies)).toEqual([]);
      const browser = shop().browser();
      await browser.get(link, { 'sec-fetch-site': 'none' });
      expect((await browser.get('/console')).status).toBe(200);
      expect((await shop().browser().get(link)).cookies).toEqual([]);
    });

    it('is none for an operator with a password', async () => {
      const link = shop().connector.consoleLink({ tenantId: 'demo', operatorId: idOf('owner') });
      expect((await shop().browser().get(link)).cookies).toEqual([]);
    });
  });

  it('a link on another site opens by a page of ours, since its request has no cookie', async () => {
    const answer = await shop()
      .browser()
      .get('/console/sessions?q=a&x="><script>', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(`content="0;url=${shop().prefix}/console/sessions?q=a`);
    expect(answer.text).not.toContain('<script>');
  });
});

describeMounted(
  'the cookie of the console on https',
  { publicOrigin: 'https://shop.example.com', connector: { demo: false } },
  (shop) => {
    beforeAll(() => addOperators(shop()));

    it('belongs to this host', async () => {
      const { browser } = await signedIn(shop(), emailOf('viewer'));
      expect([...browser.cookies.keys()]).toEqual([`__Host-${COOKIE}`]);
    });

    it('the demo’s operator does not get in', async () => {
      const link = shop().connector.consoleLink({ tenantId: 'demo', operatorId: 'demo' });
      expect((await shop().browser().get(link)).cookies).toEqual([]);
    });
  },
);

async function opens(shop: RunningShop, secret = ''): Promise<boolean> {
  const browser = shop.browser();
  browser.cookies.set(COOKIE, secret);
  return (await browser.get('/console')).status === 200;
}
