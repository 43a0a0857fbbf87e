import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { RunningShop } from './running-shop.js';
import { type Answer, JSON_WANTED, type WebClient, plain } from './web-client.js';

export const SESSION = '/agiqon/connector/session';
export const SETUP = '/v1/punchout/setup';
export const RETURN_URL = 'https://erp.company.com/punchout/return';

export interface CxmlWish {
  payloadId?: string;
  operation?: string;
  buyerCookie?: string;
  returnUrl?: string | null;
  fromDomain?: string;
  identity?: string;
  secret?: string;
  to?: string;
  items?: { sku: string; quantity: string; auxiliaryId?: string }[];
  selectedSku?: string;
  doctype?: string;
}

/** PunchFlow's setup document with the changes of a test. Values are inserted unescaped. */
export function setupXml(wish: CxmlWish = {}): string {
  const {
    payloadId = `${randomUUID()}@buyer.example`,
    operation = 'create',
    buyerCookie = 'BUYER_COOKIE_123',
    returnUrl = RETURN_URL,
    fromDomain = 'NetworkId',
    identity = 'buyer@company.com',
    secret = 'SecretPassword123',
    to = '123456789',
    items = [],
    selectedSku,
  } = wish;
  const { doctype = '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd">' } = wish;
  const shared = `<SharedSecret>${secret}</SharedSecret>`;
  const selected =
    selectedSku === undefined
      ? ''
      : `<SelectedItem><ItemID><SupplierPartID>${selectedSku}</SupplierPartID></ItemID></SelectedItem>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
${doctype}
<cXML payloadID="${payloadId}" timestamp="2024-01-15T10:30:00Z">
<Header>
<From><Credential domain="${fromDomain}"><Identity>${identity}</Identity></Credential></From>
<To><Credential domain="DUNS"><Identity>${to}</Identity></Credential></To>
<Sender><Credential domain="${fromDomain}"><Identity>${identity}</Identity>${shared}</Credential></Sender>
</Header>
<Request>
<PunchOutSetupRequest operation="${operation}">
<BuyerCookie>${buyerCookie}</BuyerCookie>
<Extrinsic name="UserEmail">user@company.com</Extrinsic>
${returnUrl === null ? '' : `<BrowserFormPost><URL>${returnUrl}</URL></BrowserFormPost>`}
${selected}
${items
  .map(
    ({ sku, quantity, auxiliaryId }) =>
      `<ItemOut quantity="${quantity}"><ItemID><SupplierPartID>${sku}</SupplierPartID>` +
      (auxiliaryId === undefined ? '' : `<SupplierPartAuxiliaryID>${auxiliaryId}</SupplierPartAuxiliaryID>`) +
      '</ItemID></ItemOut>',
  )
  .join('\n')}
</PunchOutSetupRequest>
</Request>
</cXML>`;
}

export function postXml(
  client: WebClient,
  document: string | Uint8Array,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return client.send(SETUP, {
    method: 'POST',
    body: document,
    headers: { 'content-type': 'application/xml', ...headers },
  });
}

/** Status of a cXML answer: code and text. */
export function cxmlStatus(answer: Answer): { code: string; text: string } {
  const status = /<Status code="(\d+)"[^>]*?(?:\/>|>([^<]*)<\/Status>)/.exec(answer.text);
  return {
    code: status?.[1] ?? '',
    text: (status?.[2] ?? '').replaceAll('&apos;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  };
}

export function startUrlOf(answer: Answer): string {
  const url = /<StartPage>\s*<URL>([^<]+)<\/URL>/.exec(answer.text)?.[1];
  if (url === undefined) throw new Error(`no StartPage: ${answer.status} ${answer.text}`);
  return url.replaceAll('&amp;', '&');
}

/** Calls up by cXML and returns the start URL. */
export async function callUp(shop: RunningShop, wish: CxmlWish = {}): Promise<string> {
  return startUrlOf(await postXml(shop.browser(), setupXml(wish)));
}

/** The id in a start URL. */
export function idOf(startUrl: string): string {
  return new URL(startUrl).pathname.split('/').at(-1) ?? '';
}

/** A logged-in browser. */
export async function shopping(
  shop: RunningShop,
  wish: CxmlWish = {},
): Promise<{ client: WebClient; transmissionId: string; startUrl: string }> {
  const startUrl = await callUp(shop, wish);
  const client = shop.browser();
  const answer = await client.get(startUrl, JSON_WANTED);
  expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('"active":true')]);
  return { client, transmissionId: idOf(startUrl), startUrl };
}

export async function put(client: WebClient, sku: string, quantity: number | string): Promise<Answer> {
  return client.send('/checkout/line-item/add', {
    method: 'POST',
    body: JSON.stringify({ sku, quantity }),
    headers: { 'content-type': 'application/json', accept: 'application/json' },
  });
}

/** The row in the database. */
export async function rowOf(shop: RunningShop, transmissionId: string): Promise<Record<string, unknown>> {
  const row: Record<string, unknown> | undefined = await shop
    .knex('transmission')
    .where({ transmission_id: transmissionId })
    .first();
  if (row === undefined) throw new Error(`no transmission ${transmissionId}`);
  return row;
}

export async function setRow(
  shop: RunningShop,
  transmissionId: string,
  change: Record<string, unknown>,
): Promise<void> {
  expect(await shop.knex('transmission').where({ transmission_id: transmissionId }).update(change)).toBe(1);
}

export async function isActive(client: WebClient): Promise<boolean> {
  return (await client.get(`${SESSION}/get`, JSON_WANTED)).json().active;
}

/** The fields of the form with the cart. */
export function cartFields(page: Answer): Record<string, string> {
  return Object.fromEntries(
    [...page.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"\/?>/g)].map(
      ([, name = '', value = '']): [string, string] => [plain(name), plain(value)],
    ),
  );
}

/** Expects no internal data and none of the sent text in an error. */
export function expectClean(answer: Answer, echoes: readonly string[] = []): void {
  expect(answer.text).not.toMatch(
    /\bat [\w.<>]+ \(|\.ts:\d|\.js:\d|node_modules|\bselect\b[\s\S]{0,60}\bfrom\b|SecretPassword123|syntax error/i,
  );
  for (const echo of echoes) expect(answer.text).not.toContain(echo);
}
