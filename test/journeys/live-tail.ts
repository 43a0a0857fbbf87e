import type { BrowserContext, Page } from 'playwright-core';
import type { AdminEvent } from '../../src/client/admin-types.js';
import { PunchFlowClient } from '../../src/client/punchflow-client.js';
import { DEMO } from '../../src/demo/seed-demo.js';
import { cxmlCallUp } from '../../src/demo/virtual-buyer/sample-documents.js';
import type { Checks } from './checks.js';
import { visitor } from './world/chromium.js';
import { demoServer } from './world/demo-server.js';
import { collected } from './world/desk.js';
import type { World } from './world/world.js';

type Admin = PunchFlowClient['admin'];

/** What the badge of a line says. */
const WORDS: Record<AdminEvent['type'], string> = {
  call_up: 'Call-up',
  login: 'Login',
  transfer: 'Transfer',
  end: 'Ended',
  order: 'Order',
  refusal: 'Refused',
  delivery: 'Delivered',
};
const MOST_LINES = 100;
/** Events after the run, so many that the page must forget its first lines. */
const FLOOD = 160;
const MOST_GROWTH = 3 * 1024 * 1024;

/** Twenty punchouts run while the page Today is open: its live tail tells each event once and in order. */
export async function liveTail({ browser, directory }: World, check: Checks): Promise<void> {
  const server = await demoServer(directory, { requestsPerStranger: 0 });
  try {
    const { admin } = new PunchFlowClient(DEMO.adminKey, { baseUrl: server.url, language: 'en' });
    const start = (await admin.listEvents()).lastEventId;
    const { page, context, violations, errors } = await visitor(browser, { locale: 'en-GB' });
    await page.goto(server.consoleUrl);
    await page.locator('#tail [data-state=live]').waitFor();
    check.equal('the tail of a new demo is empty, and says so', await page.locator('[data-empty]').isVisible(), true);
    const player = await context.newPage();
    await player.goto(`${server.url}/virtual-buyer/play`);
    await player.click('main form button');
    await pausedMeanwhile(page, admin, start, check);
    await player.locator('main .say.good').waitFor({ timeout: 90_000 });
    await player.close();

    const events = await allSince(admin, start);
    await page
      .locator('#tail li')
      .nth(events.length - 1)
      .waitFor({ state: 'attached' });
    check.equal('every event of the run is a line, once and in order', await linesOf(page), events.map(lineOf));
    check.equal('the tail has followed to the end', await stateOf(page), 'live');
    await asStored(admin, events, check);

    await manyMore(page, admin, { url: server.url, start }, check);
    await refusedOnly(page, admin, { url: server.url, start }, check);
    await sixPages(context, server.url, check);
    check.equal('no CSP report, no script error', [violations, errors], [[], []]);

    const still = await visitor(browser, { storageState: await context.storageState(), javaScriptEnabled: false });
    await still.page.goto(`${server.url}/console`);
    await refuse(server.url, 'without-script');
    await still.page.click('#tail [data-state] a');
    const newest = await still.page.locator('#tail li').first().innerText();
    check.holds('without script, a link shows the newest events', newest.includes('without-script'), newest);
    check.equal(
      'and there is no button that does nothing',
      await still.page.locator('#tail button:visible').count(),
      0,
    );
    await still.context.close();
    await context.close();
  } finally {
    await server.stop();
  }
}

/** Nothing is added while the tail is paused, and nothing is lost after it. */
async function pausedMeanwhile(page: Page, admin: Admin, start: string, check: Checks): Promise<void> {
  await atLeast(admin, start, 12);
  await page.click('#tail button');
  check.equal('a click pauses the tail', await stateOf(page), 'paused');
  const shown = await page.locator('#tail li').count();
  await atLeast(admin, start, shown + 8);
  check.equal('a paused tail does not move', await page.locator('#tail li').count(), shown);
  await page.click('#tail button');
  await page.locator('#tail [data-state=live]').waitFor();
}

/** What sessions, orders and refusals say of themselves, beside what the events have told. */
async function asStored(admin: Admin, events: readonly AdminEvent[], check: Checks): Promise<void> {
  const idsOf = (...types: AdminEvent['type'][]): string[] =>
    events.flatMap(({ type, sessionId }) => (types.includes(type) && sessionId !== null ? [sessionId] : [])).toSorted();
  const sessions = await collected(admin.searchSessions());
  check.equal('one call-up of each session', idsOf('call_up'), sessions.map(({ sessionId }) => sessionId).toSorted());
  const refusals = await collected(admin.listRefusals());
  check.equal(
    'the refusals are those of the message log',
    events.filter(({ type }) => type === 'refusal').map(({ code }) => code),
    refusals.flatMap(({ direction, code }) => (direction === 'in' ? [code] : [])).toReversed(),
  );
  const orders = await collected(admin.listOrders());
  check.equal(
    'the orders are those of the order desk',
    idsOf('order'),
    orders.flatMap(({ sessionId }) => sessionId ?? []).toSorted(),
  );
  const audited = new Map<string, string[]>();
  for (const { sessionId } of sessions) {
    const { events: rows } = await admin.getSession(sessionId);
    for (const { event } of rows) audited.set(event, [...(audited.get(event) ?? []), sessionId]);
  }
  check.equal('the logins are those of the audit', idsOf('login'), (audited.get('login') ?? []).toSorted());
  check.equal('the carts are those of the audit', idsOf('transfer'), (audited.get('transfer') ?? []).toSorted());
}

interface At {
  url: string;
  start: string;
}

/** The page keeps the newest hundred lines, and its memory does not grow with the others. */
async function manyMore(page: Page, admin: Admin, { url, start }: At, check: Checks): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const heap = async (): Promise<number> => {
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize;
  };
  const before = await heap();
  for (let index = 0; index < FLOOD; index += 1) await refuse(url, `flood-${index}`);
  const events = await allSince(admin, start);
  await page.locator('#tail li', { hasText: `flood-${FLOOD - 1}` }).waitFor();
  check.equal(`the newest ${MOST_LINES} lines stay`, await linesOf(page), events.slice(-MOST_LINES).map(lineOf));
  const grown = (await heap()) - before;
  check.holds(`the page's memory has hardly grown (${Math.round(grown / 1024)} KiB)`, grown < MOST_GROWTH, grown);
  await devtools.detach();
}

async function refusedOnly(page: Page, admin: Admin, { url, start }: At, check: Checks): Promise<void> {
  await page.click('#tail a[href*="tail=refused"]');
  await page.locator('#tail [data-state=live]').waitFor();
  const words = async (): Promise<string[]> => [...new Set(await page.locator('#tail li .badge').allInnerTexts())];
  check.equal('the filter shows refusals only', await words(), ['Refused']);
  const { length } = await allSince(admin, start);
  await callUp(url, `${url}/virtual-buyer/return`);
  await refuse(url, 'filtered');
  await page.locator('#tail li', { hasText: 'filtered' }).waitFor();
  check.equal('two events came', (await allSince(admin, start)).length, length + 2);
  check.equal('and the accepted call-up is not among the lines', await words(), ['Refused']);
}

/** With the one that is open already. */
async function sixPages(context: BrowserContext, url: string, check: Checks): Promise<void> {
  const pages: Page[] = [];
  const opened = async (state: string): Promise<Page> => {
    const page = await context.newPage();
    pages.push(page);
    await page.goto(`${url}/console`);
    await page.locator(`#tail [data-state=${state}]`).waitFor();
    return page;
  };
  for (let index = 2; index <= 5; index += 1) await opened('live');
  const sixth = await opened('full');
  const told = await sixth.locator('#tail [role=status]').innerText();
  check.holds('the sixth page says why it does not follow, and what to do', told.includes('Close one of them'), told);
  await pages[0]?.close();
  await sixth.reload();
  await sixth.locator('#tail [data-state=live]').waitFor();
  for (const page of pages.slice(1)) await page.close();
}

/** Badge and target of each line, oldest first. */
async function linesOf(page: Page): Promise<(string | null)[][]> {
  return page.evaluate<(string | null)[][]>(
    `[...document.querySelectorAll('#tail li')].reverse().map((line) =>
      [line.querySelector('.badge').textContent, line.querySelector('a').getAttribute('href')])`,
  );
}

function lineOf({ type, sessionId, reference }: AdminEvent): (string | null)[] {
  const target =
    type === 'refusal' && reference !== null
      ? `/console/refusals?reference=${reference}`
      : sessionId === null
        ? null
        : `/console/sessions/${sessionId}`;
  return [WORDS[type], target];
}

async function stateOf(page: Page): Promise<string | null> {
  return page.locator('#tail [role=status]').getAttribute('data-state');
}

async function allSince(admin: Admin, start: string): Promise<AdminEvent[]> {
  const all: AdminEvent[] = [];
  for (let after = start; ;) {
    const { events, lastEventId, more } = await admin.listEvents({ after, limit: 100 });
    all.push(...events);
    if (!more) return all;
    after = lastEventId;
  }
}

async function atLeast(admin: Admin, start: string, count: number): Promise<void> {
  while ((await allSince(admin, start)).length < count) await new Promise((resolve) => setTimeout(resolve, 200));
}

/** A call-up of the demo's buyer whose carts would go elsewhere. */
function refuse(url: string, mark: string): Promise<void> {
  return callUp(url, `https://elsewhere.example.net/${mark}`);
}

async function callUp(url: string, returnUrl: string): Promise<void> {
  const body = cxmlCallUp({
    payloadId: `${crypto.randomUUID()}@journey.example`,
    timestamp: new Date().toISOString(),
    buyerCookie: crypto.randomUUID(),
    returnUrl,
    supplierUrl: `${url}/v1/punchout/setup`,
    language: 'de',
    person: { name: 'Jo Journey', email: 'jo.journey@company.com', companyCode: 'DE001' },
    party: { secret: DEMO.secret },
  });
  await fetch(`${url}/v1/punchout/setup`, { method: 'POST', headers: { 'Content-Type': 'text/xml' }, body });
}
