import type { Page } from 'playwright-core';
import type { Checks } from './checks.js';
import { visitor } from './world/chromium.js';
import { demoServer } from './world/demo-server.js';
import { LOOKS, keepPicture, looksRight } from './world/look.js';
import { fillCart, pressTransfer, shopFrame } from './world/shopping.js';
import type { World } from './world/world.js';

/** The virtual buyer and the shop in it: cart, guard, order, twenty punchouts; as a newcomer sees them. */
export async function virtualBuyer({ browser, directory }: World, check: Checks): Promise<void> {
  const server = await demoServer(directory);
  try {
    for (const locale of ['en-GB', 'de-DE'] as const) await shopped(server.url, { browser, check, locale });
    await withoutScript(server.url, { browser, check });
    await byKeyboard(server.url, { browser, check });
    await played(server.url, { browser, check });
  } finally {
    await server.stop();
  }
}

interface Surroundings {
  browser: World['browser'];
  check: Checks;
}

type Shown = (page: Page, name: string) => Promise<void>;

/** A whole punchout in the frame, and the order of its cart. */
async function shopped(
  url: string,
  { browser, check, locale }: Surroundings & { locale: keyof typeof LOOKS },
): Promise<void> {
  const german = locale === 'de-DE';
  const looks = LOOKS[locale];
  const seen = await visitor(browser, { viewport: { width: looks[0]?.width ?? 0, height: 900 }, locale });
  const { page, context } = seen;
  const shown: Shown = async (one, name) => looksRight(one, check, { name, looks });
  await shopAlone(url, page, shown);
  await page.goto(`${url}/virtual-buyer`);
  check.equal(
    'the virtual buyer speaks the language of the browser',
    await page.getAttribute('html', 'lang'),
    german ? 'de' : 'en',
  );
  await shown(page, 'buyer-start');
  for (const protocol of [1, 2, 0]) {
    await page.goto(`${url}/virtual-buyer`);
    await page.locator('.choices button').nth(protocol).click();
    const shop = await shopFrame(page);
    check.equal(
      `the shop in it does too (way ${protocol})`,
      await shop.getAttribute('html', 'lang'),
      german ? 'de' : 'en',
    );
    if (protocol === 2) await shown(page, 'buyer-frame');
    await fillCart(shop);
    if (protocol === 0) await guarded(page, check, `shop-guard-${locale}`);
    await pressTransfer(shop);
    await page.locator('.say.good, .say.warn').first().waitFor();
    check.equal(`the cart comes to the whole window (way ${protocol})`, page.frames().length, 1);
    await shown(page, `buyer-cart-${protocol}`);
  }
  await page.locator('details.document summary').click();
  check.holds('XML is highlighted', (await page.locator('pre .t').count()) > 20);
  await page.locator('input[name=quantity]').first().fill('3');
  await page.locator('main form button[type=submit]').click();
  await page.locator('.badge.bad').first().waitFor();
  check.equal(
    'the order of more than the cart is compared with it',
    [await page.locator('.badge.bad').count(), await page.locator('.badge.good').count()],
    [1, 1],
  );
  await shown(page, 'buyer-order');
  check.equal(
    `the virtual buyer, ${locale}: no CSP report, no script error`,
    [seen.violations, seen.errors, seen.dialogs],
    [[], [], []],
  );
  await context.close();
}

/** The shop's checkout link leads back to the cart, which says why. */
async function guarded(page: Page, check: Checks, picture: string): Promise<void> {
  const shop = await shopFrame(page);
  await shop.locator('a[href="/checkout/confirm"]').click();
  await shop.locator('p.note[role=status]').waitFor();
  check.equal('the guard closes the checkout', new URL(shop.url()).pathname, '/checkout/cart');
  await keepPicture(page, picture);
}

/** The shop's own pages, as an ordinary visitor sees them. */
async function shopAlone(url: string, page: Page, shown: Shown): Promise<void> {
  await page.goto(`${url}/`);
  await shown(page, 'shop-home');
  await page.goto(`${url}/detail/NB-1010`);
  await shown(page, 'shop-product');
  await page.fill('.detail input[name=quantity]', '50');
  await page.locator('.detail form.buy button').click();
  await page.locator('table.lines').waitFor();
  await shown(page, 'shop-cart');
  await page.locator('a[href="/checkout/confirm"]').click();
  await shown(page, 'shop-checkout');
  await page.goto(`${url}/account/login`);
  await shown(page, 'shop-login');
}

/** Buttons instead of scripts, from the call-up to the compared order. */
async function withoutScript(url: string, { browser, check }: Surroundings): Promise<void> {
  const { page, context } = await visitor(browser, { javaScriptEnabled: false, locale: 'en-GB' });
  await page.goto(`${url}/virtual-buyer`);
  await page.locator('.choices button').first().click();
  const shop = page.frameLocator('iframe[name=shop]');
  await shop.locator('form.buy button').first().click();
  await shop.locator('form[action*="transferred=1"] button').first().click();
  await shop.locator('#punchout_transfer button').click();
  await shop.locator('form[target=_top] button').click();
  await page.locator('input[name=quantity]').first().waitFor();
  await page.locator('main form button[type=submit]').click();
  await page.locator('.badge.good').waitFor();
  check.equal('without script: one cart, ordered and compared', await page.locator('.badge.good').count(), 1);
  await context.close();
}

async function byKeyboard(url: string, { browser, check }: Surroundings): Promise<void> {
  const { page, context } = await visitor(browser, { locale: 'en-GB' });
  for (const path of ['/', '/virtual-buyer', '/virtual-buyer/play']) {
    await page.goto(url + path);
    await page.keyboard.press('Tab');
    check.equal(
      `${path}: the first stop is the skip link`,
      await page.evaluate('document.activeElement.className'),
      'skip',
    );
    await page.keyboard.press('Enter');
    check.equal(`${path}: it leads to the content`, await page.evaluate('document.activeElement.id'), 'content');
  }
  await context.close();
}

/** Twenty punchouts fill the console, while the page tells how far they are. */
async function played(url: string, { browser, check }: Surroundings): Promise<void> {
  const seen = await visitor(browser, { viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
  const { page, context } = seen;
  await page.goto(`${url}/virtual-buyer/play`);
  await page.locator('main form button').focus();
  await page.keyboard.press('Enter');
  await page.locator('progress').waitFor();
  await page.locator('tbody .badge.good').nth(2).waitFor();
  check.holds('the page changes while it runs', (await page.locator('progress').count()) === 1);
  await keepPicture(page, 'play-running');
  await page.locator('main .say.good').waitFor({ timeout: 90_000 });
  check.equal(
    'twenty punchouts: as many ended well, were refused, failed',
    [
      await page.locator('tbody .badge.good').count(),
      await page.locator('tbody .badge.warn').count(),
      await page.locator('tbody .badge.bad').count(),
    ],
    [17, 3, 0],
  );
  await looksRight(page, check, { name: 'play-over', looks: Object.values(LOOKS).flat() });
  check.equal('no CSP report, no script error', [seen.violations, seen.errors], [[], []]);
  await context.close();
}
