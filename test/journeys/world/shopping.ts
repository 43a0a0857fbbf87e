import type { BrowserContext, Frame, Page } from 'playwright-core';

/** The shop in the buyer's frame, when it shows one of its pages. */
export async function shopFrame(page: Page): Promise<Frame> {
  await page.frameLocator('iframe[name=shop]').locator('header.top').waitFor();
  const frame = page.frame({ name: 'shop' });
  if (frame === null) throw new Error('there is no shop frame');
  return frame;
}

/** Adds two articles of the demo catalogue to the cart: 2 x SKU-001 and 1 x SKU-002, 1299.99 EUR. */
export async function fillCart(shop: Frame): Promise<void> {
  for (const [sku, quantity] of [
    ['SKU-001', '2'],
    ['SKU-002', '1'],
  ] as const) {
    await shop.locator('a.brand').click();
    await shop.locator(`h2 a[href="/detail/${sku}"]`).click();
    await shop.locator('.detail form.buy input[name=quantity]').fill(quantity);
    await shop.locator('.detail form.buy button').click();
    await shop.locator('table.lines').waitFor();
  }
}

/** Presses the shop's own transfer button. */
export async function pressTransfer(shop: Frame): Promise<void> {
  await shop.locator('form[action*="transferred=1"] button').first().click();
}

/** State of the session and the cart. */
export interface ShopState {
  session: { active: boolean; transmissionId?: string };
  cart: { items_count?: unknown };
}

/**
 * Requested in another page of the same browser, in the same cookie partition: framed by `framing`, or at top level.
 */
export async function stateOf(
  context: BrowserContext,
  shopOrigin: string,
  framing?: (url: string) => string,
): Promise<ShopState> {
  const [session, cart] = await Promise.all(
    ['/agiqon/connector/session/get', '/checkout/cart.json'].map(async (path) => {
      const page = await context.newPage();
      await page.goto(framing === undefined ? shopOrigin + path : framing(shopOrigin + path));
      const body =
        framing === undefined ? page.locator('body') : page.frameLocator('iframe[name=shop]').locator('body');
      const text = await body.innerText();
      await page.close();
      return JSON.parse(text) as object;
    }),
  );
  return { session: session as ShopState['session'], cart: cart as ShopState['cart'] };
}
