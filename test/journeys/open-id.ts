import type { Page } from 'playwright-core';
import { isProviderMissing, startProvider } from '../http/console/provider-process.js';
import type { Checks } from './checks.js';
import { type Visitor, visitor } from './world/chromium.js';
import { LOOKS, looksRight } from './world/look.js';
import type { World } from './world/world.js';

const EMAIL = 'paula.provider@acme.test';
const ACCOUNTS = {
  paula: { email: EMAIL, email_verified: true },
  stranger: { email: 'stranger@acme.test', email_verified: true },
};
const WANTED = '/console/sessions?q=x';
const LANGUAGES = [
  {
    locale: 'en-GB',
    lang: 'en',
    button: 'Sign in with Acme ID',
    role: 'engineer',
    signOut: 'Sign out',
    cancelled: 'The provider did not sign you in',
    unknown: 'no active operator has your e-mail address',
  },
  {
    locale: 'de-DE',
    lang: 'de',
    button: 'Anmelden mit Acme ID',
    role: 'Techniker',
    signOut: 'Abmelden',
    cancelled: 'Der Anbieter hat die Anmeldung abgelehnt',
    unknown: 'kein aktiver Bediener hat Ihre E-Mail-Adresse',
  },
] as const;
type Words = (typeof LANGUAGES)[number];

/** Operators without a password sign in at a real OpenID provider, which is another site for their browser. */
export async function openId(world: World, check: Checks): Promise<void> {
  if (isProviderMissing('the journey openid')) return;
  const { server, origins } = world;
  const { port, ...client } = world.openId;
  const paula = { operatorId: 'op_paula', email: EMAIL, name: 'Paula Provider', role: 'engineer' as const };
  await server.connector.directory.operators.add({ tenantId: 'acme', ...paula, demo: false });
  const redirectUrls = [`${origins.shop}/console/sign-in/callback`];
  const provider = await startProvider(port, { ...client, redirectUrls, accounts: ACCOUNTS });
  try {
    for (const words of LANGUAGES) {
      for (const javaScriptEnabled of [true, false]) await inAndOut(world, check, words, javaScriptEnabled);
      await cancelled(world, check, words);
      await unknown(world, check, words);
    }
  } finally {
    await provider.stop();
  }
}

/** At the provider, which a page of the console led to. */
async function atProvider({ browser, origins }: World, { locale, button }: Words, more = {}): Promise<Visitor> {
  const seen = await visitor(browser, { locale, ...more });
  // A font of the provider's own page.
  await seen.context.route('https://fonts.googleapis.com/**', (route) => route.abort());
  await seen.page.goto(origins.shop + WANTED);
  await seen.page.click(`main a >> text="${button}"`);
  await seen.page.locator('input[name=login]').waitFor();
  return seen;
}

/** The password is any; then the provider asks whether the console may know the e-mail. */
async function signIn(page: Page, login: string): Promise<void> {
  await page.fill('input[name=login]', login);
  await page.fill('input[name=password]', 'any');
  await page.click('button[type=submit]');
  await page.locator('input[name=prompt][value=consent]').waitFor({ state: 'attached' });
  await page.click('button[type=submit]');
}

async function inAndOut(world: World, check: Checks, words: Words, javaScriptEnabled: boolean): Promise<void> {
  const { origins } = world;
  const what = `${words.lang}${javaScriptEnabled ? '' : ', without JavaScript'}`;
  const seen = await atProvider(world, words, { javaScriptEnabled });
  const { page, context } = seen;
  await signIn(page, 'paula');
  await page.locator('nav.side').waitFor();
  check.equal(`${what}: the sign-in leads to the wanted page`, page.url(), origins.shop + WANTED);
  const cookies = (await context.cookies(origins.shop)).map(({ name, secure, sameSite }) => ({
    name,
    secure,
    sameSite,
  }));
  const expected = { name: '__Host-punchout.operator', secure: true, sameSite: 'Strict' };
  check.equal(`${what}: one strict cookie is left`, cookies, [expected]);
  await page.click('.top .who a');
  const self = await page.locator('main .sub').innerText();
  check.equal(`${what}: name, e-mail and role are told`, self, `Paula Provider, ${EMAIL} ${words.role}`);
  await page.click(`.top button >> text="${words.signOut}"`);
  check.equal(`${what}: signing out leads to the sign-in page`, page.url(), `${origins.shop}/console/sign-in`);
  await page.goBack();
  check.equal(`${what}: and Back does not show the console again`, await page.locator('nav.side').count(), 0);
  await page.goto(`${origins.shop}/console`);
  check.equal(`${what}: which is closed`, await page.locator('nav.side').count(), 0);
  await ends(seen, check, what);
}

async function cancelled(world: World, check: Checks, words: Words): Promise<void> {
  const seen = await atProvider(world, words, { viewport: { width: 375, height: 800 } });
  await seen.page.click('a[href$="/abort"]');
  await refused(seen, check, words, 'cancelled');
}

async function unknown(world: World, check: Checks, words: Words): Promise<void> {
  const seen = await atProvider(world, words, { viewport: { width: 375, height: 800 } });
  await signIn(seen.page, 'stranger');
  await refused(seen, check, words, 'unknown');
}

/** The sign-in page again, with one sentence of what happened; nothing of the provider's answer is shown. */
async function refused(seen: Visitor, check: Checks, words: Words, kind: 'cancelled' | 'unknown'): Promise<void> {
  const { page } = seen;
  const what = `${words.lang}, ${kind}`;
  await page.locator('main input[name=password]').waitFor();
  check.equal(`${what}: the page speaks the operator's language`, await page.getAttribute('html', 'lang'), words.lang);
  const told = await page.locator('main [role=alert]').allInnerTexts();
  check.holds(`${what}: it says why`, told.length === 1 && told[0]?.includes(words[kind]) === true, told);
  check.equal(`${what}: the next try leads to the wanted page`, await page.inputValue('main input[name=next]'), WANTED);
  check.holds(`${what}: no code is in the address`, !/[?&](?:code|state|error)/.test(page.url()), page.url());
  await looksRight(page, check, { name: what, looks: LOOKS['de-DE'].slice(0, 1) });
  await page.goto(new URL('/console', page.url()).href);
  check.equal(`${what}: nobody is signed in`, await page.locator('nav.side').count(), 0);
  await ends(seen, check, what);
}

async function ends({ context, violations, errors, dialogs }: Visitor, check: Checks, what: string): Promise<void> {
  check.equal(`${what}: no CSP report, no script error`, [violations, errors, dialogs], [[], [], []]);
  await context.close();
}
