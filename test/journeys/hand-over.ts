import { DemoStore } from '../../src/adapters/stores/demo/demo-store.js';
import { type Checks, until } from './checks.js';
import { visitor } from './world/chromium.js';
import { fillCart, pressTransfer, shopFrame, stateOf } from './world/shopping.js';
import type { World } from './world/world.js';

/**
 * The transfer of a cart to the buyer's system: named sender, confirmation before it, and sending it again if it does
 * not arrive.
 */
export async function handOver(world: World, check: Checks): Promise<void> {
  await changedCart(world, check);
  await lostCart(world, check);
  await scannedLink(world, check);
}

/** An article is sold out between the buyer's last look and the transfer; the buyer answers by keyboard. */
async function changedCart({ browser, buyer, origins, server }: World, check: Checks): Promise<void> {
  const { store } = server.connector;
  if (!(store instanceof DemoStore)) throw new Error('not the demo shop');
  const { context, page, violations, errors } = await visitor(browser);
  const returnTo = buyer.returnPath();
  await page.goto(buyer.framing(await buyer.callUp({ connection: 'acme-cxml', returnTo })));
  const shop = await shopFrame(page);
  await fillCart(shop);
  store.stock.set('SKU-002', '0');
  try {
    await pressTransfer(shop);
    const button = shop.getByRole('button', { name: /^(Warenkorb so .bergeben|Send the cart as it is now)/ });
    await button.waitFor();
    check.equal(
      'nothing was sent, and the page says what is gone',
      [buyer.received(returnTo).length, await shop.locator('li').allInnerTexts()],
      [0, ['Standard Gadget (SKU-002) ist nicht mehr in Ihrem Warenkorb. Der Artikel ist ausverkauft.']],
    );
    await shop.getByRole('link', { name: /^(Zur.ck zum Warenkorb|Back to the cart)$/ }).click();
    await shop.locator('table.lines').waitFor();
    check.holds(
      'the way back leads to the cart, which says it too',
      (await shop.locator('p.note').first().innerText()).includes('SKU-002'),
    );
    // A change that the cart page has shown is not asked again; a later change is.
    store.stock.set('SKU-001', '1');
    await pressTransfer(shop);
    await button.waitFor();
    await button.focus();
    await page.keyboard.press('Enter');
    const { body, origin, referer } = await buyer.arrival(returnTo);
    const document = decodeURIComponent(body.toString().replaceAll('+', ' '));
    check.equal(
      'Enter sends what is left',
      [document.includes('SKU-001'), document.includes('SKU-002')],
      [true, false],
    );
    check.equal(
      "the buyer's system sees our origin, and no address",
      [origin, referer.replace(/\/$/, '')],
      [origins.shop, origins.shop],
    );
  } finally {
    store.stock.set('SKU-001', undefined);
    store.stock.set('SKU-002', undefined);
  }
  check.equal('nothing violated, no script error', [violations, errors], [[], []]);
  await context.close();
}

/** The buyer's system is down: Back, and the shop sends the same cart again. */
async function lostCart({ browser, buyer, origins }: World, check: Checks): Promise<void> {
  const { context, page } = await visitor(browser);
  const returnTo = buyer.returnPath();
  await page.goto(buyer.framing(await buyer.callUp({ connection: 'acme-cxml', returnTo })));
  const shop = await shopFrame(page);
  await fillCart(shop);
  let lost = '';
  await context.route(`**${returnTo}`, async (route) => {
    lost = route.request().postData() ?? '';
    await route.abort('connectionrefused');
  });
  await pressTransfer(shop);
  await until(() => lost !== '', 'the first sending');
  await context.unroute(`**${returnTo}`);
  check.equal('the first sending is lost', [lost !== '', buyer.received(returnTo).length], [true, 0]);
  const { session } = await stateOf(context, origins.shop, buyer.framing);
  check.holds(
    'session/get says that the cart can be sent again',
    JSON.stringify(session).includes('"status":"transferred"') && JSON.stringify(session).includes('"resend":"/'),
    session,
  );
  await page.goto(buyer.framing(`${origins.shop}/checkout/cart`));
  const again = (await shopFrame(page)).getByRole('button', { name: /^(Warenkorb noch einmal|Send the cart again)/ });
  await again.focus();
  await page.keyboard.press('Enter');
  check.equal('the second sending is the same, byte for byte', (await buyer.arrival(returnTo)).body.toString(), lost);
  await context.close();
}

/** A link scanner opens the link before the buyer does. */
async function scannedLink({ browser, buyer, origins, server }: World, check: Checks): Promise<void> {
  const startUrl = await buyer.callUp({ connection: 'acme-cxml' });
  const scanned = await fetch(startUrl.replace(origins.shop, server.url));
  const { context, page } = await visitor(browser);
  await page.goto(startUrl);
  check.equal(
    'a scanned link still opens the shop for the browser, without a click',
    [scanned.status, await page.locator('aside.punchout').count()],
    [200, 1],
  );
  await context.close();
}
