import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PunchFlowClient } from '../../../src/client/punchflow-client.js';
import { DEMO } from '../../../src/demo/seed-demo.js';
import { plainBrowser } from '../../../src/demo/simulation/plain-browser.js';
import { ociStartUrlIn, startUrlIn } from '../../../src/demo/simulation/start-urls.js';
import { cloneRequest, cxmlCallUp, ociCallUp, orderOfCart } from '../../../src/demo/virtual-buyer/sample-documents.js';
import { cxmlTimestamp } from '../../../src/protocols/cxml/write/document-start.js';
import { readReturnPage } from '../../../src/protocols/form/read-return-page.js';
import { decodeCxmlReturn } from '../../../src/protocols/returned-cart.js';
import { HOSTILE_TEXTS } from '../../fixtures/hostile-texts.js';
import { asSupplier } from './as-supplier.js';
import { escaped } from './buyer.js';
import { collected } from './desk.js';

/** Besides the corpus: a word that is wider than a phone. */
export const TEXTS: readonly string[] = [...HOSTILE_TEXTS, 'W'.repeat(90)];
const FORM = 'application/x-www-form-urlencoded';
const XML = 'application/xml';
const SESSION = '/agiqon/connector/session';

/** Each field gets another text in each turn, so that over all turns each field had each text. */
const textFor = (turn: number, field: number): string => TEXTS[(turn + field) % TEXTS.length] ?? '';

/** A server of strangers: its feed is full of hostile texts, and it answers everything else with one. */
export interface HostileHost {
  url: string;
  close(): void;
}

export async function hostileHost(): Promise<HostileHost> {
  let answers = 0;
  const server = createServer((req, res) => {
    req.resume();
    const text = escaped(textFor((answers += 1), 0));
    const path = req.url ?? '';
    if (path.startsWith('/feed')) res.writeHead(200, { 'content-type': 'text/csv' }).end(feed());
    else if (path.startsWith('/notices'))
      res
        .writeHead(200, { 'content-type': 'text/xml' })
        .end(
          `<cXML payloadID="1" timestamp="2026-01-01T00:00:00+00:00"><Response>` +
            `<Status code="400" text="${text}">${text}</Status></Response></cXML>`,
        );
    else res.writeHead(500, { 'content-type': 'text/html' }).end(textFor(answers, 0));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * One article for each text; and for each column lines whose value is at fault, since a report quotes the first one.
 */
function feed(): string {
  const columns = [
    'id',
    'title',
    'price',
    'vendor',
    'gtin',
    'currency',
    'unit',
    'vat',
    'stock',
    'unspsc',
    'url',
    'image',
  ];
  const line = (fields: Record<string, string>): string =>
    columns.map((name) => `"${(fields[name] ?? '').replaceAll('"', '""')}"`).join();
  return [
    columns.join(),
    ...TEXTS.map((text, turn) => line({ id: text, title: textFor(turn, 1), price: '1.50', vendor: text })),
    ...columns.map((name, turn) =>
      line({ id: textFor(turn, 0).repeat(2), title: textFor(turn, 1), price: '1', [name]: textFor(turn, 3).repeat(4) }),
    ),
  ].join('\n');
}

interface Place {
  shopUrl: string;
  admin: PunchFlowClient['admin'];
  host: HostileHost;
}

/** Strangers write hostile texts into all that the demo takes from them. */
export async function hostileTraffic(place: Place): Promise<void> {
  const { shopUrl, admin, host } = place;
  const feed = { url: `${host.url}/feed?${encodeURIComponent(TEXTS.join(' '))}` };
  await asSupplier(shopUrl, '/sdk/provider/import-url', feed);
  for (let left = 200; (await admin.listReports(1)).length === 0; left -= 1) {
    if (left === 0) throw new Error('the feed was not imported');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const turn of TEXTS.keys()) {
    const order = await punchout(shopUrl, turn);
    await refusals(shopUrl, turn);
    const hook = { eventName: 'order_created', url: `${host.url}/hook?${encodeURIComponent(textFor(turn, 0))}` };
    if (turn < 3) {
      await asSupplier(shopUrl, '/sdk/hooks', hook);
      const { parts } = await admin.getOrder('company-cxml', order);
      await asSupplier(shopUrl, '/sdk/update-order-status', { id: parts[0]?.supplierOrderId, status: 'in_process' });
    }
  }
  const waits = async (): Promise<boolean> =>
    (await admin.listNotices()).every(({ lastError }) => lastError === null) ||
    (await admin.listHooks()).every(({ lastError }) => lastError === null);
  for (let left = 200; await waits(); left -= 1) {
    if (left === 0) throw new Error('hooks and notices were not tried');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A cart of two articles, and its order with another quantity; the order's number. */
async function punchout(shopUrl: string, turn: number): Promise<string> {
  const browser = plainBrowser();
  const callUp = await browser.post(`${shopUrl}/v1/punchout/setup`, callUpOf(shopUrl, turn), XML);
  const start = startUrlIn(callUp.text);
  if (start === undefined) throw new Error(`the call-up of turn ${turn} was refused: ${callUp.text}`);
  await browser.get(start);
  for (const sku of [textFor(turn, 0), 'SKU-001'])
    await browser.post(
      `${shopUrl}/checkout/line-item/add`,
      new URLSearchParams({ sku, quantity: '2' }).toString(),
      FORM,
    );
  const page = await browser.get(`${shopUrl}${SESSION}/logout?transferred=1`);
  const form = readReturnPage(page.text).forms.find(({ fields }) => fields.length > 0);
  if (form === undefined) throw new Error(`no cart came back in turn ${turn}: ${page.text}`);
  const orderId = `${textFor(turn, 5)} ${turn}`;
  const order = orderOfCart(decodeCxmlReturn(form.fields).document, {
    payloadId: `${textFor(turn, 6)} ${turn}`,
    orderId,
    timestamp: cxmlTimestamp(new Date()),
    wishes: turn % 2 === 0 ? [{ quantity: '3' }] : [],
  });
  await browser.post(`${shopUrl}/v1/punchout/order`, order ?? '', XML);
  return orderId;
}

function callUpOf(shopUrl: string, turn: number, identity?: string): string {
  return cxmlCallUp({
    payloadId: `${textFor(turn, 0)} ${randomUUID()}`,
    timestamp: cxmlTimestamp(new Date()),
    buyerCookie: textFor(turn, 1),
    returnUrl: `https://erp.company.com/${encodeURIComponent(textFor(turn, 2))}`,
    supplierUrl: `${shopUrl}/${encodeURIComponent(textFor(turn, 3))}`,
    person: { name: textFor(turn, 2), email: textFor(turn, 3), companyCode: textFor(turn, 4) },
    ...(identity === undefined ? {} : { party: { identity } }),
  });
}

/** Call-ups that are refused, each with its reason, and documents that are none. */
async function refusals(shopUrl: string, turn: number): Promise<void> {
  const browser = plainBrowser();
  const text = textFor(turn, 0);
  const post = (path: string, body: string, type: string, headers = {}): Promise<unknown> =>
    browser.post(shopUrl + path, body, type, headers);
  const oci = (fields: Record<string, string>): string => {
    const usual = ociCallUp('https://erp.company.com/return').map(({ name, value }): [string, string] => [name, value]);
    return new URLSearchParams({ ...Object.fromEntries(usual), ...fields }).toString();
  };
  await post('/v1/punchout/setup', callUpOf(shopUrl, turn, text), XML);
  await post(
    '/v1/punchout/setup',
    callUpOf(shopUrl, turn).replace('https://erp.company.com/', 'https://evil.test/'),
    XML,
  );
  await post('/v1/punchout/setup', `<cXML>${text}`, XML);
  const json = { protocol: 'cxml', connection: text, buyer_cookie: text, return_url: text };
  await post('/v1/punchout/setup', JSON.stringify(json), 'application/json', {
    authorization: `Bearer ${DEMO.apiKey}`,
  });
  await post('/v1/punchout/oci/setup', oci({ HOOK_URL: `https://evil.test/?${text}` }), FORM);
  const started = await browser.post(`${shopUrl}/v1/punchout/oci/setup`, oci({ [text]: text, LANGUAGE: text }), FORM);
  const start = ociStartUrlIn(started.text);
  if (start !== undefined) await browser.get(start);
  await post('/api/punchout/clone', cloneRequest({ sessionToken: text, gatewayBaseUrl: text }), 'application/json');
}

/** What the traffic has made. */
export interface HostileIds {
  sessions: string[];
  /** A session that has sent a cart. */
  cart: string;
  orders: string[];
}

export async function hostileIds({ admin }: Pick<Place, 'admin'>): Promise<HostileIds> {
  const sessions = await collected(admin.searchSessions());
  const orders = await collected(admin.listOrders());
  return {
    sessions: sessions.map(({ sessionId }) => sessionId),
    cart: orders.find(({ sessionId }) => sessionId !== null)?.sessionId ?? '',
    orders: orders.map(({ orderId }) => orderId),
  };
}
