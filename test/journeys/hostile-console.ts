import type { Page } from 'playwright-core';
import { PunchFlowClient } from '../../src/client/punchflow-client.js';
import { CONSOLE_PLACES } from '../../src/console/ui/shell/page-shell.js';
import { DEMO } from '../../src/demo/seed-demo.js';
import { cxmlCallUp } from '../../src/demo/virtual-buyer/sample-documents.js';
import type { RunningServer } from '../../src/server.js';
import { ROUTES } from '../http/console/console-routes.js';
import { type Checks, until } from './checks.js';
import { type Visitor, visitor } from './world/chromium.js';
import { demoServer } from './world/demo-server.js';
import { type HostileIds, TEXTS, hostileHost, hostileIds, hostileTraffic } from './world/hostile-traffic.js';
import type { World } from './world/world.js';

const EMAIL = 'olga.owner@demo.test';
const PASSWORD = 'a-password-of-the-journey';
const ALL = TEXTS.join(' ');
const WIDE = TEXTS.at(-1) ?? '';
const CONNECTION = 'company-cxml';
const KINDS = ['refusals', ...CONSOLE_PLACES.filter((place) => place !== 'today')];
const CONTROL = `<a href="//evil.test">x</a><table><tr><td>x</td><td class="num">${'x'.repeat(200)}</td></tr></table>`;
/** What a page of the console never has: a script of others, something to load, a way to another host. */
const STRANGE = `[...document.querySelectorAll('*')].flatMap((element) => {
  const own = (address) => new URL(address, location.href).origin === location.origin || address === 'data:,';
  const addresses = ['href', 'src', 'action', 'formaction', 'data', 'srcset', 'poster'];
  const isStrange = ({ name, value }) => /^on|^style$|^srcdoc$/.test(name) || (addresses.includes(name) && !own(value));
  const isForeign = element.matches('img, iframe, object, embed, base, style, meta[http-equiv]');
  return isForeign || [...element.attributes].some(isStrange) ? [element.outerHTML.slice(0, 200)] : [];
})`;
const STATE = `(() => {
  for (const part of document.querySelectorAll('details')) part.open = true;
  const strange = ${STRANGE};
  const wide = document.documentElement.scrollWidth - innerWidth;
  return { strange, ran: globalThis.ran, wide, text: document.querySelector('main').textContent };
})()`;

/** Hostile texts in every field that strangers write: no page of the console runs one, or is wider than a phone. */
export async function hostileConsole({ browser, directory }: World, check: Checks): Promise<void> {
  const host = await hostileHost();
  // Not the server of the world: hooks and feeds go to this machine, and a feed changes the catalogue.
  const outbound = { networks: ['127.0.0.0/8'], http: true };
  const server = await demoServer(directory, { outbound, requestsPerStranger: 0 });
  try {
    const client = new PunchFlowClient(DEMO.adminKey, { baseUrl: server.url, language: 'en' });
    const { admin } = client;
    await hostileNames(server, client, `${host.url}/notices`);
    await hostileTraffic({ shopUrl: server.url, admin, host });
    await admin.beginIndexRun(CONNECTION, { formats: ['cxml', 'cif'] });

    const seen = await visitor(browser, { viewport: { width: 375, height: 800 }, userAgent: TEXTS[1] ?? '' });
    const { page, context, dialogs, violations, errors } = seen;
    const foreign: string[] = [];
    context.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) foreign.push(request.url());
    });
    await page.goto(`${server.url}/console`);
    await page.fill('input[name=email]', EMAIL);
    await page.fill('input[name=password]', PASSWORD);
    await page.click('main button[type=submit]');
    await page.locator('nav.side').waitFor();
    const shown = new Map<string, Set<string>>();
    const looked = looker(page, check, shown);
    const ids = await hostileIds({ admin });
    for (const path of addresses(ids)) {
      const response = await page.goto(`${server.url}/console${path}`);
      await looked(path, response?.status());
    }
    await files(seen, server.url, ids, check);
    await forms(page, server.url, looked);
    await strangersPage(seen, admin, looked);
    await live(page, server.url, looked);
    check.equal(
      'no dialog, no CSP report, no script error, no request elsewhere',
      [dialogs, violations, errors, foreign],
      [[], [], [], []],
    );
    const few = KINDS.filter((kind) => (shown.get(kind)?.size ?? 0) < TEXTS.length / 2);
    check.equal('control: the texts stood on every kind of page', few, []);
    await page.evaluate(`document.querySelector('main').insertAdjacentHTML('beforeend', '${CONTROL}')`);
    const { strange, wide } = await page.evaluate<Found>(STATE);
    check.holds('control: a link to another host and a wide part are found', strange.length === 1 && wide > 0);
    await context.close();
  } finally {
    await server.stop();
    host.close();
  }
}

type Looked = (what: string, status?: number) => Promise<void>;

interface Found {
  strange: string[];
  ran?: number;
  wide: number;
  text: string;
}

/** `shown`: which texts stood on each kind of page. */
function looker(page: Page, check: Checks, shown: Map<string, Set<string>>): Looked {
  return async (what, status = 200) => {
    const { strange, ran, wide, text } = await page.evaluate<Found>(STATE);
    const kind = /^\/([a-z]+)/.exec(what)?.[1] ?? '';
    shown.set(kind, new Set([...(shown.get(kind) ?? []), ...TEXTS.filter((one) => text.includes(one))]));
    const isShown = status === (what.startsWith('/%') ? 404 : 200);
    const holds = isShown && strange.length === 0 && ran === undefined && wide <= 0;
    check.holds(`${shortened(what)}: texts stay texts, and it fits`, holds, { status, strange, ran, wide });
  };
}

const shortened = (text: string): string => (text.length > 70 ? `${text.slice(0, 70)}…` : text);

/** Names that people of the shop have copied from strangers; the audit has them too. */
async function hostileNames(
  { connector }: RunningServer,
  { admin }: PunchFlowClient,
  noticeUrl: string,
): Promise<void> {
  const { operators, oauthClients } = connector.directory;
  const { tenantId } = DEMO;
  const olga = { tenantId, operatorId: 'op_olga', email: EMAIL, name: TEXTS[0] ?? '', role: 'owner' as const };
  await operators.add({ ...olga, demo: false }, PASSWORD);
  await admin.changeTenant((await admin.getTenant()).version, { name: WIDE });
  const cxml = { placeOrders: true, noticeUrl };
  const settings = { cxml, mapping: { cxml: { 'Extrinsic.Text': { fixed: ALL.slice(0, 200) } } } };
  const changed = await admin.changeConnection(CONNECTION, '*', { name: `${TEXTS[0]} ${WIDE}`, settings });
  let { version } = changed;
  for (const identity of TEXTS) {
    const name = { domain: identity, identity };
    ({ version } = await admin.addCredential(CONNECTION, version, name));
  }
  for (const [index, name] of TEXTS.entries()) {
    const code = `hostile${index}`;
    const client = { tenantId, clientId: code, name, demo: false };
    await oauthClients.save({ ...client, scopes: ['sessioncontext.context_manage'] });
    await operators.add({ ...olga, operatorId: code, email: `${index}${name}`, name, demo: false });
    await admin.createKey({ name, scopes: ['read'] });
    await admin.saveShop({ shopId: 9_000 + index, role: 'merchant', name });
    await admin.saveSite({ siteCode: code, name, country: 'DE', currency: 'EUR' });
  }
}

/** Every page, by the routes of the console and by the ids of what the traffic has made. */
function addresses({ sessions, cart, orders }: HostileIds): string[] {
  const query = encodeURIComponent(ALL);
  const ofOneOrder = (order: string): string => `/orders/${CONNECTION}?order=${encodeURIComponent(order)}`;
  const pages = ROUTES.flatMap(([method, path]) => {
    // A stream, files, and the answer of a test that nobody has begun.
    if (method !== 'GET' || /\/events$|\/documents\/|\/bundle$|\.csv$|\/files\/|\/tests\/none$/.test(path)) return [];
    if (path.includes('demo_a')) return sessions.map((id) => path.replace(/demo_a+/, id));
    return path.includes('?order=x') ? orders.map(ofOneOrder) : [path];
  });
  return [
    ...pages,
    `/sessions?q=${query}`,
    `/sessions?connection=${query}&status=completed&from=${query}&to=${query}`,
    `/refusals?code=${query}&connection=${query}`,
    `/orders?number=${query}`,
    `/audit?who=${query}&event=${query}&from=${query}`,
    `/analytics?from=${query}&to=${query}`,
    `/connections/${CONNECTION}/mapping?cart=${cart}`,
    `/sign-in?next=${query}`,
    `/${query}`,
  ];
}

/** Documents are files for the browser, never pages. */
async function files({ page, context }: Visitor, url: string, { cart }: HostileIds, check: Checks): Promise<void> {
  for (const path of [`/sessions/${cart}`, '/refusals']) {
    await page.goto(`${url}/console${path}`);
    for (const link of (await page.locator('main details.document a[download]').all()).slice(0, 4)) {
      const answer = await context.request.get(url + ((await link.getAttribute('href')) ?? ''));
      const told = ['content-disposition', 'x-content-type-options'].map((name) => answer.headers()[name] ?? '');
      const isFile = told[0]?.startsWith('attachment; ') === true && told[1] === 'nosniff';
      check.holds(`a document of ${path} is a file`, answer.ok() && isFile, [answer.status(), told]);
    }
  }
}

/** Pages that answer a form: with what was typed, or with what strangers sent. */
async function forms(page: Page, url: string, looked: Looked): Promise<void> {
  const answered = async (what: string, button: string): Promise<void> => {
    await page.locator(button).first().click();
    await page.waitForLoadState();
    await looked(what);
  };
  await page.goto(`${url}/console/connections/${CONNECTION}/mapping`);
  await page.click('button[value=add]');
  for (const name of ['target', 'sources', 'transforms', 'fixed'])
    await page.locator(`[name^="${name}."]`).last().fill(ALL.slice(0, 900));
  await answered('a mapping with faults', '.chooser button');
  await page.goto(`${url}/console/connections/${CONNECTION}/mapping`);
  await page.selectOption('select[name=promotions]', 'spread');
  await page.click('button[value=add]');
  await page.locator('[name^="target."]').last().fill('Extrinsic.Journey');
  await page.locator('[name^="sources."]').last().fill('line.name');
  await answered('a replay', 'button[value=replay]');
  await page.goto(`${url}/console/connections/new?platform=coupa&step=names`);
  for (const field of await page.locator('main input:not([type=hidden]):not([type=radio])').all())
    await field.fill(ALL.slice(0, 200));
  await answered('a new connection with faults', 'main form button');
  await page.goto(`${url}/console/audit`);
  await answered('a verification of the audit', 'main form[action*="/audit/verification"] button');
}

/** What the buyer's IT sees, and the page of a test punchout. */
async function strangersPage({ page }: Visitor, admin: PunchFlowClient['admin'], looked: Looked): Promise<void> {
  const { url } = await admin.makeHandOver(CONNECTION, '*');
  await page.goto(url ?? '');
  await looked('the door of a hand-over');
  await page.click('main button');
  await looked('a hand-over');
  await page.goto(new URL(`/console/connections/${CONNECTION}/test`, url ?? '').href);
  await page.click('form[action$="/test"] button');
  await page.locator('a[target=_blank]').waitFor();
  await looked('a test punchout');
}

/** Lines that a script adds to Today. */
async function live(page: Page, url: string, looked: Looked): Promise<void> {
  await page.goto(`${url}/console`);
  await page.locator('#tail [data-state=live]').waitFor();
  const lines = (await page.locator('#tail li').count()) + TEXTS.length;
  for (const text of TEXTS) {
    const callUp = { payloadId: text, timestamp: '2026-01-01T00:00:00+00:00', buyerCookie: text, returnUrl: text };
    const body = cxmlCallUp({ ...callUp, supplierUrl: text, person: { name: text, email: text, companyCode: text } });
    await fetch(`${url}/v1/punchout/setup`, { method: 'POST', body, headers: { 'content-type': 'application/xml' } });
  }
  let shown = 0;
  const count = async (): Promise<void> => void (shown = await page.locator('#tail li').count());
  await until(() => (void count(), shown >= Math.min(100, lines)), 'the lines of the live tail');
  await looked('the live tail');
}
