import type { Page } from 'playwright-core';
import type { Checks } from './checks.js';
import { axeFindings } from './world/axe.js';

const FIELD = 'textarea[name="sources.0"]';
const ADDRESS = '**/mapping';
const CURSOR = '[document.activeElement.name, document.activeElement.selectionStart]';

/** On the mapping page with one rule: the preview follows the typing, and nothing else of the page changes. */
export async function livePreview(page: Page, check: Checks): Promise<void> {
  const preview = page.locator('#preview');
  const after = async (act: () => Promise<unknown>): Promise<string> => {
    const answered = page.waitForResponse(ADDRESS);
    await act();
    await answered;
    await page.locator('#preview:not([aria-busy])').waitFor();
    return preview.innerText();
  };
  const before = await preview.innerText();
  await page.click('details.rule summary');
  await page.focus(FIELD);
  await page.keyboard.press('Home');
  const typed = await after(() => page.keyboard.type('line.name\n'));
  check.holds('the preview follows the typing', typed !== before, typed);
  check.equal('focus and cursor stay', await page.evaluate(CURSOR), ['sources.0', 'line.name\n'.length]);
  check.holds('screen readers are told', (await page.locator('#preview-told[aria-live=polite]').innerText()) !== '');
  await page.locator('#preview [data-copies]').waitFor();
  await after(async () => {
    await page.selectOption('select[name=promotions]', 'spread');
    await page.focus('pre#document');
  });
  check.equal('a focus in the document stays there', await page.evaluate('document.activeElement.id'), 'document');
  const faulty = await after(() => page.fill(FIELD, 'line.skuu'));
  check.holds('a fault is told in its place', faulty.includes('Sources: is no source path; did you mean line.sku?'));
  check.equal('axe finds nothing at a fault', await axeFindings(page), []);

  await olderAnswer(page, check, after);
  await page.route(ADDRESS, (route) => route.abort());
  await page.fill(FIELD, 'line.unit');
  await preview.getByText('The preview could not be made').waitFor();
  await page.unroute(ADDRESS);
  const again = await after(() => page.fill(FIELD, 'line.sku'));
  check.holds('after a failure, the next edit is shown', again.includes('<Extrinsic name="Journey">'), again);
}

/** The first request waits until the second is answered. */
async function olderAnswer(
  page: Page,
  check: Checks,
  after: (act: () => Promise<unknown>) => Promise<string>,
): Promise<void> {
  const asked: string[] = [];
  let [open, most] = [0, 0];
  page.on('request', () => (most = Math.max(most, (open += 1))));
  const ended = (): unknown => (open -= 1);
  page.on('requestfinished', ended).on('requestfailed', ended);
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(ADDRESS, async (route) => {
    asked.push(new URLSearchParams(route.request().postData() ?? '').get('sources.0') ?? '');
    if (asked.length === 1) await held;
    // The page has aborted the first.
    await route.continue().catch(() => undefined);
  });
  const first = page.waitForRequest(ADDRESS);
  await page.fill(FIELD, 'line.name');
  await first;
  const newer = await after(() => page.fill(FIELD, 'line.sku'));
  release();
  await page.unrouteAll({ behavior: 'wait' });
  check.equal('each pause asks once', asked, ['line.name', 'line.sku']);
  check.equal('and one request is under way at most', most, 1);
  check.equal('an older answer is dropped', await page.locator('#preview').innerText(), newer);
}
