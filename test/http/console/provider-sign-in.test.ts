import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { digestOf } from '../../../src/domain/digest.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { type WebClient, plain } from '../../support/web-client.js';
import { OWN_FORM, addOperators, emailOf, idOf } from './console-visitor.js';
import { startProvider } from './provider-process.js';
import { atProvider, describeProvider, freePort, signInAt } from './real-provider.js';

const PREFIX = '/einkauf/b2b';
const CLIENT = { clientId: 'console', clientSecret: 'a-client-secret-of-the-console' };
const OWN_LINK = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' };
const FROM_PROVIDER = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
const COOKIE = 'punchout.operator';
const verified = (email: string, more: object = {}): object => ({ email, email_verified: true, ...more });
const ACCOUNTS = {
  owner: verified(emailOf('owner').toUpperCase()),
  viewer: verified(emailOf('viewer')),
  engineer: verified(emailOf('engineer')),
  nobody: verified('nobody@demo.test'),
  unverified: { email: emailOf('owner'), email_verified: false },
  claimed: verified('carla@demo.test', { name: 'Carla', tenant: 'demo', groups: ['staff', 'viewer', 'engineer'] }),
  promoted: verified('carla@demo.test', { name: 'Carla', tenant: 'demo', groups: ['owner'] }),
  withdrawn: verified('carla@demo.test', { name: 'Carla', tenant: 'demo', groups: ['staff'] }),
  moved: verified('carla@demo.test', { name: 'Carla', tenant: 'rival', groups: ['owner'] }),
  homeless: verified('hugo@demo.test', { tenant: 'no-such-tenant', groups: ['owner'] }),
  lifted: verified(emailOf('viewer'), { tenant: 'rival', groups: 'owner' }),
};

describeProvider('signing in at a real OpenID provider', () => {
  const home: { database?: TestDatabase; shop?: RunningShop; port?: number; stop?: () => Promise<void> } = {};
  const shop = (): RunningShop => home.shop as RunningShop;
  const issuer = (): string => `http://127.0.0.1:${home.port}`;

  async function start(): Promise<void> {
    const redirectUrls = [`http://127.0.0.1${PREFIX}/console/sign-in/callback`];
    const provider = await startProvider(home.port ?? 0, { ...CLIENT, redirectUrls, accounts: ACCOUNTS });
    home.stop = () => provider.stop();
  }

  beforeAll(async () => {
    home.port = await freePort();
    home.database = await testDatabase();
    const openIdConnect = { issuer: issuer(), ...CLIENT, tenantClaim: 'tenant', roleClaim: 'groups' };
    home.shop = await startShop(home.database.database, PREFIX, { connector: { openIdConnect } });
    await addOperators(shop());
    await addOperators(shop(), 'rival');
    await start();
  }, 120_000);
  afterAll(async () => {
    await home.stop?.();
    await home.shop?.close();
    await home.database?.drop();
  });

  /** The address to which the provider sends this person back. */
  async function backFor(
    browser: WebClient,
    login: string,
    query = '',
    person = atProvider(issuer()),
  ): Promise<string> {
    const { location } = await browser.get(`/console/sign-in/provider${query}`, OWN_LINK);
    return signInAt(person, location, login);
  }

  async function outcome(login: string, query = '', browser = shop().browser()): Promise<string> {
    const { location } = await browser.get(await backFor(browser, login, query), FROM_PROVIDER);
    return location.slice(shop().url.length);
  }

  it('the whole way: from a page, by the button, to the provider and back to that page', async () => {
    const browser = shop().browser();
    const wanted = await browser.get('/console/sessions?q=x', OWN_LINK);
    const door = await browser.get(wanted.location, OWN_LINK);
    const [, button = ''] = /<a class="button quiet" href="([^"]*)">/.exec(door.text) ?? [];
    expect(door.text).toContain(`Sign in with ${new URL(issuer()).host}`);
    const sent = await browser.get(new URL(plain(button).replaceAll('&amp;', '&'), shop().url).href, OWN_LINK);
    const [pending] = sent.cookies;
    expect(pending).toMatchObject({
      name: 'punchout.pending',
      attributes: { path: '/', httponly: true, samesite: 'Lax', 'max-age': '600' },
    });
    const back = await browser.get(await signInAt(atProvider(issuer()), sent.location, 'owner'), FROM_PROVIDER);
    expect(back.location).toBe(`${shop().url}/console/sessions?q=x`);
    expect(back.cookies.find(({ name }) => name === COOKIE)?.attributes['samesite']).toBe('Strict');
    expect(browser.cookies.has('punchout.pending')).toBe(false);
    // A browser leaves out the cookie in this redirect, since another site began it.
    const hop = await shop().browser().get(back.location, FROM_PROVIDER);
    expect(hop.text).toContain(`content="0;url=${PREFIX}/console/sessions?q=x"`);
    expect((await browser.get(back.location, OWN_LINK)).status).toBe(200);
    const { rows } = await shop().knex.raw<{ rows: object[] }>(
      `select actor, details from audit where event = 'operator_signed_in' order by audit_id desc limit 1`,
    );
    expect(rows).toEqual([
      {
        actor: `operator:${emailOf('owner')}`,
        details: expect.objectContaining({ operator: idOf('owner'), by: 'openid connect' }),
      },
    ]);
  });

  it('another state, another browser and a second use are refused, and end nothing', async () => {
    const browser = shop().browser();
    const back = await backFor(browser, 'viewer');
    const forged = back.replace(/state=\w+/, `state=${'0'.repeat(64)}`);
    for (const [who, address] of [
      [browser, forged],
      [browser, back.replace(/&?state=\w+/, '')],
      [shop().browser(), back],
    ] as const)
      expect((await who.get(address, FROM_PROVIDER)).location).toContain('failed=expired');
    const other = shop().browser();
    await other.get('/console/sign-in/provider', OWN_LINK);
    expect((await other.get(back, FROM_PROVIDER)).location).toContain('failed=expired');
    const secret = browser.cookies.get('punchout.pending') ?? '';
    expect((await browser.get(back, FROM_PROVIDER)).location).toBe(`${shop().url}/console`);
    browser.cookies.set('punchout.pending', secret);
    expect((await browser.get(back, FROM_PROVIDER)).location).toContain('failed=expired');
    expect((await browser.get('/console', OWN_LINK)).status).toBe(200);
  });

  it('a code of another sign-in is refused by the provider, since its verifier is another', async () => {
    const stolen = new URL(await backFor(shop().browser(), 'owner')).searchParams.get('code') ?? '';
    const browser = shop().browser();
    const { location } = await browser.get('/console/sign-in/provider', OWN_LINK);
    const state = new URL(location).searchParams.get('state') ?? '';
    const query = new URLSearchParams({ code: stolen, state, iss: issuer() }).toString();
    const answer = await browser.get(`/console/sign-in/callback?${query}`, FROM_PROVIDER);
    expect(answer.location).toContain('failed=refused');
    expect(browser.cookies.has(COOKIE)).toBe(false);
  });

  it('an answer that names another provider is refused', async () => {
    const browser = shop().browser();
    const back = new URL(await backFor(browser, 'viewer'));
    back.searchParams.set('iss', 'https://evil.example');
    expect((await browser.get(back.href, FROM_PROVIDER)).location).toContain('failed=refused');
  });

  it.each(['nobody', 'unverified', 'homeless'])('%s is no operator', async (login) => {
    expect(await outcome(login, '?next=//evil.example')).toBe(
      `/console/sign-in?next=${encodeURIComponent(`${PREFIX}/console`)}&failed=unknown`,
    );
  });

  it('a disabled operator does not get in', async () => {
    const { operators } = shop().connector.directory;
    await operators.setDisabled('demo', idOf('engineer'), true);
    expect(await outcome('engineer')).toContain('failed=unknown');
    await operators.setDisabled('demo', idOf('engineer'), false);
    expect(await outcome('engineer')).toBe('/console');
  });

  it('claims that name tenant and role make an operator, and decide the role at each sign-in', async () => {
    const carla = async () => (await shop().connector.directory.operators.findByEmail('carla@demo.test'))?.operator;
    const browser = shop().browser();
    expect(await outcome('claimed', '', browser)).toBe('/console');
    expect(await carla()).toMatchObject({ tenantId: 'demo', name: 'Carla', role: 'engineer', fromProvider: true });
    expect((await browser.get('/console/operators', OWN_LINK)).status).toBe(403);
    expect(await outcome('promoted')).toBe('/console');
    expect((await carla())?.role).toBe('owner');
    expect((await browser.get('/console', OWN_LINK)).status).toBe(303);
    for (const login of ['withdrawn', 'moved']) expect(await outcome(login)).toContain('failed=unknown');
    expect(await carla()).toMatchObject({ tenantId: 'demo', role: 'owner' });
    const { rows } = await shop().knex.raw<{ rows: object[] }>(
      `select event, actor from audit where details->>'email' = 'carla@demo.test' order by audit_id`,
    );
    expect(rows).toEqual([
      { event: 'operator_added', actor: 'openid connect' },
      { event: 'operator_role_changed', actor: 'openid connect' },
    ]);
  });

  it('claims do not change an operator who was added by hand', async () => {
    const browser = shop().browser();
    expect(await outcome('lifted', '', browser)).toBe('/console');
    expect((await shop().connector.directory.operators.find('demo', idOf('viewer')))?.role).toBe('viewer');
    expect((await browser.get('/console/operators', OWN_LINK)).status).toBe(403);
  });

  it('changes ask for a new sign-in instead of a password; it leads back and ends the one before', async () => {
    const browser = shop().browser();
    const person = atProvider(issuer());
    await browser.get(await backFor(browser, 'owner', '', person), FROM_PROVIDER);
    const add = () =>
      browser.post(
        '/console/operators',
        {
          form_token: digestOf(`form token\n${browser.cookies.get(COOKIE)}`).slice(0, 43),
          email: 'otto@demo.test',
          name: 'Otto',
          role: 'viewer',
        },
        OWN_FORM,
      );
    const page = await browser.get('/console/operators', OWN_LINK);
    expect(page.text).not.toContain('own_password');
    const [, again = ''] = /href="[^"]*(\/sign-in\/provider\?fresh=1[^"]*)"/.exec(page.text) ?? [];
    expect((await add()).status).toBe(403);
    const before = browser.cookies.get(COOKIE) ?? '';
    const sent = await browser.get(`/console${again.replaceAll('&amp;', '&')}`, OWN_LINK);
    // The provider knows this browser, and asks nevertheless.
    const back = await browser.get(await signInAt(person, sent.location, 'owner'), FROM_PROVIDER);
    expect(back.location).toBe(`${shop().url}/console/operators`);
    const stale = shop().browser();
    stale.cookies.set(COOKIE, before);
    expect((await stale.get('/console', OWN_LINK)).status).toBe(303);
    expect((await add()).status).toBe(303);
    const otto = await shop().connector.directory.operators.findByEmail('otto@demo.test');
    expect(otto?.passwordHashes).toEqual([]);
  });

  it('while the provider is down, the page says so and a password still works', async () => {
    const browser = shop().browser();
    const back = await backFor(browser, 'viewer');
    await home.stop?.();
    const answer = await browser.get(back, FROM_PROVIDER);
    expect(answer.location).toContain('failed=unreachable');
    expect((await browser.get(answer.location, OWN_LINK)).text).toContain('The provider cannot be reached');
    await start();
    expect(await outcome('viewer', '', browser)).toBe('/console');
  });
});

describeProvider('a server that starts while the OpenID provider is down', () => {
  it('runs, and signs people in as soon as the provider answers', async () => {
    const port = await freePort();
    const database = await testDatabase();
    const openIdConnect = { issuer: `http://127.0.0.1:${port}`, ...CLIENT };
    const shop = await startShop(database.database, '', { connector: { openIdConnect } });
    try {
      await addOperators(shop);
      const browser = shop.browser();
      const down = await browser.get('/console/sign-in/provider', OWN_LINK);
      expect([down.location, down.cookies]).toEqual([
        `${shop.url}/console/sign-in?next=%2Fconsole&failed=unreachable`,
        [],
      ]);
      const redirectUrls = ['http://127.0.0.1/console/sign-in/callback'];
      const provider = await startProvider(port, { ...CLIENT, redirectUrls, accounts: ACCOUNTS });
      const { location } = await browser.get('/console/sign-in/provider', OWN_LINK);
      const back = await signInAt(atProvider(openIdConnect.issuer), location, 'viewer');
      expect((await browser.get(back, FROM_PROVIDER)).location).toBe(`${shop.url}/console`);
      await provider.stop();
    } finally {
      await shop.close();
      await database.drop();
    }
  });
});
