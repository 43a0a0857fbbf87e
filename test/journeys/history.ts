import type { Page } from 'playwright-core';
import type { Checks } from './checks.js';
import { SECRET } from './world/buyer.js';
import { visitor } from './world/chromium.js';
import { fillCart, pressTransfer, shopFrame } from './world/shopping.js';
import type { World } from './world/world.js';

interface Case {
  name: string;
  framed: boolean;
  /** Address that the browser opens. */
  open: (world: World, returnTo: string) => Promise<string>;
}

const CASES: Case[] = [
  {
    name: 'cXML framed',
    framed: true,
    open: async ({ buyer }, returnTo) => buyer.framing(await buyer.callUp({ connection: 'acme-cxml', returnTo })),
  },
  {
    name: 'cXML top level',
    framed: false,
    open: ({ buyer }, returnTo) => buyer.callUp({ connection: 'acme-cxml', returnTo }),
  },
  {
    name: 'OCI framed, to _top',
    framed: true,
    open: ({ buyer, origins }, returnTo) =>
      Promise.resolve(
        buyer.ociCallUp({ HOOK_URL: origins.buyer + returnTo, USERNAME: 'acme-oci', PASSWORD: SECRET }, 'shop'),
      ),
  },
  {
    name: 'OCI top level',
    framed: false,
    open: ({ buyer, origins }, returnTo) =>
      Promise.resolve(
        buyer.ociCallUp({ HOOK_URL: origins.buyer + returnTo, USERNAME: 'acme-oci', PASSWORD: SECRET }, '_top'),
      ),
  },
];

/** T13: after a transfer, Back, Forward and Reload do not send the cart a second time. */
export async function history(world: World, check: Checks): Promise<void> {
  // A hook that answers itself, and one that redirects, whose page can be reloaded without a question of the browser.
  for (const kind of ['return', 'redirecting'] as const)
    await Promise.all(CASES.map((one) => walk(world, check, one, kind)));
}

async function walk(
  world: World,
  check: Checks,
  { name, framed, open }: Case,
  kind: 'return' | 'redirecting',
): Promise<void> {
  const { context, page } = await visitor(world.browser);
  const path = world.buyer.returnPath(kind);
  await page.goto(await open(world, path));
  await page.locator(framed ? 'iframe[name=shop]' : 'header.top').waitFor();
  const shop = framed ? await shopFrame(page) : page.mainFrame();
  await fillCart(shop);
  await pressTransfer(shop);
  const { destination } = await world.buyer.arrival(path);
  await (destination === 'iframe' ? page.frameLocator('iframe[name=shop]') : page).locator('#received').waitFor();
  await pause(page);
  const moves = ['back', 'forward', 'back', 'back', 'forward', 'forward', ...(kind === 'return' ? [] : ['reload'])];
  const trail: string[] = [];
  for (const move of moves) {
    await start(
      page,
      move === 'reload' ? 'setTimeout(() => location.reload())' : `setTimeout(() => history.${move}())`,
    );
    await pause(page);
    trail.push(
      `${move}: ${world.buyer.received(path).length} at ${page
        .frames()
        .map((frame) => frame.url().replace(/\?.*token.*/, '?token'))
        .join(' + ')}`,
    );
  }
  check.holds(
    `T13: ${name}, hook under /${kind}: one cart after ${moves.join(', ')}`,
    world.buyer.received(path).length === 1,
    trail,
  );
  await context.close();
}

/** The previous page may still be unloading. */
async function start(page: Page, script: string, tries = 5): Promise<void> {
  try {
    await page.evaluate(script);
  } catch (error) {
    if (tries === 0) throw error;
    await pause(page);
    await start(page, script, tries - 1);
  }
}

/** A step back may start no navigation and fires no event, so wait for half a second without network. */
async function pause(page: Page): Promise<void> {
  await page.waitForTimeout(300);
  await page.waitForLoadState('networkidle').catch(() => undefined);
}
