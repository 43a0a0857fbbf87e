import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { RunningServer } from '../../src/server.js';
import type { Checks } from './checks.js';
import { type Visitor, visitor } from './world/chromium.js';
import { demoServer } from './world/demo-server.js';
import { LOOKS, looksRight } from './world/look.js';
import { fillCart, pressTransfer } from './world/shopping.js';
import type { World } from './world/world.js';

const PASSWORD = 'a-password-of-the-journey';
interface Buyer {
  platform: string;
  name: string;
  id: string;
  /** Fields of the step "Names". */
  names: Record<string, string>;
  returns: string;
  /** What the buyer's IT must read. */
  handedOver: readonly string[];
}

const BUYERS: readonly Buyer[] = [
  {
    platform: 'coupa',
    name: 'Müller & Söhne AG',
    id: 'muller-sohne-ag',
    names: { identity: 'AN01000000777', to_identity: '123456789' },
    returns: 'https://mueller.coupahost.com',
    handedOver: ['/v1/punchout/setup', 'NetworkId: AN01000000777', 'DUNS: 123456789', 'https://mueller.coupahost.com'],
  },
  {
    platform: 'sap-oci4',
    name: 'Stadtwerke',
    id: 'stadtwerke',
    names: { identity: 'stadtwerke-srm' },
    returns: 'https://srm.stadtwerke.example',
    handedOver: ['/v1/punchout/oci/setup', 'stadtwerke-srm', 'HOOK_URL'],
  },
  {
    platform: 'middleware',
    name: 'Broker',
    id: 'broker',
    names: { templates: 'buyer123' },
    returns: 'https://broker.example/gateway',
    handedOver: ['/api/punchout/clone', 'buyer123', 'api_key'],
  },
];

/**
 * From a tenant without connections to carts that came back in test punchouts, for cXML, OCI and a middleware, by pages
 * alone. On a server at plain http: it calls itself by its public address.
 */
export async function onboarding({ browser }: World, check: Checks): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'punchout-onboarding-'));
  const server = await demoServer(directory);
  try {
    for (const hasScript of [true, false]) {
      const tenantId = hasScript ? 'fresh' : 'still';
      const { tenants, operators } = server.connector.directory;
      await tenants.save({ tenantId, name: 'Fresh shop', settings: { frontendOrigins: [] } });
      const email = `engineer@${tenantId}.test`;
      const erik = { tenantId, operatorId: 'op_erik', email, name: 'Erik', role: 'engineer' as const, demo: false };
      await operators.add(erik, PASSWORD);
      const buyers = hasScript ? BUYERS : BUYERS.slice(0, 1);
      for (const buyer of buyers) await onboarded({ browser, server, check, hasScript, buyer, email });
    }
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

interface Run {
  browser: World['browser'];
  server: RunningServer;
  check: Checks;
  hasScript: boolean;
  buyer: Buyer;
  email: string;
}

async function onboarded(run: Run): Promise<void> {
  const { browser, server, check, hasScript, buyer, email } = run;
  const what = `${buyer.platform}${hasScript ? '' : ' on a phone without JavaScript'}`;
  const seen = await visitor(browser, {
    viewport: { width: hasScript ? 1280 : 375, height: 800 },
    locale: 'en-GB',
    javaScriptEnabled: hasScript,
  });
  const { page } = seen;
  await page.goto(`${server.url}/console`);
  await page.fill('input[name=email]', email);
  await page.fill('input[name=password]', PASSWORD);
  await page.click('main button[type=submit]');
  await page.locator('nav.side').waitFor();
  await steps(page, run, what);
  await testPunchout(seen, run, what);
  await handOver(page, run, what);
  check.equal(`${what}: no CSP report, no script error`, [seen.violations, seen.errors], [[], []]);
  await seen.context.close();
}

/** axe is a script: without scripts nothing is measured. The pages of the first buyer are shown in both looks. */
async function looked(page: Page, { check, hasScript, buyer }: Run, name: string): Promise<void> {
  const looks = LOOKS['en-GB'].slice(0, buyer === BUYERS[0] ? 2 : 1);
  if (hasScript) await looksRight(page, check, { name, looks });
}

/** From the list of connections to the step "Shop customer", the form fields by keyboard. */
async function steps(page: Page, run: Run, what: string): Promise<void> {
  const { check, buyer } = run;
  const enter = async (field: string): Promise<void> => {
    await page.focus(field);
    await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
  };
  await page.click('nav.side a[href$="/connections"]');
  await page.click('main a.button');
  await looked(page, run, `${what}, platform`);
  await page.focus(`input[value="${buyer.platform}"]`);
  await page.keyboard.press('Space');
  await enter(`input[value="${buyer.platform}"]`);

  await enter('input[name=name]');
  check.holds(`${what}: empty names are told at their fields`, (await page.locator('.fault').count()) > 0);
  await looked(page, run, `${what}, names`);
  await page.fill('input[name=name]', buyer.name);
  for (const [name, value] of Object.entries(buyer.names)) await page.fill(`[name=${name}]`, value);
  await enter('input[name=name]');

  await page.fill('textarea[name=returns]', 'http://not-secure.example');
  await page.click('main button[value=check]');
  check.holds(`${what}: an http address is told`, (await page.locator('.fault').innerText()).includes('https://'));
  await looked(page, run, `${what}, return addresses`);
  await page.fill('textarea[name=returns]', buyer.returns);
  await page.click('main button[value=names]');
  check.equal(`${what}: back keeps the names`, await page.inputValue('input[name=name]'), buyer.name);
  await enter('input[name=name]');
  check.equal(`${what}: and the address`, await page.inputValue('textarea[name=returns]'), buyer.returns);
  await page.click('main button[value=check]');
  await looked(page, run, `${what}, check`);
  await page.click('main form[method=post] button');

  await looked(page, run, `${what}, secret`);
  await page.check('input[value=make]');
  await page.click('main form button[type=submit]');
  check.equal(`${what}: the secret is shown`, await page.locator('code.secret').count(), 1);
  await page.click('main a.button');
  await looked(page, run, `${what}, customer`);
  await page.click('main form button[type=submit]');
}

/** In a tab of its own, as the page asks for. */
async function testPunchout({ page, context }: Visitor, run: Run, what: string): Promise<void> {
  const { check, hasScript } = run;
  await looked(page, run, `${what}, test`);
  await page.click('form[action$="/test"] button');
  check.equal(`${what}: the call-up is accepted`, await page.locator('a[target=_blank]').count(), 1);
  await looked(page, run, `${what}, started`);
  const [shop] = await Promise.all([context.waitForEvent('page'), page.click('a[target=_blank]')]);
  await fillCart(shop.mainFrame());
  await pressTransfer(shop.mainFrame());
  // Without JavaScript the page that carries the cart asks for a click.
  if (!hasScript) await shop.locator('form[action*="/test-returns/"] button').click();
  await shop.waitForURL(/\/tests\//);
  const result = await shop.locator('main').innerText();
  check.holds(`${what}: the cart came back`, /came back[^]*SKU-001[^]*SKU-002[^]*1,299\.99/.test(result), result);
  await looked(shop, run, `${what}, cart`);
  await shop.close();
}

/** The sheet, and the link that shows it to the buyer's IT, once. */
async function handOver(page: Page, run: Run, what: string): Promise<void> {
  const { browser, server, check, buyer, hasScript } = run;
  await page.goto(`${server.url}/console/connections/${buyer.id}/hand-over`);
  await looked(page, run, `${what}, hand-over`);
  await page.check('input[name=secret][value=new]');
  await page.click('main form button[type=submit]');
  const link = await page.locator('code.secret').innerText();

  const stranger = await visitor(browser, { locale: 'de-DE', javaScriptEnabled: hasScript });
  await stranger.page.goto(link);
  await stranger.page.click('main button');
  const text = await stranger.page.locator('main').innerText();
  const missing = [buyer.name, ...buyer.handedOver].filter((part) => !text.includes(part));
  check.equal(`${what}: the buyer's IT reads its data`, missing, []);
  check.equal(`${what}: and the secret`, await stranger.page.locator('code.secret').count(), 1);
  const secret = await stranger.page.locator('code.secret').innerText();
  await looked(stranger.page, run, `${what}, link`);
  await stranger.page.goto(link);
  check.equal(`${what}: once`, await stranger.page.locator('code.secret').count(), 0);
  await stranger.page.goto(`${server.url}/console/handed-over`);
  await looked(stranger.page, run, `${what}, steps`);
  if (buyer.platform === 'sap-oci4') {
    check.equal(`${what}: nothing is ticked`, await stranger.page.locator('#ticks time').count(), 0);
    await fetch(`${server.url}/v1/punchout/oci/setup`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ USERNAME: 'stadtwerke-srm', PASSWORD: secret, HOOK_URL: `${buyer.returns}/basket` }),
    });
    await stranger.page.locator('#ticks time').first().waitFor();
    check.holds(`${what}: a call-up ticks its step, on the open page`, true);
    await looked(stranger.page, run, `${what}, ticked`);
  }
  check.equal(`${what}: nothing violated on the link's pages`, [stranger.violations, stranger.errors], [[], []]);
  await stranger.context.close();
}
