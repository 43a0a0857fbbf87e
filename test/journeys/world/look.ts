import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Checks } from '../checks.js';
import { axeFindings } from './axe.js';

export interface Look {
  /** Of the window, in pixels. */
  width: number;
  colorScheme: 'light' | 'dark';
}

/** Both languages, both widths, light and dark; the pairs need not all meet. */
export const LOOKS: Readonly<Record<'en-GB' | 'de-DE', readonly Look[]>> = {
  'en-GB': [
    { width: 1280, colorScheme: 'light' },
    { width: 375, colorScheme: 'dark' },
  ],
  'de-DE': [
    { width: 375, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
  ],
};

/** Rules of axe whose answer depends on width or colours. Of its usual rules `target-size` is not one. */
const RULES_OF_A_LOOK = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'];

/** Sentences in a column of a few letters. */
const SQUEEZED = `[...document.querySelectorAll('main li, main p, main dd')].filter((one) =>
  one.textContent.length > 40 && one.checkVisibility() && one.getBoundingClientRect().width < 110)
  .map((one) => one.textContent)`;

/**
 * Where pictures for a review by eye are kept; without it there are none, since they take a quarter of the time:
 * `PICTURES=/tmp/pictures npm run journeys`.
 */
const PICTURES = process.env['PICTURES'];

/** Of the whole page, or of what the window shows. */
export async function keepPicture(page: Page, name: string, fullPage = true): Promise<void> {
  if (PICTURES === undefined) return;
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name.replaceAll(/\W+/g, '-')}.png`), fullPage });
}

/**
 * In each look, the page as it is now is no wider than its window, squeezes no text, and axe finds nothing wrong with
 * it: by its usual rules in the first look, by those that depend on the look in the others. Keeps a picture of each, of
 * the window only without `fullPage`. Ends with the first look.
 */
export async function looksRight(
  page: Page,
  check: Checks,
  { name, looks, fullPage = true }: { name: string; looks: readonly Look[]; fullPage?: boolean },
): Promise<void> {
  await page.waitForLoadState();
  for (const look of looks) {
    const what = `${name} at ${look.width} px, ${look.colorScheme}`;
    await show(page, look);
    await keepPicture(page, `${name}-${look.width}-${look.colorScheme}`, fullPage);
    await fits(page, check, what);
    check.equal(`${what}: no text is squeezed`, await page.evaluate<string[]>(SQUEEZED), []);
    check.equal(
      `${what}: axe finds nothing`,
      await axeFindings(page, look === looks[0] ? undefined : RULES_OF_A_LOOK),
      [],
    );
  }
  if (looks[0] !== undefined) await show(page, looks[0]);
}

/** The page as it is now is no wider than its window. */
export async function fits(page: Page, check: Checks, what: string): Promise<void> {
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  check.holds(`${what}: fits`, wide <= 0, `${wide} px too wide`);
}

async function show(page: Page, { width, colorScheme }: Look): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
}
