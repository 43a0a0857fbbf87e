import { randomUUID } from 'node:crypto';
import { cxmlTimestamp } from '../../../protocols/cxml/write/document-start.js';
import { readReturnPage } from '../../../protocols/form/read-return-page.js';
import { checkoutAddress } from '../../../protocols/repost/repost-fields.js';
import { DEMO } from '../../seed-demo.js';
import { type PlainBrowser, plainBrowser } from '../../simulation/plain-browser.js';
import { ociStartUrlIn, ssoUrlIn, startUrlIn } from '../../simulation/start-urls.js';
import { decodeCxmlReturn } from '../../../protocols/returned-cart.js';
import { type CallingParty, cloneRequest, cxmlCallUp, ociCallUp, orderOfCart } from '../sample-documents.js';
import type { Play } from './twenty.js';

const FORM = 'application/x-www-form-urlencoded';
const SESSION = '/agiqon/connector/session';
/** Not the demo's, and no address that anybody has. */
const WRONG_SECRET = 'not-the-secret';
const WRONG_RETURN = 'https://elsewhere.example.net/return';

/** A punchout that has begun. */
interface Begun {
  sessionId: string;
  /** The rest of its story. Throws an Error with the deviation, TypeError where the server does not answer. */
  goOn(): Promise<void>;
}

/**
 * Calls up the shop as this buyer's system. Undefined: the call-up was refused. Throws TypeError where the server does
 * not answer.
 */
export async function beginPunchout(play: Play, shopUrl: string): Promise<Begun | undefined> {
  const browser = plainBrowser();
  const startUrl = await callUp(play, shopUrl, browser);
  const sessionId = startUrl === undefined ? undefined : sessionIdIn(startUrl);
  if (startUrl === undefined || sessionId === undefined) return undefined;
  return { sessionId, goOn: () => goOn(play, { shopUrl, browser, startUrl, sessionId }) };
}

async function callUp(
  { buyer, protocol, story, isExample }: Play,
  shopUrl: string,
  browser: PlainBrowser,
): Promise<string | undefined> {
  const returnUrl = story === 'wrong_return' ? WRONG_RETURN : `${shopUrl}/virtual-buyer/return`;
  const secret = story === 'wrong_secret' ? WRONG_SECRET : DEMO.secret;
  if (protocol === 'oci') {
    const fields = ociCallUp(returnUrl, { secret }).map(({ name, value }): [string, string] => [name, value]);
    const body = new URLSearchParams(fields).toString();
    const answer = await browser.post(`${shopUrl}/v1/punchout/oci/setup`, body, FORM);
    return answer.status === 200 ? ociStartUrlIn(answer.text) : undefined;
  }
  if (protocol === 'repost') {
    const { endCustomerId } = isExample === true ? DEMO.middleware.english : DEMO.middleware;
    const body = cloneRequest({ sessionToken: randomUUID(), gatewayBaseUrl: gatewayOf(shopUrl), endCustomerId });
    return ssoUrlIn((await browser.post(`${shopUrl}/api/punchout/clone`, body, 'application/json')).text);
  }
  const body = cxmlCallUp({
    payloadId: `${randomUUID()}@virtual-buyer.example`,
    timestamp: cxmlTimestamp(new Date()),
    buyerCookie: `virtual-buyer-${randomUUID()}`,
    returnUrl,
    supplierUrl: `${shopUrl}/v1/punchout/setup`,
    language: isExample === true ? 'en' : 'de',
    person: { name: buyer, email: emailOf(buyer, isExample), companyCode: isExample === true ? 'EX01' : 'DE001' },
    party: { ...partyOf(isExample), secret },
  });
  return startUrlIn((await browser.post(`${shopUrl}/v1/punchout/setup`, body, 'application/xml')).text);
}

interface Visit {
  shopUrl: string;
  browser: PlainBrowser;
  startUrl: string;
  sessionId: string;
}

async function goOn(play: Play, { shopUrl, browser, startUrl, sessionId }: Visit): Promise<void> {
  const { story, cart } = play;
  if (story === 'unopened') return;
  const landed = await browser.get(startUrl);
  if (story === 'expired') return demand(landed.status === 410, `the late link answered ${landed.status}`);
  demand(landed.status === 200, `the login answered ${landed.status}`);
  for (const [sku, quantity] of cart) {
    const body = new URLSearchParams({ sku, quantity: String(quantity) }).toString();
    const added = await browser.post(`${shopUrl}/checkout/line-item/add`, body, FORM);
    demand(added.status === 200, `adding ${sku} answered ${added.status}`);
  }
  if (story === 'left') {
    const left = await browser.get(`${shopUrl}${SESSION}/logout`);
    return demand(left.status === 200, `leaving answered ${left.status}`);
  }
  if (story === 'cancelled') {
    const address = `${shopUrl}/v1/punchout/sessions/${sessionId}/cancel`;
    const headers = { authorization: `Bearer ${DEMO.apiKey}`, accept: 'application/json' };
    const cancelled = await browser.post(address, '{}', 'application/json', headers);
    return demand(cancelled.status === 200, `cancelling answered ${cancelled.status}`);
  }
  if (story === 'blocked') {
    const checkout = await browser.get(`${shopUrl}/checkout/confirm`);
    demand(new URL(checkout.url).pathname === '/checkout/cart', 'the checkout was open');
  }
  const document = await sendCart(play, shopUrl, browser);
  if (story === 'ordered' || story === 'mismatched') await order(play, document, shopUrl, browser);
}

/** Submits the form that the shop answers, as a browser does; the cXML document in it. */
async function sendCart({ protocol }: Play, shopUrl: string, browser: PlainBrowser): Promise<string> {
  const page = await browser.get(`${shopUrl}${SESSION}/logout?transferred=1`);
  demand(page.status === 200, `the transfer answered ${page.status}`);
  const wanted = protocol === 'repost' ? checkoutAddress(gatewayOf(shopUrl)) : `${shopUrl}/virtual-buyer/return`;
  const form = readReturnPage(page.text).forms.find(({ action }) => action === wanted);
  if (form === undefined) throw new Error(`the transfer page has no form for ${wanted}`);
  const fields = form.fields.map(({ name, value }): [string, string] => [name, value]);
  const arrived = await browser.post(wanted, new URLSearchParams(fields).toString(), FORM);
  demand(arrived.status === 200, `the cart was answered with ${arrived.status}`);
  return protocol === 'cxml' ? decodeCxmlReturn(form.fields).document : '';
}

async function order(
  { story, isExample, cart }: Play,
  document: string,
  shopUrl: string,
  browser: PlainBrowser,
): Promise<void> {
  const [[, quantity]] = cart as [[string, number]];
  const id = randomUUID();
  const body = orderOfCart(document, {
    payloadId: `${id}@virtual-buyer.example`,
    orderId: `PO-${id.slice(0, 8)}`,
    timestamp: cxmlTimestamp(new Date()),
    party: partyOf(isExample),
    wishes: story === 'mismatched' ? [{ quantity: String(quantity + 1) }] : [],
  });
  demand(body !== undefined, 'there is no cart to order');
  const answer = await browser.post(`${shopUrl}/v1/punchout/order`, body ?? '', 'application/xml');
  demand(/<Status code="2\d\d"/.test(answer.text), `the order was answered: ${answer.text}`);
}

function partyOf(isExample = false): CallingParty {
  return isExample ? { identity: DEMO.example.identity } : {};
}

function emailOf(buyer: string, isExample = false): string {
  return `${buyer.toLowerCase().replace(' ', '.')}@${isExample ? 'example.com' : 'company.com'}`;
}

function gatewayOf(shopUrl: string): string {
  return `${shopUrl}/virtual-buyer/middleware`;
}

/** In `/login/{id}?token=` and in `/sso?token={id}.{secret}`. */
function sessionIdIn(startUrl: string): string | undefined {
  return /\/login\/([\w-]+)|token=([\w-]+)\./
    .exec(startUrl)
    ?.slice(1)
    .find((id) => id !== undefined);
}

function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
