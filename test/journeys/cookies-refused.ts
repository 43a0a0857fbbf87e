import { join } from 'node:path';
import type { Checks } from './checks.js';
import { chromiumWithoutCookies, visitorIn } from './world/chromium.js';
import { fillCart, pressTransfer } from './world/shopping.js';
import type { World } from './world/world.js';

/**
 * T05, architecture.md decision 1: a browser that refuses our cookies in the frame gets a message, and a separate
 * window works.
 */
export async function cookiesRefused({ buyer, directory }: World, check: Checks): Promise<void> {
  const context = await chromiumWithoutCookies(join(directory, 'no-cookies'), 'shop.localhost', 'buyer.test');
  try {
    const { page, errors, violations } = await visitorIn(context);
    const returnTo = buyer.returnPath();
    const start = await buyer.callUp({ connection: 'acme-cxml', returnTo });
    await page.goto(buyer.framing(start));
    const refused = page.frameLocator('iframe[name=shop]');
    const link = refused.locator('a[target=_blank]');
    await link.waitFor();
    check.holds(
      'the frame says that cookies are refused',
      /cookies?/i.test(await refused.locator('h1').innerText()),
      await refused.locator('h1').innerText(),
    );
    check.equal('no cookie was kept', await context.cookies(), []);

    const opened = context.waitForEvent('page');
    await link.click();
    const own = await opened;
    await own.locator('header.top').waitFor();
    check.holds(
      'the link opens the shop, logged in, and no token stays in its address (T23)',
      !own.url().includes('token') && (await own.locator('.punchout').isVisible()),
      own.url(),
    );
    await fillCart(own.mainFrame());
    await pressTransfer(own.mainFrame());
    await buyer.arrival(returnTo);
    await own.locator('#received').waitFor();
    check.equal('the cart arrives from there, once', buyer.received(returnTo).length, 1);
    check.equal('violations and script errors', [violations, errors], [[], []]);
  } finally {
    await context.close();
  }
}
