import type { Checks } from './checks.js';
import { visitor } from './world/chromium.js';
import { LOOKS, type Look, looksRight } from './world/look.js';
import type { World } from './world/world.js';

/** `/docs`: looked at, searched, linked to, and tried out against the server itself. */
export async function apiDocs(world: World, check: Checks): Promise<void> {
  for (const looks of Object.values(LOOKS)) await looked(world, check, looks);
  await withoutScript(world, check);
}

async function looked({ browser, origins }: World, check: Checks, looks: readonly Look[]): Promise<void> {
  const width = looks[0]?.width ?? 0;
  const seen = await visitor(browser, { viewport: { width, height: 800 } });
  const { page, context } = seen;
  const what = `/docs at ${width} px`;
  // The page is long: axe takes seconds for each look.
  const shown = async (name: string, wanted: readonly Look[] = looks.slice(0, 1)): Promise<void> =>
    looksRight(page, check, { name: `docs ${name}`, looks: wanted, fullPage: false });
  await page.goto(`${origins.shop}/docs`);
  await shown('start', looks);
  await page.goto(`${origins.shop}/docs#listSessions`);
  const operation = page.locator('details.operation', { has: page.locator('[id="listSessions"]') });
  await operation.locator('form button').waitFor();
  check.holds(`${what}: a link unfolds its operation`, await operation.locator('form').isVisible());

  await page.fill('#try-key', 'demo-api-key');
  await operation.locator('form button').click();
  await operation.locator('[data-answer] .badge.good').waitFor();
  check.holds(
    `${what}: a call with the key is answered`,
    (await operation.locator('[data-answer] pre').innerText()).includes('"success": true'),
  );
  await shown('tried');
  await page.fill('#try-key', 'no-such-key');
  await operation.locator('form button').click();
  await operation.locator('[data-answer] .badge.bad').waitFor();
  check.holds(
    `${what}: the key is nowhere but in its field`,
    await page.evaluate<boolean>(
      `localStorage.length + sessionStorage.length === 0 && !document.cookie.includes('key') &&
       !location.href.includes('key') && !document.documentElement.outerHTML.includes('no-such-key')`,
    ),
  );

  await page.keyboard.press('Escape');
  await page.locator('h1').click();
  await page.keyboard.press('/');
  await page.keyboard.type('cancel session');
  await page.locator('[id="listSessions"]').waitFor({ state: 'hidden' });
  check.equal(`${what}: / and typing filter`, (await page.locator('details.operation:visible').count()) > 0, true);
  check.equal(`${what}: of what does not fit nothing is left`, await operation.isVisible(), false);
  await shown('searched');
  check.equal(`${what}: no CSP report, no script error`, [seen.violations, seen.errors], [[], []]);
  await context.close();
}

async function withoutScript({ browser, origins }: World, check: Checks): Promise<void> {
  const { page, context } = await visitor(browser, { javaScriptEnabled: false });
  await page.goto(`${origins.shop}/docs#cancelSession`);
  check.holds('without script: a link unfolds its operation', await page.locator('[id="cancelSession"]').isVisible());
  check.equal('without script: no form that does nothing', await page.locator('form[data-tries]:visible').count(), 0);
  await page.fill('input[name=q]', 'analytics csv');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=analytics/);
  check.holds('without script: the search finds', (await page.locator('details.operation').count()) < 10);
  await page.locator('details.operation summary').first().click();
  await page.locator('.inside').first().waitFor();
  await context.close();
}
