import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { PRODUCTS } from '../../src/adapters/stores/demo/catalogue/catalogue.js';
import { DemoStore } from '../../src/adapters/stores/demo/demo-store.js';
import type { Checks } from './checks.js';
import { escaped } from './world/buyer.js';
import { chromiumWithoutCookies, visitor, visitorIn } from './world/chromium.js';
import { fits, keepPicture } from './world/look.js';
import { fillCart, pressTransfer, shopFrame } from './world/shopping.js';
import type { World } from './world/world.js';

const SCHEMES = ['light', 'dark'] as const;

/**
 * Pages of buyers at both widths, with pictures for a person to review (`PICTURES`). The only automatic check is that
 * no page is wider than the window.
 */
export async function screenshots(world: World, check: Checks): Promise<void> {
  await Promise.all(
    [1280, 375].map(async (width, place) => {
      const shot = async (page: Page, name: string): Promise<void> => {
        for (const colorScheme of SCHEMES) {
          await page.emulateMedia({ colorScheme });
          await keepPicture(page, `${name}-${width}-${colorScheme}`, name !== 'catalogue');
        }
        await fits(page, check, `${name} at ${width} px`);
      };
      const options = { viewport: { width, height: 800 }, locale: 'en-GB' };
      await shopPages(world, options, shot);
      await buyerPages(world, options, shot);
      await ownPages(world, options, shot);
      await changedCart(world, options, shot, LEFT_OVER[place] ?? '');
    }),
  );
  await refusedCookies(world);
}

/** Articles that no other journey buys, one for each width: they sell out while the screenshots are taken. */
const LEFT_OVER = PRODUCTS.filter(
  ({ soldOut, step, sku }) => soldOut !== true && step === undefined && !sku.startsWith('SKU-'),
)
  .slice(0, 2)
  .map(({ sku }) => sku);

type Shot = (page: Page, name: string) => Promise<void>;

async function shopPages(
  { browser, buyer, origins }: World,
  options: BrowserContextOptions,
  shot: Shot,
): Promise<void> {
  const { context, page } = await visitor(browser, options);
  await page.goto(await buyer.callUp({ connection: 'acme-cxml' }));
  await shot(page, 'catalogue');
  await page.goto(`${origins.shop}/detail/SKU-001`);
  await shot(page, 'product');
  await fillCart(page.mainFrame());
  await shot(page, 'cart');
  await context.close();
}

/**
 * The demo's own virtual buyer, from start to return; with OCI, because its cXML call-up cannot resolve shop.localhost.
 */
async function buyerPages({ browser, origins }: World, options: BrowserContextOptions, shot: Shot): Promise<void> {
  const { context, page } = await visitor(browser, options);
  await page.goto(`${origins.shop}/nowhere`);
  await shot(page, 'not-found');
  await page.goto(`${origins.shop}/virtual-buyer`);
  await shot(page, 'buyer-start');
  await page.locator('.choices button').nth(1).click();
  const shop = await shopFrame(page);
  await fillCart(shop);
  await shot(page, 'buyer-frame');
  await pressTransfer(shop);
  await page.locator('table[role=table]').waitFor();
  await shot(page, 'buyer-return');
  await context.close();
}

/** Transfer, confirmation, conflict and error page. */
async function ownPages(world: World, options: BrowserContextOptions, shot: Shot): Promise<void> {
  const { browser, buyer, evil, origins } = world;
  const { context, page } = await visitor(browser, options);
  const session = `${origins.shop}/agiqon/connector/session`;
  await page.goto(`${session}/login/unknown?token=x`);
  await shot(page, 'error');
  await page.goto(await buyer.callUp({ connection: 'acme-cxml' }));
  await fillCart(page.mainFrame());
  for (const [name, url] of [
    ['confirm-logout', `${session}/logout`],
    ['confirm-transfer', `${session}/logout?transferred=1`],
    ['conflict', await buyer.callUp({ connection: 'rival-cxml' })],
  ] as const) {
    await page.goto(evil.page(`<a href="${escaped(url)}">go</a>`));
    await page.locator('a').click();
    await page.locator('main form button').waitFor();
    await shot(page, name);
  }
  await context.close();
  const still = await visitor(browser, { ...options, javaScriptEnabled: false });
  await still.page.goto(await buyer.callUp({ connection: 'acme-cxml' }));
  await still.page.locator('form.buy button').first().click();
  await pressTransfer(still.page.mainFrame());
  await still.page.locator('#punchout_transfer').waitFor();
  await shot(still.page, 'transfer');
  await still.page.locator('#punchout_transfer button').click();
  await still.page.locator('#received').waitFor();
  await still.page.goto(`${session}/logout`);
  await shot(still.page, 'ended');
  await still.context.close();
}

/** The confirmation before a changed cart is sent, and the shop after a transfer. */
async function changedCart(
  { browser, buyer, origins, server }: World,
  options: BrowserContextOptions,
  shot: Shot,
  sku: string,
): Promise<void> {
  const { store } = server.connector;
  if (!(store instanceof DemoStore)) throw new Error('not the demo shop');
  const { context, page } = await visitor(browser, options);
  await page.goto(await buyer.callUp({ connection: 'acme-cxml' }));
  await fillCart(page.mainFrame());
  await page.goto(`${origins.shop}/detail/${sku}`);
  await page.locator('.detail form.buy button').click();
  await page.locator('table.lines').waitFor();
  store.stock.set(sku, '0');
  await pressTransfer(page.mainFrame());
  await page.locator('main form button').waitFor();
  await page.keyboard.press('Tab');
  await shot(page, 'cart-changed');
  await page.goto(`${origins.shop}/checkout/cart`);
  await shot(page, 'cart-with-notice');
  // The cart page has already shown the change, so no confirmation appears.
  await pressTransfer(page.mainFrame());
  await page.locator('#received').waitFor();
  await page.goto(`${origins.shop}/`);
  await shot(page, 'send-again');
  await page.goto(`${origins.shop}/checkout/cart`);
  await shot(page, 'send-again-cart');
  await context.close();
}

async function refusedCookies({ buyer, directory }: World): Promise<void> {
  const context = await chromiumWithoutCookies(join(directory, 'no-cookies-pictures'), 'shop.localhost', 'buyer.test');
  try {
    const { page } = await visitorIn(context);
    await page.goto(buyer.framing(await buyer.callUp({ connection: 'acme-cxml' })));
    await page.frameLocator('iframe[name=shop]').locator('a[target=_blank]').waitFor();
    for (const width of [1280, 375]) {
      for (const colorScheme of SCHEMES) {
        await page.setViewportSize({ width, height: 600 });
        await page.emulateMedia({ colorScheme });
        await page.evaluate(
          `Object.assign(document.querySelector('iframe'), { width: '${width - 20}', height: '560' })`,
        );
        await keepPicture(page, `cookies-refused-${width}-${colorScheme}`, false);
      }
    }
  } finally {
    await context.close();
  }
}
