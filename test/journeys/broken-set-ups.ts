import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { serverSettings } from '../../src/config/environment.js';
import { type RunningServer, startServer } from '../../src/server.js';
import type { Checks } from './checks.js';
import { SECRET, buyerDouble, setupRequest } from './world/buyer.js';
import { chromiumWithoutCookies, visitor, visitorIn } from './world/chromium.js';
import { onboard } from './world/onboard.js';
import { fillCart, pressTransfer, shopFrame } from './world/shopping.js';
import { proxyTo } from './world/tls-front.js';
import { type World, freePort } from './world/world.js';

/** A page of the console that is reached from Today, and what it must say. */
interface Explained {
  /** What is wrong, as an engineer would say it. */
  setUp: string;
  /** Clicks after Today, as locators. */
  clicks: string[];
  cause: RegExp;
  remedy: RegExp;
}

const TENANT = 'demo';
const SHOP = 'lone.localhost';
const BUYER = 'lonebuyer.test';

/**
 * Twelve set-ups that do not work, each as an integration engineer meets it. Started from the console's first page, the
 * cause and the remedy must be found in words within three clicks.
 */
export async function brokenSetUps(world: World, check: Checks): Promise<void> {
  const { browser, evil, directory, origins } = world;
  const port = await freePort();
  const shop = world.addSite(SHOP, proxyTo(port));
  const server = await startServer({
    host: '127.0.0.1',
    port,
    publicUrl: shop,
    database: { directory: join(directory, 'lone') },
    demo: true,
    trustedProxies: [],
    store: { kind: 'demo' },
    metricsPort: 0,
    logLevel: 'silent',
  });
  try {
    const buyer = buyerDouble({
      origin: `https://${BUYER}${new URL(shop).port === '' ? '' : `:${new URL(shop).port}`}`,
      shopUrl: shop,
      directUrl: server.url,
      evilOrigin: origins.evil,
    });
    world.addSite(BUYER, buyer.site);
    const own = { returnOrigins: [buyer.origin], language: 'en', currency: 'EUR' };
    const SETTINGS: Record<string, object> = {
      'wrong-secret': {},
      'wrong-to': { cxml: { to: [{ domain: 'DUNS', identity: '123456789' }] } },
      'return-elsewhere': {},
      'return-http': {},
      'unit-unmapped': { profile: 'coupa', units: { EA: 'STK' } },
      'link-expired': { startLinkSeconds: 30 },
      'link-scanned': {},
      'no-cookies': {},
      'framed-elsewhere': {},
      'other-address': { allowedAddresses: ['203.0.113.0/24'] },
    };
    for (const [connectionId, more] of Object.entries(SETTINGS)) {
      const settings = { ...own, ...more };
      await onboard(server.connector.directory, { tenantId: TENANT, connectionId, protocol: 'cxml', settings });
    }
    const refused = async (connection: string, returnTo = `${buyer.origin}/return/any`, secret = SECRET) => {
      const body = setupRequest(connection, returnTo, randomUUID(), secret);
      const answer = await fetch(`${server.url}/v1/punchout/setup`, {
        method: 'POST',
        headers: { 'Content-Type': 'text/xml' },
        body,
      });
      return answer.text();
    };

    // Its start link lives for 30 s, the least that a connection may have.
    await buyer.callUp({ connection: 'link-expired' });
    const calledUpAt = Date.now();
    await refused('wrong-secret', undefined, 'not-the-secret');
    await refused('nobody-knows-me');
    await refused('wrong-to');
    await refused('return-elsewhere', 'https://elsewhere.test/return');
    await refused('return-http', buyer.origin.replace('https:', 'http:'));
    await refused('other-address');

    const guest = await visitor(browser);
    await guest.page.goto(buyer.framing(await buyer.callUp({ connection: 'unit-unmapped' })));
    const frame = await shopFrame(guest.page);
    await fillCart(frame);
    await pressTransfer(frame);
    await guest.page.frameLocator('iframe[name=shop]').locator('#received').waitFor();

    const link = await buyer.callUp({ connection: 'link-scanned' });
    const scanner = await visitor(browser);
    await scanner.page.goto(link);
    const late = await visitor(browser);
    await late.page.goto(link);

    const strict = await chromiumWithoutCookies(join(directory, 'lone-no-cookies'), SHOP, BUYER);
    const blocked = await visitorIn(strict);
    await blocked.page.goto(buyer.framing(await buyer.callUp({ connection: 'no-cookies' })));
    await blocked.page.frameLocator('iframe[name=shop]').locator('a[target=_blank]').waitFor();
    await strict.close();

    const framed = await buyer.callUp({ connection: 'framed-elsewhere' });
    await guest.page.goto(evil.page(`<iframe name="shop" src="${framed.replaceAll('&', '&amp;')}"></iframe>`));
    for (const one of [guest, scanner, late]) await one.context.close();

    const group = (code: string, connection: string): string =>
      `main tr:has-text("${code}"):has-text("${connection}") a[href*="/refusals?"]`;
    const sessionOf = (connection: string): string[] => [
      'nav.side a[href$="/sessions"]',
      `main tr:has-text("${connection}") a[href*="/sessions/"]`,
    ];
    const set: Explained[] = [
      {
        setUp: 'the secret is wrong',
        clicks: [group('INVALID_CREDENTIALS', 'wrong-secret')],
        cause: /Sender: the SharedSecret is wrong/,
        remedy: /Compare that value with the connection, or give the buyer a new secret\./,
      },
      {
        setUp: 'the identity is unknown',
        clicks: [group('INVALID_CREDENTIALS', 'nobody-knows-me')],
        cause: /From: no connection has the credential NetworkId "nobody-knows-me"/,
        remedy:
          /names the check that failed \(From, To, Sender, password, key\)\. Compare that value with the connection/,
      },
      {
        setUp: 'To names another supplier',
        clicks: [group('INVALID_CREDENTIALS', 'wrong-to')],
        cause: /To: DUNS "1" is not what the connection expects \(cxml\.to\)/,
        remedy:
          /names the check that failed \(From, To, Sender, password, key\)\. Compare that value with the connection/,
      },
      {
        setUp: 'the return URL is not listed',
        clicks: [group('RETURN_URL_REFUSED', 'return-elsewhere')],
        cause: /Seen: "https:\/\/elsewhere\.test\/return"/,
        remedy: /If the address is the buyer's own, add its origin to returnOrigins of the connection/,
      },
      {
        setUp: 'the return URL is http',
        clicks: [group('RETURN_URL_REFUSED', 'return-http')],
        cause: /The return URL must be https; this one is "http:\/\/lonebuyer\.test/,
        remedy: /add its origin to returnOrigins of the connection; if not, ask the buyer\./,
      },
      {
        setUp: 'a unit is not mapped',
        clicks: sessionOf('unit-unmapped'),
        cause: /UnitOfMeasure "STK" is not a common UN\/CEFACT code/,
        remedy: /Ask the buyer whether they know it; if not, map it in units of the connection/,
      },
      {
        setUp: 'the start link expired unused',
        clicks: sessionOf('link-expired'),
        cause: /No browser opened the start link before it expired\./,
        remedy: /Ask the buyer to try again; if it happens often, raise startLinkSeconds of the connection\./,
      },
      {
        setUp: 'a scanner opened the start link first',
        clicks: [group('START_LINK_USED', 'link-scanned')],
        cause: /The link works once, in one browser, and another browser has used it before\./,
        remedy: /a link scanner opens the links first: switch on continuePage of the connection\./,
      },
      {
        setUp: 'the browser refuses cookies',
        clicks: [group('COOKIES_REFUSED', 'no-cookies')],
        cause: /did not send back the cookie of the login, usually because the shop is in a frame of another site/,
        remedy: /Serve the shop by https[^.]*; ask the buyer to allow cookies of the shop or to open it in a window/,
      },
      {
        setUp: 'the frame is refused',
        clicks: [group('FRAMING_REFUSED', 'framed-elsewhere')],
        cause: /was opened in a frame by https:\/\/evil\.test(:\d+)?, which may not frame it/,
        remedy: /Add the origin of the portal to frameAncestors of the connection, or to returnOrigins\./,
      },
      {
        setUp: 'the address is not allowed',
        clicks: [group('ADDRESS_NOT_ALLOWED', 'other-address')],
        cause: /Seen: 127\.0\.0\.1\. Allowed \(allowedAddresses\): 203\.0\.113\.0\/24\./,
        remedy: /Add the address to allowedAddresses\. If it is that of your own proxy, declare the proxy/,
      },
    ];
    await shopwareDown(world, check);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, calledUpAt + 31_000 - Date.now())));
    const engineer = await signedIn(world, server);
    for (const one of set) await explained(engineer, shop, one, check);
    await engineer.context().close();
  } finally {
    await server.stop();
  }
}

/** In the console by the link that the demo prints. */
async function signedIn({ browser }: World, { consoleUrl }: RunningServer): Promise<Page> {
  const { page } = await visitor(browser, { locale: 'en-GB' });
  await page.goto(consoleUrl);
  await page.locator('nav.side').waitFor();
  return page;
}

async function explained(page: Page, base: string, one: Explained, check: Checks): Promise<void> {
  const { setUp, clicks, cause, remedy } = one;
  await page.goto(`${base}/console`);
  for (const click of clicks) {
    const link = page.locator(click).first();
    if ((await link.count()) === 0) {
      check.holds(`${setUp}: there is ${click}`, false, await page.locator('main').innerText());
      return;
    }
    await link.click();
    await page.waitForLoadState();
  }
  const text = await page.locator('main').innerText();
  check.holds(`${setUp}: the cause is told, ${clicks.length} clicks from Today`, cause.test(text), text);
  check.holds(`${setUp}: and the remedy`, remedy.test(text), text);
}

/** The twelfth: the server's Shopware does not answer. */
async function shopwareDown(world: World, check: Checks): Promise<void> {
  const url = `http://127.0.0.1:${await freePort()}`;
  const server = await startServer(
    serverSettings({
      STORE: 'shopware',
      SHOPWARE_URL: `http://127.0.0.1:${await freePort()}`,
      SHOPWARE_ACCESS_KEY: 'SWSCACCESSKEY',
      SHOPWARE_CLIENT_ID: 'SWIACLIENT',
      SHOPWARE_CLIENT_SECRET: 'secret-of-the-integration',
      SHOPWARE_FRONTEND_URL: 'https://www.shop.example',
      DATA_DIR: join(world.directory, 'down'),
      LOG_LEVEL: 'silent',
      PORT: new URL(url).port,
    }),
  );
  try {
    await onboard(server.connector.directory, {
      tenantId: TENANT,
      connectionId: 'shop-is-down',
      protocol: 'cxml',
      settings: { returnOrigins: ['https://buyer.test'] },
    });
    const buyer = buyerDouble({
      origin: 'https://buyer.test',
      shopUrl: url,
      directUrl: server.url,
      evilOrigin: world.origins.evil,
    });
    const guest = await visitor(world.browser);
    await guest.page.goto(await buyer.callUp({ connection: 'shop-is-down' }));
    const told = await guest.page.locator('body').innerText();
    const [reference = ''] = /\b[0-9A-HJKMNP-TV-Z]{10}\b/.exec(told) ?? [];
    check.holds('the buyer reads a reference of the attempt', reference !== '', told);
    await guest.context.close();
    const page = await signedIn(world, server);
    const group = 'main tr:has-text("STORE_UNAVAILABLE"):has-text("shop-is-down") a[href*="/refusals?"]';
    const down = {
      setUp: 'Shopware is down',
      clicks: [group],
      cause: /The shop's API did not answer, answered with an error, or refused our access\./,
      remedy: /Look for the reference in the process log, then run "punchout doctor": it checks address, access/,
    };
    await explained(page, url, down, check);
    await page.goto(`${url}/console`);
    await page.fill('input[type=search]', reference);
    await page.keyboard.press('Enter');
    await page.waitForURL(/reference=/);
    const found = await page.locator('main').innerText();
    check.holds('the reference finds it too', found.includes('STORE_UNAVAILABLE') && found.includes(reference), found);
    await page.context().close();
  } finally {
    await server.stop();
  }
}
