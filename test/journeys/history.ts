import type { Page } from 'playwright-core';
import { type Checks, until } from './checks.js';
import { SECRET } from './world/buyer.js';
import { visitor } from './world/chromium.js';
import { fillCart, pressTransfer, shopFrame } from './world/shopping.js';
import type { World } from './world/world.js';

interface Case {
  name: string;
  framed: boolean;
  /** Address that the browser opens. */
  open(world: World, returnTo: string): Promise<string>;
}

const CASES: Case[] = [
  { name: 'cXML framed', framed: true, open: async ({ buyer }, returnTo) => buyer.framing(await buyer.callUp({ connection: 'acme-cxml', returnTo })) },
  { name: 'cXML top level', framed: false, open: ({ buyer }, returnTo) => buyer.callUp({ connection: 'acme-cxml', returnTo }) },
  { name: 'OCI framed, to _top', framed: true, open: ({ buyer, origins }, returnTo) => Promise.resolve(buyer.ociCallUp({ HOOK_URL: origins.buyer + returnTo, USERNAME: 'acme-oci', PASSWORD: SECRET }, 'shop')) },
  { name: 'OCI top level', framed: false, open: ({ buyer, origins }, returnTo) => Promise.resolve(buyer.ociCallUp({ HOOK_URL: origins.buyer + returnTo, USERNAME: 'acme-oci', PASSWORD: SECRET }, '_top')) },
];

/** T13: after a transfer, Back, Forward and Reload send the cart no second time. */
export async function history(world: World, check: Checks): Promise<void> {
  for (const { name, framed, open } of CASES) {
    // A hook that answers itself, and one that redirects, whose page can be reloaded without the browser's own question.
    for (const returnTo of ['/return', '/redirecting']) {
      const { context, page } = await visitor(world.browser);
      const { received } = world.buyer;
      await page.goto(await open(world, returnTo));
      await page.locator(framed ? 'iframe[name=shop]' : 'header.top').waitFor();
      const shop = framed ? await shopFrame(page) : page.mainFrame();
      await fillCart(shop);
      const before = received.length;
      await pressTransfer(shop);
      await until(() => received.length > before, 'the cart to arrive');
      await settled(page);
      const steps: [string, () => Promise<unknown>][] = [
        ['back', () => page.goBack({ waitUntil: 'commit' })],
        ['forward', () => page.goForward({ waitUntil: 'commit' })],
        ['back', () => page.goBack({ waitUntil: 'commit' })],
        ['back', () => page.goBack({ waitUntil: 'commit' })],
        ['forward', () => page.goForward({ waitUntil: 'commit' })],
        ['forward', () => page.goForward({ waitUntil: 'commit' })],
        ...(returnTo === '/return' ? [] : ([['reload', () => page.reload({ waitUntil: 'commit' })]] as [string, () => Promise<unknown>][])),
      ];
      const trail: string[] = [];
      for (const [step, act] of steps) {
        await act().catch(() => undefined);
        await settled(page);
        trail.push(`${step}: ${received.length - before} at ${page.frames().map((frame) => frame.url().replace(/\?.*token.*/, '?token')).join(' + ')}`);
      }
      check.holds(`T13: ${name}, ${returnTo}: one cart whatever the history does`, received.length - before === 1, trail);
      await context.close();
    }
  }
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
}
