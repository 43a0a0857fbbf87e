import type { BrowserContext, Page } from 'playwright-core';
import type { Checks } from './checks.js';
import { escaped } from './world/buyer.js';
import { visitor } from './world/chromium.js';
import { fillCart, shopFrame, stateOf } from './world/shopping.js';
import type { World } from './world/world.js';

const SESSION = '/agiqon/connector/session';
const ENDINGS = ['/logout', '/logout?transferred=1', '/logout?transferred=0', '/logout/redirect'].map(
  (path) => SESSION + path,
);

/**
 * T03, T08, architecture.md decision 1: forms, frames, images and scripts of another site change nothing; navigations
 * ask for confirmation.
 */
export async function crossSite(world: World, check: Checks): Promise<void> {
  await topLevelSession(world, check);
  await framedSession(world, check);
  await confirming(world, check);
}

async function topLevelSession(world: World, check: Checks): Promise<void> {
  const { browser, buyer, evil, origins } = world;
  const { context, page } = await visitor(browser);
  await page.goto(await buyer.callUp({ connection: 'acme-cxml' }));
  await fillCart(page.mainFrame());
  const before = await stateOf(context, origins.shop);
  check.equal(
    'control: there is a session and a cart to change',
    [before.session.active, before.cart.items_count],
    [true, 3],
  );
  const unchanged = async (what: string): Promise<void> =>
    check.equal(`T08: ${what} changes nothing`, await stateOf(context, origins.shop), before);

  for (const path of ENDINGS) {
    for (const method of ['get', 'post'] as const) {
      const status = await navigated(context, evil.page(form(origins.shop + path, method)));
      check.equal(`T08: ${method.toUpperCase()} ${path} from another site asks first`, status, [200, true]);
    }
  }
  check.equal(
    'T08: POST logout with transferred=1 in its body asks first',
    await navigated(context, evil.page(form(`${origins.shop}${SESSION}/logout`, 'post', { transferred: '1' }))),
    [200, true],
  );
  await unchanged('a cross-site navigation to logout, transfer or redirect');

  await visited(context, evil.page(silent(ENDINGS.map((path) => origins.shop + path))));
  await unchanged('an image, script, style, frame, fetch or beacon');

  const login = new URL(await buyer.callUp({ connection: 'rival-cxml' }));
  check.equal(
    'T03: a link of another tenant answers 409 and offers to end the session',
    await navigated(context, evil.page(link(login.href))),
    [409, true],
  );
  check.equal(
    'T03: a cross-site POST that says end_current=1 answers 409',
    await navigated(context, evil.page(form(login.href, 'post', { end_current: '1' }))),
    [409, true],
  );
  await visited(context, evil.page(silent([login.href, `${login.href}&end_current=1`])));
  await unchanged("another tenant's login");

  check.equal(
    'T08: a cross-site POST to the cart is refused',
    (
      await navigated(
        context,
        evil.page(form(`${origins.shop}/checkout/line-item/add`, 'post', { sku: 'SKU-001', quantity: '9' })),
      )
    )[0],
    403,
  );
  await unchanged('a cross-site cart write');
  await context.close();
}

async function framedSession(world: World, check: Checks): Promise<void> {
  const { browser, buyer, evil, origins } = world;
  const { context, page } = await visitor(browser);
  const attack = evil.page(
    silent(ENDINGS.map((path) => origins.shop + path)) +
      ENDINGS.map((path) => framedForm(origins.shop + path)).join(''),
  );
  const start = await buyer.callUp({ connection: 'acme-cxml' });
  const cookies: string[] = [];
  page.on('request', (request) => {
    if (request.frame().url().startsWith(origins.evil))
      void request.allHeaders().then((headers) => cookies.push(headers['cookie'] ?? ''));
  });
  await page.goto(
    buyer.page(
      `<!DOCTYPE html><iframe name="shop" width="1200" height="700" src="${escaped(start)}"></iframe><iframe ` +
        'name="advert" width="300" height="200"></iframe>',
    ),
  );
  const shop = await shopFrame(page);
  await fillCart(shop);
  const before = await stateOf(context, origins.shop, buyer.framing);
  await page.frame({ name: 'advert' })?.goto(attack);
  await page.waitForLoadState('networkidle');
  check.equal(
    "T08: an evil frame beside the shop in the buyer's page changes nothing",
    await stateOf(context, origins.shop, buyer.framing),
    before,
  );
  check.holds(
    "control: the evil frame's requests carried the session cookie",
    cookies.some((cookie) => cookie.includes('__Host-connector.sid=')),
    [...new Set(cookies)],
  );
  await context.close();
}

/** The confirmation for a cross-site navigation, answered with yes and with no. */
async function confirming(world: World, check: Checks): Promise<void> {
  const { browser, buyer, evil, origins } = world;
  for (const [path, what] of [
    ['/logout', 'logout'],
    ['/logout?transferred=1', 'transfer'],
    ['/logout/redirect', 'redirect'],
  ] as const) {
    const { context, page, violations } = await visitor(browser);
    const returnTo = buyer.returnPath();
    await page.goto(await buyer.callUp({ connection: 'acme-cxml', returnTo }));
    await fillCart(page.mainFrame());
    const ask = async (): Promise<Page> => {
      const other = await context.newPage();
      await other.goto(evil.page(form(origins.shop + SESSION + path, 'post')));
      await other.locator('main form button').waitFor();
      return other;
    };
    const no = await ask();
    await no.locator('main a').click();
    await no.locator('header.top').waitFor();
    check.equal(
      `${what}: "back to the shop" leaves the session as it is`,
      (await stateOf(context, origins.shop)).session.active,
      true,
    );
    const yes = await ask();
    await yes.locator('main form button').click();
    if (what === 'transfer') {
      await buyer.arrival(returnTo);
      check.equal('transfer: yes sends the cart once', buyer.received(returnTo).length, 1);
    } else await yes.waitForLoadState('networkidle');
    check.equal(`${what}: yes ends the session`, (await stateOf(context, origins.shop)).session.active, false);
    check.equal(`${what}: violations`, violations, []);
    await context.close();
  }
}

/** The final page of an automatic navigation: status, and whether it shows our confirmation form. */
async function navigated(context: BrowserContext, address: string): Promise<[number | undefined, boolean]> {
  const page = await context.newPage();
  const answered = page.waitForResponse(
    (response) => response.url().startsWith('https://shop.localhost') && response.request().isNavigationRequest(),
  );
  await page.goto(address);
  const status = (await answered).status();
  await page.waitForURL((url) => url.hostname === 'shop.localhost');
  const asks = await page.locator('main form[method=post] button').isVisible();
  await page.close();
  return [status, asks];
}

async function visited(context: BrowserContext, address: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  await page.close();
}

function form(action: string, method: 'get' | 'post', fields: Record<string, string> = {}): string {
  const url = new URL(action);
  const inputs = Object.entries({ ...(method === 'get' ? Object.fromEntries(url.searchParams) : {}), ...fields });
  return (
    `<form id="f" method="${method}" ` +
    `action="${escaped(action)}">` +
    inputs.map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`).join('') +
    '</form>' +
    `<script>onload = () => setTimeout(() => document.getElementById('f').submit())</script>`
  );
}

let frames = 0;
function framedForm(action: string): string {
  frames += 1;
  return (
    `<iframe name="t${frames}"></iframe><form id="f${frames}" method="post" action="${escaped(action)}" ` +
    `target="t${frames}"></form><script>document.getElementById('f${frames}').submit()</script>`
  );
}

function link(href: string): string {
  return `<script>onload = () => setTimeout(() => { location.href = ${JSON.stringify(href)} })</script>`;
}

/** All ways to request an address without leaving the page. */
function silent(addresses: readonly string[]): string {
  const tags = addresses.flatMap((address) => [
    `<img src="${escaped(address)}">`,
    `<script src="${escaped(address)}"></script>`,
    `<link rel="stylesheet" href="${escaped(address)}">`,
    `<link rel="prefetch" href="${escaped(address)}">`,
    `<iframe src="${escaped(address)}"></iframe>`,
    `<object data="${escaped(address)}"></object>`,
    `<video src="${escaped(address)}"></video>`,
  ]);
  const calls = `for (const url of ${JSON.stringify(addresses)}) {
    for (const method of ['GET', 'POST', 'HEAD'])
      fetch(url, { method, mode: 'no-cors', credentials: 'include' }).catch(() => {});
    fetch(url, { method: 'POST', credentials: 'include' }).catch(() => {});
    navigator.sendBeacon(url);
  }`;
  return `${tags.join('')}<script>${calls}</script>`;
}
