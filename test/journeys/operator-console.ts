import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { buyerIndex } from './buyer-index.js';
import type { Checks } from './checks.js';
import { livePreview } from './live-preview.js';
import { axeFindings } from './world/axe.js';
import { type Visitor, visitor } from './world/chromium.js';
import { LOOKS, looksRight } from './world/look.js';
import { fillCart, pressTransfer } from './world/shopping.js';
import type { World } from './world/world.js';

const EMAIL = 'olga.owner@acme.test';
const PASSWORD = 'a-password-of-the-journey';
const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(2)>`;

/** Operators find out what happened: with the keyboard, without JavaScript, on a phone, in the dark. */
export async function operatorConsole(world: World, check: Checks): Promise<void> {
  const { operators } = world.server.connector.directory;
  const olga = {
    tenantId: 'acme',
    operatorId: 'op_olga',
    email: EMAIL,
    name: `Olga ${HOSTILE}`,
    role: 'owner' as const,
  };
  await operators.add({ ...olga, demo: false }, PASSWORD);
  await traffic(world);
  await access(world);
  await guarded(world, check);
  await byKeyboard(world, check);
  await withoutScript(world, check);
  await mappingOfLiveBuyer(world, check);
  await previewOfTyping(world, check);
  await indexOfBuyer(world, check);
  for (const locale of ['en-GB', 'de-DE'] as const) await looked(world, check, locale);
}

/** One cart that goes back, one link that nobody opens, one refused call-up; hostile texts in all of them. */
async function traffic({ browser, buyer, origins }: World): Promise<void> {
  const { context, page } = await visitor(browser);
  const path = buyer.returnPath();
  await page.goto(await buyer.callUp({ connection: 'acme-cxml', returnTo: path, buyerCookie: HOSTILE }));
  await fillCart(page.mainFrame());
  await pressTransfer(page.mainFrame());
  await buyer.arrival(path);
  await context.close();
  await buyer.callUp({ connection: 'acme-cxml', buyerCookie: 'cookie-of-the-journey' });
  await buyer.callUpAnswer({ connection: 'acme-cxml', returnTo: `${origins.evil}/${encodeURIComponent(HOSTILE)}` });
}

/** A client, a shop and a site, for the pages of Access. */
async function access({ server }: World): Promise<void> {
  const { oauthClients, connectShops, sites } = server.connector.directory;
  const client = { tenantId: 'acme', clientId: 'journey-client', name: HOSTILE, demo: false };
  await oauthClients.save({ ...client, scopes: ['sessioncontext.context_manage'] });
  await oauthClients.addSecret('acme', client.clientId, 'first-secret-of-the-journey');
  await oauthClients.addSecret('acme', client.clientId, 'second-secret-of-the-journey');
  const shop = { tenantId: 'acme', shopId: 900_001, role: 'merchant' as const, name: HOSTILE, demo: false };
  await connectShops.save(shop);
  await connectShops.addKey('acme', shop.shopId, 'first-key-of-the-journey');
  await connectShops.rotateKey('acme', shop.shopId, 'second-key-of-the-journey', 7);
  const site = { tenantId: 'acme', siteCode: 'journey', name: HOSTILE, country: 'DE', currency: 'EUR' };
  await sites.save({ ...site, currencies: ['EUR', 'CHF'], languages: ['de'], isDefault: true });
}

async function signIn(page: Page, shop: string): Promise<void> {
  await page.goto(`${shop}/console`);
  await page.fill('input[name=email]', EMAIL);
  await page.fill('input[name=password]', PASSWORD);
  await page.click('main button[type=submit]');
  await page.locator('nav.side').waitFor();
}

/** Every page in one language. */
async function looked({ browser, origins }: World, check: Checks, locale: keyof typeof LOOKS): Promise<void> {
  const seen = await visitor(browser, { locale });
  const { page, context } = seen;
  const foreign: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(origins.shop) && !request.url().startsWith('data:')) foreign.push(request.url());
  });
  const shown = async (name: string): Promise<void> => looksRight(page, check, { name, looks: LOOKS[locale] });
  await page.goto(`${origins.shop}/console/sign-in`);
  await shown('sign-in');
  await signIn(page, origins.shop);
  await shown('today');
  await page.click('main a[href*="/refusals?"]');
  await page.locator('details.document summary').first().click();
  await shown('refusals');
  await page.goto(`${origins.shop}/console/sessions`);
  await shown('sessions');
  await page.goto(`${origins.shop}/console/sessions?q=nobody`);
  await shown('nothing-found');
  await page.goto(`${origins.shop}/console/sessions?status=completed`);
  await page.locator('table a').first().click();
  await page.locator('details.document').first().waitFor();
  await page.locator('details.document summary').first().click();
  await shown('session');
  const parts = ['access/clients', 'access/shops', 'access/sites', 'access/tenant'];
  const ofBuyer = ['mapping', 'settings', 'addresses', 'indexes', 'indexes/2', 'hand-over', 'test'].map(
    (page) => `connections/acme-cxml/${page}`,
  );
  for (const place of ['connections', 'access', ...parts, ...ofBuyer, 'operators', 'audit', 'account', 'nowhere']) {
    await page.goto(`${origins.shop}/console/${place}`);
    await shown(place.replaceAll('/', '-'));
  }
  await page.goto(`${origins.shop}/console/connections/acme-cxml/addresses`);
  await page.fill('#edit + form input[name=address]', HOSTILE);
  await page.fill('#edit + form input[name=customer]', '10042');
  await page.locator('#edit + form input[name=customer]').press('Enter');
  await page.locator('main table').waitFor();
  await shown('addresses');
  await page.goto(`${origins.shop}/console/${ofBuyer[0]}`);
  await page.selectOption('select[name=promotions]', 'spread');
  await page.click('button[value=add]');
  await page.fill('input[name="target.1"]', 'Extrinsic.Number');
  await page.fill('textarea[name="sources.1"]', 'line.sku');
  await page.click('button[value=replay]');
  await page.locator('#replay').waitFor();
  await shown('replay');
  check.equal(
    `the console, ${locale}: no CSP report, no script of others, no request elsewhere`,
    [seen.violations, seen.dialogs, seen.errors, foreign],
    [[], [], [], []],
  );
  await context.close();
}

/** Nothing is shown to strangers, links of other sites arrive, other sites' forms change nothing. */
async function guarded({ browser, origins, evil }: World, check: Checks): Promise<void> {
  const { context, page } = await visitor(browser);
  await page.goto(`${origins.shop}/console/sessions?q=x`);
  check.holds('a stranger is sent to the sign-in page', page.url().includes('/console/sign-in?next='), page.url());
  await page.fill('input[name=email]', EMAIL);
  await page.fill('input[name=password]', 'wrong-password-1');
  await page.click('main button[type=submit]');
  check.equal('a wrong password is told', await page.locator('[role=alert]').count(), 1);
  await page.fill('input[name=password]', PASSWORD);
  await page.click('main button[type=submit]');
  await page.locator('nav.side').waitFor();
  check.equal('the sign-in leads to the wanted page', page.url(), `${origins.shop}/console/sessions?q=x`);

  const link = `${origins.shop}/console/connections`;
  await page.goto(evil.page(`<a href="${link}">go</a>`));
  await page.click('a');
  await page.locator('nav.side').waitFor();
  check.equal('a link on another site opens the page', page.url(), link);

  const form = `<form method="post" action="${origins.shop}/console/sign-out"><button>go</button></form>`;
  await page.goto(evil.page(form));
  await page.click('button');
  await page.waitForLoadState();
  await page.goto(link);
  check.equal('a form of another site does not sign out', await page.locator('nav.side').count(), 1);
  await context.close();
}

async function byKeyboard({ browser, origins }: World, check: Checks): Promise<void> {
  const { context, page } = await visitor(browser);
  await page.goto(`${origins.shop}/console`);
  await page.focus('input[name=email]');
  await page.keyboard.type(EMAIL);
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('nav.side').waitFor();
  await page.keyboard.press('Tab');
  check.equal('the first stop is the skip link', await focused(page), 'a.skip');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#content$/);
  await page.keyboard.press('/');
  check.equal('/ reaches the search', await focused(page), 'input');
  await page.keyboard.type('cookie-of-the-journey');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=cookie-of-the-journey/);
  check.equal('the search finds a session by its BuyerCookie', await page.locator('main tbody tr').count(), 1);
  await page.evaluate(`document.querySelector('main').insertAdjacentHTML('beforeend', '<input>')`);
  check.holds('control: axe finds a field without a label', (await axeFindings(page)).length > 0);
  await context.close();
}

async function focused(page: Page): Promise<string> {
  return page.evaluate<string>(
    `(({ localName, className }) => localName + (className === '' ? '' : '.' + className))(document.activeElement)`,
  );
}

/** From the start page to the refused call-up and the session in three clicks, and changes, all without JavaScript. */
async function withoutScript({ browser, origins }: World, check: Checks): Promise<void> {
  const still: Visitor = await visitor(browser, { javaScriptEnabled: false, locale: 'de-DE' });
  const { page, context } = still;
  await signIn(page, origins.shop);
  check.equal('the console speaks German', await page.locator('h1').innerText(), 'Heute');
  check.holds('the refused call-up is told', (await page.locator('main').innerText()).includes('RETURN_URL_REFUSED'));
  await page.click('main a[href*="/refusals?"][href*="RETURN_URL_REFUSED"]');
  const cause = await page.locator('main .say').first().innerText();
  check.holds('one click: cause and remedy in words', /Was es bedeutet: .+Was zu tun ist: ./s.test(cause), cause);
  await page.locator('details.document summary').first().click();
  const received = await page.locator('details.document pre').first().innerText();
  check.holds('a second one: what the buyer has sent', received.includes('BrowserFormPost'), received);
  await page.click('nav.side a[href$="/sessions"]');
  await page.selectOption('select[name=status]', 'completed');
  await page.click('form.filters button');
  await page.locator('table a').first().click();
  const story = await page.locator('ol.time').innerText();
  check.holds('a session tells call-up, login and transfer', /Aufruf[^]*Login[^]*Transfer/.test(story), story);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      await page.locator('details.document summary').first().click();
      await page.locator('details.document a[download]').first().click();
    })(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  check.holds('a document is downloaded without its secret', text.includes('cXML') && !text.includes('journey-secret'));
  await page.click('nav.side a[href$="/operators"]');
  await page.fill('main input[name=email]', 'vera.viewer@acme.test');
  await page.fill('main input[name=name]', 'Vera');
  await page.fill('main input[name=password]', 'password-of-vera');
  await page.click('main form.card button');
  check.holds('an operator is added', (await page.locator('main').innerText()).includes('vera.viewer@acme.test'));
  await audited(page, check);
  await page.click('.top button.link');
  check.holds('signing out leads to the sign-in page', page.url().endsWith('/console/sign-in'), page.url());
  await page.goto(`${origins.shop}/console`);
  check.equal('and the console is closed', await page.locator('nav.side').count(), 0);
  await context.close();
}

/** Who did it and when, and that nobody has changed the record of it. */
async function audited(page: Page, check: Checks): Promise<void> {
  await page.click('nav.side a[href$="/audit"]');
  await page.fill('input[name=who]', EMAIL);
  await page.selectOption('select[name=event]', 'operator_added');
  await page.click('form.filters button');
  const [row, ...others] = await page.locator('main tbody tr').allInnerTexts();
  const isTold = [EMAIL, 'vera.viewer@acme.test', 'Bediener angelegt'].every((part) => row?.includes(part) === true);
  check.holds('the audit tells who added the operator', isTold && others.length === 0, [row, others]);
  await page.click('form[action*="/audit/verification"] button');
  check.equal('and its chain can be verified', await page.locator('main .say.good').count(), 1);
}

/** An engineer changes the mapping of a live buyer: sees every changed line of sent carts first, without JavaScript. */
async function mappingOfLiveBuyer({ browser, origins }: World, check: Checks): Promise<void> {
  const { page, context } = await visitor(browser, { javaScriptEnabled: false, locale: 'en-GB' });
  await signIn(page, origins.shop);
  await page.click('nav.side a[href$="/connections"]');
  await page.click('main a[href$="/connections/acme-cxml"]');
  await page.click('main a[href$="/mapping"]');
  const cart = await page.locator('select[name=cart] option').nth(1).getAttribute('value');
  await page.selectOption('select[name=cart]', cart ?? '');
  await page.click('button[value=add]');
  await page.fill('input[name="target.0"]', 'Extrinsic.Journey');
  await page.fill('textarea[name="sources.0"]', 'line.skuu');
  await page.fill('textarea[name="transforms.0"]', 'lower');
  await page.click('.chooser button');
  const fault = await page.locator('.rule .fault').innerText();
  check.equal('a mistyped source is told at its field', fault, 'is no source path; did you mean line.sku?');
  await page.fill('textarea[name="sources.0"]', 'line.sku');
  await page.click('.chooser button');
  const document = await page.locator('pre#document').innerText();
  check.holds('the document of a sent cart shows the edit', document.includes('Extrinsic name="Journey"'), document);
  await page.click('button[value=save]');
  check.holds('it is not saved unseen', (await page.locator('main .say').first().innerText()).startsWith('Not saved'));
  await page.click('button[value=replay]');
  const changed = await page.locator('pre.diff ins').allInnerTexts();
  check.holds('the replay shows the lines that would change', changed.length > 0, changed.join());
  await page.click('button[value=save]');
  check.holds('it is saved after the replay', page.url().endsWith('/mapping?done=1'), page.url());
  await context.close();
}

async function indexOfBuyer(world: World, check: Checks): Promise<void> {
  const { page, context } = await visitor(world.browser, { javaScriptEnabled: false, locale: 'en-GB' });
  await signIn(page, world.origins.shop);
  await buyerIndex(page, world, check);
  await context.close();
}

async function previewOfTyping({ browser, origins }: World, check: Checks): Promise<void> {
  const { page, context, violations, errors } = await visitor(browser, { locale: 'en-GB' });
  await signIn(page, origins.shop);
  await page.goto(`${origins.shop}/console/connections/acme-cxml/mapping`);
  await livePreview(page, check);
  check.equal('no CSP report, no script error', [violations, errors], [[], []]);
  await context.close();
}
