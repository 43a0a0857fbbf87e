import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { Checks } from './checks.js';
import type { World } from './world/world.js';

const CONNECTION = 'acme-cxml';
/** As strangers would write it. */
const PLANT = 'Werk <b>"Süd"</b> & Co, '.repeat(6).trim();

/**
 * An engineer makes the index of a buyer with the keyboard alone, without JavaScript, and downloads it; then that of a
 * plant with a customer of its own. `page`: of a signed-in engineer.
 */
export async function buyerIndex(page: Page, { origins, server }: World, check: Checks): Promise<void> {
  const address = `${origins.shop}/console/connections/${CONNECTION}`;
  await page.goto(address);
  await page.focus('main .parts a[href$="/indexes"]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/indexes$/);
  await page.focus('input[value=cif]');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/indexes\?done=1$/);
  const files = page.locator('main a[download]');
  const until = async (count: number): Promise<void> => {
    for (let looks = 0; looks < 100 && (await files.count()) < count; looks += 1) {
      await page.waitForTimeout(100);
      await page.reload();
    }
    check.equal('an index has a file in each format that was ticked', await files.count(), count);
  };
  await until(2);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('main a[download][href$="/cif"]').press('Enter'),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  check.equal('a file has its name', download.suggestedFilename(), 'acme-cxml-1.cif');
  check.holds('and is whole', text.startsWith('CIF_I_V3.0') && text.trimEnd().endsWith('ENDOFDATA'), text.slice(-80));
  await page.locator('main a[href$="/indexes/1"]').last().press('Enter');
  await page.waitForURL(/\/indexes\/1$/);
  check.holds('its report tells what was found', (await page.locator('main table tbody tr').count()) > 0);

  const { connections } = server.connector.directory;
  const entry = await connections.entry('acme', CONNECTION);
  if (entry === undefined) throw new Error('the connection is gone');
  const store = { ...entry.settings.store, shipTo: 'default' as const };
  await connections.save({ ...entry, settings: { ...entry.settings, store } });
  await page.goto(`${address}/addresses`);
  await page.fill('#edit + form input[name=address]', PLANT);
  await page.fill('#edit + form input[name=customer]', '10042');
  await page.locator('#edit + form input[name=customer]').press('Enter');
  await page.locator('main table').waitFor();
  const choice = page.locator('select[name=address]');
  // The settings are remembered for some seconds.
  for (let looks = 0; looks < 100 && (await choice.count()) === 0; looks += 1) {
    await page.waitForTimeout(100);
    await page.goto(`${address}/indexes`);
  }
  await choice.selectOption(PLANT);
  await choice.press('Tab');
  await page.locator('main form button').last().press('Enter');
  await page.waitForURL(/\/indexes\?done=1$/);
  await until(3);
  const row = page.locator('main table').last().locator('tbody tr').first();
  const said = await row.innerText();
  check.holds('a run says whose prices it has', said.includes(PLANT) && said.includes('10042'), said);
  const [ofPlant] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('main a[download][href*="?address="]').press('Enter'),
  ]);
  const safe = /^acme-cxml-Werk_b_[\w-]+-2\.xml$/.test(ofPlant.suggestedFilename());
  check.holds('so does the name of its file', safe, ofPlant.suggestedFilename());
}
