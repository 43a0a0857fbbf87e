import type { Checks } from './checks.js';
import { visitor } from './world/chromium.js';
import { fillCart, shopFrame, stateOf } from './world/shopping.js';
import type { World } from './world/world.js';

/** Leaving without a cart, inside the buyer's frame: the page confirms it, and its link back to the shop works. */
export async function leaving({ browser, buyer, origins }: World, check: Checks): Promise<void> {
  const { context, page, violations } = await visitor(browser);
  const returnTo = buyer.returnPath();
  await page.goto(buyer.framing(await buyer.callUp({ connection: 'acme-cxml', returnTo })));
  const shop = await shopFrame(page);
  await fillCart(shop);
  // The shop's own button returns to the buyer. Other shops may offer a logout without a return address.
  await shop
    .locator('form[action$="unchanged=1"]')
    .evaluate((form) => form.setAttribute('action', form.getAttribute('action')?.replace(/\?.*/, '') ?? ''));
  await shop.locator('form[action$="/logout"] button').click();
  const link = shop.getByRole('link', { name: /^(Zum Shop|To the shop)$/ });
  await link.waitFor();
  check.equal(
    'logout in the frame ends the session and clears its cookies',
    [
      (await stateOf(context, origins.shop, buyer.framing)).session.active,
      (await context.cookies()).filter(({ name }) => /connector\.(sid|claim)/.test(name)),
    ],
    [false, []],
  );
  const opened = context.waitForEvent('page');
  await link.click();
  // Without a session the shop must not be framed, so the link has to leave the frame.
  const own = await opened;
  await own.locator('header.top').waitFor();
  check.equal('its link opens the shop in a window of its own', own.url(), `${origins.shop}/`);
  check.equal('no cart was sent, nothing violated', [buyer.received(returnTo).length, violations], [0, []]);
  await context.close();
}
