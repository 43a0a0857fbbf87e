import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import type { AdminHook } from '../../src/client/order-types.js';
import { DEMO } from '../../src/demo/seed-demo.js';
import type { Checks } from './checks.js';
import { type Desk, ORDERING, again, collected, csvOf, openDesk } from './world/desk.js';
import { LOOKS, looksRight } from './world/look.js';
import type { World } from './world/world.js';

/** The answer to a confirmation. */
const STATUS_OK = `<?xml version="1.0" encoding="UTF-8"?>
<cXML payloadID="1@buyer" timestamp="2026-01-01T00:00:00+00:00"><Response>
<Status code="200" text="OK"/></Response></cXML>`;

/** After twenty punchouts: what an order desk, an operator, a lead and support do in the console. */
export async function operatorDesk(world: World, check: Checks): Promise<void> {
  const desk = await openDesk(world, check);
  try {
    const differing = await orderThatDiffers(desk);
    await confirmations(desk);
    await failingHook(desk);
    await analytics(desk);
    await cartNeverArrived(desk);
    await sessionBesideGoodOne(desk);
    await looked(desk, differing);
  } finally {
    await desk.stop();
  }
}

/** From Today to the line that differs, by keyboard too; then the order is placed, once. Returns its page. */
async function orderThatDiffers({ url, check, visit, admin }: Desk): Promise<string> {
  const { page, context } = await visit({ javaScriptEnabled: false });
  await page.click('nav.side a[href$="/orders"]');
  await page
    .locator('tbody tr', { has: page.locator('.badge.bad') })
    .locator('a')
    .first()
    .click();
  await page.waitForLoadState();
  check.equal('two clicks from Today: the order that differs', await page.locator('.sub .badge.bad').count(), 1);
  const marked = page.locator('tr.marked');
  check.equal('one line is marked', await marked.count(), 1);
  const line = await marked.innerText();
  check.holds('it says what differs', line.includes('SKU-001') && line.includes('quantity'), line);
  const looks = `getComputedStyle(document.querySelector('tr.marked mark')).backgroundColor`;
  check.holds('the numbers that differ are seen', (await page.evaluate<string>(looks)) !== 'rgba(0, 0, 0, 0)');
  const address = page.url();
  await page.click('form[action$="/place"] button');
  check.equal('placing it is confirmed', await page.locator('main .say.good').count(), 1);
  await again(page, async () => (await page.locator('dl.facts').innerText()).includes('placed as'));
  check.equal('a placed order has no button any more', await page.locator('form[action$="/place"]').count(), 0);
  const orderId = new URL(address).searchParams.get('order') ?? '';
  const { documents } = await admin.getOrder(ORDERING, orderId);
  check.holds('the API says the same', documents.at(-1)?.storeNumber !== null, documents);
  await context.close();

  const keyboard = await visit();
  await keyboard.page.keyboard.press('/');
  await keyboard.page.keyboard.type(orderId);
  await keyboard.page.keyboard.press('Enter');
  await keyboard.page.waitForURL(/q=/);
  await focusAndPress(keyboard.page, keyboard.page.locator('main table a').first());
  await keyboard.page.waitForURL(/\/sessions\/demo_/);
  await focusAndPress(keyboard.page, keyboard.page.locator('main a[href*="/orders/"]').first());
  await keyboard.page.waitForURL(/\/orders\//);
  check.equal('by keyboard, the search leads to the order', await keyboard.page.locator('tr.marked').count(), 1);
  await keyboard.context.close();
  return address.slice(url.length);
}

/** A confirmation that the buyer's system refuses for good, is sent again by a button. */
async function confirmations({ asSupplier, admin, subscriber, check, visit }: Desk): Promise<void> {
  const isNotice = (method: string, body: string): boolean => method === 'POST' && body.includes('<cXML');
  let status = 400;
  subscriber.instead = ({ method, body }, res) => {
    if (!isNotice(method, body)) return false;
    res.writeHead(status, { 'content-type': 'text/xml' }).end(status === 200 ? STATUS_OK : 'not today');
    return true;
  };
  const orders = await collected(admin.listOrders({ verdict: 'matched' }));
  const order = orders.find(({ connectionId }) => connectionId === ORDERING);
  if (order === undefined) throw new Error('no order equals its cart');
  const { parts } = await admin.getOrder(ORDERING, order.orderId);
  const change = { id: parts[0]?.supplierOrderId, status: 'in_process' };
  check.equal('the supplier confirms an order', await asSupplier('/sdk/update-order-status', change), 200);

  const { page, context } = await visit({ javaScriptEnabled: false });
  await page.click('nav.side a[href$="/deliveries"]');
  const row = page.locator('tr', { hasText: order.orderId });
  await again(page, async () => (await row.count()) > 0 && (await row.innerText()).includes('given up'));
  check.holds('Deliveries names the answer', (await row.innerText()).includes('400'), await row.innerText());
  await row.locator('a').click();
  status = 200;
  await page.click('form[action$="/resend"] button');
  check.equal('sending it again is confirmed', await page.locator('.say.good', { hasText: 'sent again' }).count(), 1);
  await again(page, async () => /Order confirmed\s+sent/.test(await page.locator('main').innerText()));
  check.equal('a sent confirmation has no button any more', await page.locator('form[action$="/resend"]').count(), 0);
  await context.close();
}

/** A receiver that answers 500: how far behind, the answer, and the buttons until it has everything. */
async function failingHook({ asSupplier, url, admin, subscriber, check, visit }: Desk): Promise<void> {
  subscriber.instead = (_, res) => {
    res.writeHead(500, { 'content-type': 'text/plain' }).end('the disk is full');
    return true;
  };
  const wish = { eventName: 'order_created,order_status_updated', url: subscriber.url };
  check.equal('the hook is added', await asSupplier('/sdk/hooks', wish), 200);
  const hook = async (): Promise<AdminHook> => {
    const found = (await admin.listHooks()).find((one) => one.url === subscriber.url);
    if (found === undefined) throw new Error('there is no hook');
    return found;
  };
  const { page, context } = await visit({ javaScriptEnabled: false });
  await page.click('nav.side a[href$="/deliveries"]');
  const row = page.locator('tr', { hasText: subscriber.url });
  await again(page, async () => (await row.innerText()).includes('fails'));
  const { ackedRevision, lastRevision } = await hook();
  const told = await row.innerText();
  const behind = `${Number(lastRevision) - Number(ackedRevision)} events behind`;
  check.holds('a failing hook tells how far behind it is', told.includes(behind), [told, behind]);
  check.holds('and its last answer', told.includes('500'), told);
  await page.goto(`${url}/console`);
  check.holds('Today tells it too', (await page.locator('main').innerText()).includes(subscriber.url));
  await page.click('nav.side a[href$="/deliveries"]');

  await row.locator('form[action$="/pause"] button').click();
  check.holds('it is paused', (await row.innerText()).includes('paused'));
  subscriber.instead = undefined;
  await row.locator('form[action$="/resume"] button').click();
  await again(page, async () => (await row.innerText()).includes('up to date'));
  check.equal('resumed, it gets every event', subscriber.last, Number((await hook()).lastRevision));

  const before = subscriber.sent().length;
  await row.locator('input[name=revision]').fill('1');
  await row.locator('form[action$="/replay"] button').click();
  await again(page, async () => subscriber.sent().length > before && (await row.innerText()).includes('up to date'));
  const repeated = subscriber.sent().slice(before);
  check.holds('events are sent again from that revision on', repeated.includes(1) && repeated.length > 1, repeated);
  subscriber.instead = (_, res) => {
    res.writeHead(500).end('the disk is full');
    return true;
  };
  await row.locator('input[name=revision]').fill('1');
  await row.locator('form[action$="/replay"] button').click();
  await again(page, async () => (await row.innerText()).includes('fails'));
  await context.close();
}

/** The lead's figures are those of the API, on the page and in the files. */
async function analytics({ url, admin, check, visit }: Desk): Promise<void> {
  const { page, context } = await visit({ javaScriptEnabled: false });
  await page.click('nav.side a[href$="/analytics"]');
  await page.click('ul.periods a >> text="7 days"');
  const { from, to } = Object.fromEntries(new URL(page.url()).searchParams) as { from: string; to: string };
  const api = await admin.analytics({ fromDate: from, toDate: to });
  const figures = await page.locator('.figure').allInnerTexts();
  const { totalSessions, conversionRate, totalRevenue, averageCartValue } = api.summary;
  const money = (value: number): string =>
    `${value.toLocaleString('en', { minimumFractionDigits: 2 })} ${api.currency}`;
  check.equal('the figures of the page are those of the API', figures, [
    String(totalSessions),
    `${conversionRate} %`,
    money(totalRevenue),
    money(averageCartValue),
  ]);
  const sessions = await collected(admin.searchSessions());
  check.equal('and a count of the sessions', totalSessions, sessions.length);
  const byHand = sessions.filter(({ status }) => status === 'completed').length;
  check.equal('and of the carts', api.summary.completedSessions, byHand);
  const file = async (part: string): Promise<string[][]> => csvOf(page, `main a[href*="/analytics/${part}.csv"]`);
  check.equal('the file of the days', (await file('timeline')).slice(1), [
    ...api.timeline.map(({ date, sessions: all, completed, revenue }) => [date, all, completed, revenue].map(String)),
  ]);
  const connections = await admin.analyticsByConnection({ fromDate: from, toDate: to });
  check.equal(
    'the file of the connections',
    (await file('connections')).slice(1).map((row) => row.slice(0, 5)),
    connections.map((one) => [one.connectionId, ...[one.callUps, one.logins, one.transfers, one.orders].map(String)]),
  );
  check.equal(
    'the file of the products',
    (await file('products')).slice(1).map(([sku]) => sku),
    api.topProducts.map(({ sku }) => sku),
  );
  await page.fill('input[name=from]', '2020-01-01');
  await page.fill('input[name=to]', '2020-01-31');
  await page.click('main form button');
  check.equal('a time without sessions says so', (await page.locator('.card.empty').count()) > 0, true);
  await page.goto(`${url}/console/analytics?from=${to}&to=2020-01-01`);
  check.equal('a wrong period is told at its field', await page.locator('.fault').count(), 1);
  await context.close();
}

/** "My cart never arrived": one search by whatever the buyer knows. */
async function cartNeverArrived({ admin, check, visit }: Desk): Promise<void> {
  const [order] = await collected(admin.listOrders({ verdict: 'mismatch' }));
  const sessionId = order?.sessionId ?? '';
  const callUp = (await admin.getSession(sessionId)).messages.find(({ kind }) => kind === 'PunchOutSetupRequest');
  const known = {
    'e-mail': 'jana.jung@company.com',
    BuyerCookie: /<BuyerCookie>(.*)<\/BuyerCookie>/.exec(callUp?.content ?? '')?.[1],
    payloadID: callUp?.payloadId,
    'order number': order?.orderId,
    'session id': sessionId,
  };
  const { page, context } = await visit({ javaScriptEnabled: false, locale: 'de-DE', width: 375 });
  for (const [name, text] of Object.entries(known)) {
    await page.fill('form.search input', text ?? '');
    await page.press('form.search input', 'Enter');
    await page.waitForLoadState();
    const targets = await page.locator('main table a[href*="/sessions/"]').evaluateAll(hrefs);
    check.equal(`one search by ${name}`, targets, [`/console/sessions/${sessionId}`]);
  }
  await context.close();
}

const hrefs = (links: unknown[]): string[] =>
  (links as { getAttribute(name: string): string }[]).map((link) => link.getAttribute('href'));

/** A session that failed beside the last good one, and what support sends to the developers. */
async function sessionBesideGoodOne({ admin, check, visit }: Desk): Promise<void> {
  const cancelled = (await collected(admin.searchSessions({ status: 'cancelled', connection: ORDERING })))[0];
  const { page, context } = await visit({ javaScriptEnabled: false });
  await page.goto(`${new URL(page.url()).origin}/console/sessions/${cancelled?.sessionId}`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('main a[href$="/bundle"]')]);
  const text = await readFile(await download.path(), 'utf8');
  const bundle = JSON.parse(text) as Record<string, unknown>;
  check.holds(
    'the support bundle is JSON of this session',
    text.includes(cancelled?.sessionId ?? '-'),
    Object.keys(bundle),
  );
  const secrets = [DEMO.secret, DEMO.apiKey, DEMO.adminKey, DEMO.middleware.apiKey];
  check.equal(
    'without a secret',
    secrets.filter((secret) => text.includes(secret)),
    [],
  );
  const token = /login\/[\w-]+\?token=(?!\[)[\w.-]{8,}/.exec(text)?.[0];
  check.equal('and without the token of a start link', token, undefined);
  await page.click('main a[href$="/compare"]');
  check.equal(
    'two sessions stand side by side',
    (await page.locator('.sides > .card, .sides > figure').count()) >= 2,
    true,
  );
  check.holds('lines that differ are marked', (await page.locator('.l.differs').count()) > 0);
  await context.close();
}

/** Every page of the desk at both widths, light and dark. */
async function looked({ url, admin, check, visit }: Desk, differing: string): Promise<void> {
  const [order] = await collected(admin.listOrders({ verdict: 'mismatch' }));
  const session = `/console/sessions/${order?.sessionId}`;
  const pages: Record<string, string> = {
    today: '/console',
    orders: '/console/orders',
    differing,
    'no-order': '/console/orders?number=PO-nothing',
    deliveries: '/console/deliveries',
    feed: '/console/deliveries/feeds/1',
    connection: `/console/connections/${ORDERING}`,
    analytics: '/console/analytics',
    'no-figures': '/console/analytics?from=2020-01-01&to=2020-01-31',
    session,
    comparison: `${session}/compare`,
  };
  for (const [locale, looks] of Object.entries(LOOKS)) {
    const { page, context, violations, errors } = await visit({ locale, javaScriptEnabled: true });
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(url + path);
      await looksRight(page, check, { name, looks });
    }
    check.equal(`no CSP report, no script error, ${locale}`, [violations, errors], [[], []]);
    await context.close();
  }
}

async function focusAndPress(page: Page, target: Locator): Promise<void> {
  await target.focus();
  await page.keyboard.press('Enter');
}
