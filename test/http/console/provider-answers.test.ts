import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import type { WebClient } from '../../support/web-client.js';
import { addOperators, idOf } from './console-visitor.js';
import { CLIENT, type HostileIssuer, hostileIssuer } from './hostile-issuer.js';

const OWN_LINK = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' };
const FROM_PROVIDER = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
const COOKIE = 'punchout.operator';

describe('what an OpenID provider answers', () => {
  const home: { database?: TestDatabase; shop?: RunningShop; issuer?: HostileIssuer } = {};
  beforeAll(async () => {
    home.database = await testDatabase();
    home.issuer = await hostileIssuer();
    const openIdConnect = { issuer: home.issuer.url, ...CLIENT, name: 'Company login' };
    home.shop = await startShop(home.database.database, '', { connector: { openIdConnect } });
    await addOperators(home.shop);
  }, 120_000);
  afterAll(async () => {
    await home.shop?.close();
    await home.issuer?.close();
    await home.database?.drop();
  });
  beforeEach(() => {
    Object.assign(issuer(), { next: (claims: object) => ({ claims }), status: undefined });
  });

  const shop = (): RunningShop => home.shop as RunningShop;
  const issuer = (): HostileIssuer => home.issuer as HostileIssuer;

  /** A browser that was sent to the provider, and the way back. */
  async function begun(query = ''): Promise<{ browser: WebClient; asked: URLSearchParams; back: string }> {
    const browser = shop().browser();
    const { location } = await browser.get(`/console/sign-in/provider${query}`, OWN_LINK);
    const asked = new URL(location).searchParams;
    issuer().nonce = asked.get('nonce') ?? '';
    const back = new URLSearchParams({ code: 'a-code', state: asked.get('state') ?? '' }).toString();
    return { browser, asked, back: `/console/sign-in/callback?${back}` };
  }

  async function outcome(query = ''): Promise<string> {
    const { browser, back } = await begun(query);
    const { location } = await browser.get(back, FROM_PROVIDER);
    expect(browser.cookies.has(COOKIE)).toBe(!location.includes('/sign-in?'));
    return location.slice(shop().url.length);
  }

  it('a token that holds signs in, and the request for it has PKCE and the client secret', async () => {
    const { browser, asked, back } = await begun();
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      scope: 'openid email profile',
      redirect_uri: `${shop().url}/console/sign-in/callback`,
      code_challenge_method: 'S256',
    });
    expect(asked.has('prompt')).toBe(false);
    expect((await browser.get(back, FROM_PROVIDER)).location).toBe(`${shop().url}/console`);
    const { fields, authorization = '' } = issuer().asked ?? {};
    expect(fields?.get('code_verifier')).toMatch(/^[0-9a-f]{64}$/);
    expect(Buffer.from(authorization.slice('Basic '.length), 'base64').toString()).toContain('console:');
    expect((await browser.get('/console')).status).toBe(200);
  });

  it.each([
    ['another nonce', { nonce: 'x' }],
    ['no nonce', { nonce: undefined }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['another audience', { aud: 'someone-else' }],
    ['several audiences, for another party', { aud: [CLIENT.clientId, 'x'], azp: 'x' }],
    ['an end that has passed', { exp: 1_700_000_000, iat: 1_699_999_000 }],
    ['no end', { exp: undefined }],
    ['a beginning in the future', { nbf: 4_000_000_000 }],
    ['no subject', { sub: undefined }],
  ])('an ID token with %s is refused', async (_, wrong) => {
    issuer().next = (right) => ({ claims: { ...right, ...wrong } });
    expect(await outcome()).toBe('/console/sign-in?next=%2Fconsole&failed=refused');
  });

  it.each(['with another key', 'by HS256 with the client secret', 'not at all'] as const)(
    'an ID token that is signed %s is refused',
    async (signed) => {
      issuer().next = (claims) => ({ claims, signed });
      expect(await outcome()).toContain('failed=refused');
    },
  );

  it.each([
    ['no e-mail', { email: undefined }],
    ['an e-mail that nobody verified', { email_verified: undefined }],
    ['an e-mail that is verified in words', { email_verified: 'true' }],
    ['the e-mail of nobody', { email: 'nobody@demo.test' }],
    ['the e-mail of the demo’s operator', { email: 'operator@demo.invalid' }],
    ['claims for tenant and role that are not configured', { email: 'new@demo.test', tenant: 'demo', role: 'owner' }],
  ])('an identity with %s is no operator', async (_, other) => {
    issuer().next = (right) => ({ claims: { ...right, ...other } });
    expect(await outcome('?next=/console/sessions')).toBe('/console/sign-in?next=%2Fconsole%2Fsessions&failed=unknown');
  });

  it('a provider that fails is unreachable; one that refuses the code refuses', async () => {
    issuer().status = 503;
    expect(await outcome()).toContain('failed=unreachable');
    issuer().status = 400;
    expect(await outcome()).toContain('failed=refused');
    expect(shop().logged.join('\n')).toContain('invalid_grant');
    expect(shop().logged.join('\n')).not.toContain(CLIENT.clientSecret);
  });

  it('a person who says no at the provider is told so', async () => {
    const { browser, asked } = await begun();
    const state = asked.get('state') ?? '';
    const no = await browser.get(`/console/sign-in/callback?error=access_denied&state=${state}`, FROM_PROVIDER);
    expect(no.location).toContain('failed=refused');
    expect((await browser.get(no.location)).text).toContain('did not sign you in');
  });

  it('a new sign-in asks for the password, and holds only if the provider has asked', async () => {
    const { asked } = await begun('?fresh=1');
    expect([asked.get('prompt'), asked.get('max_age')]).toEqual(['login', '0']);
    const secondsAgo = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;
    issuer().next = (right) => ({ claims: { ...right, auth_time: secondsAgo(0) } });
    expect(await outcome('?fresh=1')).toBe('/console');
    for (const wrong of [{}, { auth_time: secondsAgo(120) }, { auth_time: secondsAgo(3600) }]) {
      issuer().next = (right) => ({ claims: { ...right, ...wrong } });
      expect(await outcome('?fresh=1')).toContain('failed=refused');
    }
  });

  it('a sign-in that takes longer than ten minutes is over', async () => {
    const { browser, back } = await begun();
    await shop().knex.raw(`update operator_pending_sign_in set created_at = now() - interval '11 minutes'`);
    expect((await browser.get(back, FROM_PROVIDER)).location).toContain('failed=expired');
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
    ['another subdomain', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' }],
    ['a prefetch', { ...OWN_LINK, 'sec-purpose': 'prefetch' }],
  ])('%s cannot begin one', async (_, headers) => {
    const answer = await shop().browser().get('/console/sign-in/provider', headers);
    expect([answer.location, answer.cookies]).toEqual([`${shop().url}/console/sign-in?next=%2Fconsole`, []]);
  });

  it('the sign-in before ends, and the new secret is not one that the browser had', async () => {
    const first = await begun();
    await first.browser.get(first.back, FROM_PROVIDER);
    const before = first.browser.cookies.get(COOKIE) ?? '';
    const { location } = await first.browser.get('/console/sign-in/provider', OWN_LINK);
    issuer().nonce = new URL(location).searchParams.get('nonce') ?? '';
    const state = new URL(location).searchParams.get('state') ?? '';
    // The browser does not send the cookie of the sign-in with a request from the provider.
    const lax = shop().browser();
    lax.cookies.set('punchout.pending', first.browser.cookies.get('punchout.pending') ?? '');
    await lax.get(`/console/sign-in/callback?code=b&state=${state}`, FROM_PROVIDER);
    const after = lax.cookies.get(COOKIE) ?? '';
    expect([before.length, after.length]).toEqual([43, 43]);
    expect(after).not.toBe(before);
    expect((await first.browser.get('/console')).status).toBe(303);
    expect((await lax.get('/console')).status).toBe(200);
  });

  it('cookie, database and log hold no code, state, nonce or verifier', async () => {
    const { browser, asked, back } = await begun();
    const [{ browser_digest: digest } = { browser_digest: '' }] = await shop().knex('operator_pending_sign_in');
    expect(digest).not.toBe(browser.cookies.get('punchout.pending'));
    const kept = JSON.stringify(await shop().knex('operator_pending_sign_in'));
    await browser.get(back, FROM_PROVIDER);
    for (const secret of [asked.get('state'), asked.get('nonce'), browser.cookies.get(COOKIE)])
      expect(kept + shop().logged.join('\n')).not.toContain(secret);
  });

  it('an operator who signed in there has no password to change or to show', async () => {
    const { browser, back } = await begun();
    await browser.get(back, FROM_PROVIDER);
    expect((await browser.get('/console/account')).text).not.toContain('own_password');
    const { rows } = await shop().knex.raw<{ rows: { by_provider: boolean }[] }>(
      `select by_provider from operator_sign_in where operator_id = ? order by created_at desc limit 1`,
      [idOf('viewer')],
    );
    expect(rows).toEqual([{ by_provider: true }]);
  });
});
