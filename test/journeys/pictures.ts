import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { seedExample } from '../../src/demo/seed-demo.js';
import { type PlayedRun, playRuns } from '../../src/demo/virtual-buyer/play/play-run.js';
import { launchChromium, visitor } from './world/chromium.js';
import type { RunningServer } from '../../src/server.js';
import { demoServer } from './world/demo-server.js';
import { importFeed } from './world/feed.js';
import { palettePng } from './world/palette-png.js';

/** A signed-in operator of a demo in which twenty punchouts were played. */
interface Visit {
  page: Page;
  /** Opens a page of the console. */
  go(path: string): Promise<void>;
  /** A session of that story. */
  sessionOf(story: string): string;
}

/** How each page of the console is reached, by its folder in `src/console/pages`. A new page needs a row. */
const WAYS: Record<string, (visit: Visit) => Promise<void>> = {
  today: ({ go }) => go(''),
  refusals: async ({ page, go }) => {
    await go('');
    await page.locator('main a[href*="/refusals?"]').first().click();
    await page.locator('main details summary').first().click();
  },
  sessions: ({ go }) => go('/sessions'),
  session: ({ go, sessionOf }) => go(`/sessions/${sessionOf('ordered')}`),
  comparison: ({ go, sessionOf }) => go(`/sessions/${sessionOf('cancelled')}/compare`),
  orders: ({ go }) => go('/orders'),
  order: async ({ page, go }) => {
    await go('/orders');
    await page.locator('main table a').first().click();
    await page.waitForLoadState();
  },
  connections: ({ go }) => go('/connections'),
  connection: ({ go }) => go('/connections/company-cxml'),
  onboarding: ({ go }) => go('/connections/new'),
  addresses: async ({ page, go }) => {
    await go('/connections/company-cxml/addresses');
    for (const [address, customer] of [
      ['PLANT-NORTH', '10042'],
      ['PLANT-SOUTH', '10043'],
    ] as const) {
      await page.locator('input[name=address]').last().fill(address);
      await page.locator('input[name=customer]').last().fill(customer);
      await page.locator('input[name=customer]').last().press('Enter');
      await page.locator('main table').getByText(address).waitFor();
    }
  },
  indexes: async ({ page, go }) => {
    await go('/connections/company-cxml/indexes');
    await page.check('input[value=cif]');
    await page.click('main form button');
    for (let looks = 0; looks < 50 && (await page.locator('main .badge.good').count()) === 0; looks += 1) {
      await page.waitForTimeout(200);
      await go('/connections/company-cxml/indexes');
    }
  },
  'test-punchout': ({ go }) => go('/connections/company-cxml/test'),
  'hand-over': ({ go }) => go('/connections/company-cxml/hand-over'),
  settings: ({ go }) => go('/connections/company-cxml/settings'),
  mapping: ({ go }) => go('/connections/company-cxml/mapping'),
  deliveries: ({ go }) => go('/deliveries'),
  feed: ({ go }) => go('/deliveries/feeds/1'),
  analytics: ({ go }) => go('/analytics'),
  access: ({ go }) => go('/access'),
  tenant: ({ go }) => go('/access/tenant'),
  operators: ({ go }) => go('/operators'),
  audit: ({ go }) => go('/audit'),
  account: ({ go }) => go('/account'),
  // Last, since it signs out.
  'sign-in': async ({ page, go }) => {
    await page.context().clearCookies();
    await go('/sign-in');
  },
};

const FOLDER = 'docs/console';
const PAGES = 'src/console/pages';

/**
 * `npm run pictures [-- page …]`: plays twenty punchouts and writes a picture of each page of the console to
 * `docs/console`. Exit code 1 if a page could not be reached.
 */
async function main(wanted: readonly string[]): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'punchout-pictures-'));
  const server = await demoServer(directory);
  const browser = await launchChromium();
  try {
    const run = await playedOn(server);
    await importFeed(server);
    const { page } = await visitor(browser, { viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
    await page.goto(server.consoleUrl);
    await page.locator('nav.side').waitFor();
    await mkdir(FOLDER, { recursive: true });
    const folders = await readdir(PAGES);
    for (const [name, way] of Object.entries(WAYS)) {
      if (!folders.includes(name) || (wanted.length > 0 && !wanted.includes(name))) continue;
      await way({ page, go: (path) => open(page, `${server.url}/console${path}`), sessionOf: sessionsOf(run) });
      const title = await page.locator('h1').first().innerText();
      const picture = palettePng(await page.screenshot());
      await writeFile(join(FOLDER, `${name}.png`), picture);
      process.stdout.write(`${name}: "${title}", ${Math.ceil(picture.length / 1000)} kB\n`);
    }
    const without = folders.filter(
      (name) => !(name in WAYS) && name !== 'notice' && existsSync(join(PAGES, name, `${name}-page.tsx`)),
    );
    if (without.length > 0) process.stdout.write(`without a way to them: ${without.join(', ')}\n`);
  } finally {
    await browser.close();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function playedOn({ url: shopUrl, connector }: RunningServer): Promise<PlayedRun> {
  const plays = playRuns({ shopUrl, prepare: () => seedExample(connector.directory), paceMs: 100 });
  plays.start();
  for (;;) {
    const run = plays.current();
    if (run?.isRunning === false) return run;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function sessionsOf({ states }: PlayedRun): Visit['sessionOf'] {
  return (story) => states.find(({ play }) => play.story === story)?.sessionId ?? '';
}

async function open(page: Page, url: string): Promise<void> {
  const answer = await page.goto(url);
  if (answer?.status() !== 200) throw new Error(`${url} answered ${answer?.status()}`);
}

await main(process.argv.slice(2));
