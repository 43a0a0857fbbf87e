import type { Frame, Page } from 'playwright-core';
import { decodeCxmlReturn, decodeOciReturn } from '../../src/demo/virtual-buyer/decode-return.js';
import type { ReceivedCart } from '../../src/demo/virtual-buyer/received-cart.js';
import { type Checks, until } from './checks.js';
import { readFormBytes } from './form-bytes.js';
import { SECRET } from './world/buyer.js';
import { type Visitor, visitor } from './world/chromium.js';
import { fillCart, pressTransfer, sessionOf, shopFrame } from './world/shopping.js';
import type { World } from './world/world.js';

/** Issue 2, T06: a whole punchout on another origin, in its frame and at top level, with third-party cookies blocked. */
export async function punchoutInFrame(world: World, check: Checks): Promise<void> {
  await thirdPartyCookiesAreBlocked(world, check);
  for (const framed of [true, false]) await cxml(world, check, framed);
  await oci(world, check, 'OCI, no target, framed', { framed: true, fields: {}, endsIn: 'document' });
  await oci(world, check, 'OCI, no target, top level', { framed: false, fields: {}, endsIn: 'document' });
  await oci(world, check, 'OCI, returntarget=shop (frame by name)', { framed: true, fields: { returntarget: 'shop' }, endsIn: 'iframe' });
  await oci(world, check, 'OCI, ~TARGET=_self', { framed: true, fields: { '~TARGET': '_self' }, endsIn: 'iframe' });
  await oci(world, check, 'OCI, ~TARGET=_parent', { framed: true, fields: { '~TARGET': '_parent', '~OkCode': 'ADDI', '~CALLER': 'CTLG' }, endsIn: 'document' });
  await oci(world, check, 'OCI, ~TARGET=javascript:… (T19)', { framed: true, fields: { '~TARGET': 'javascript:alert(1)' }, endsIn: 'document' });
}

async function thirdPartyCookiesAreBlocked({ browser, buyer, origins }: World, check: Checks): Promise<void> {
  const { context, page } = await visitor(browser);
  const inFrame = page.frameLocator('iframe[name=shop]');
  await page.goto(`${origins.evil}/set-cookies`);
  await page.goto(`${origins.evil}/cookies`);
  const firstParty = await page.locator('#cookies').textContent();
  check.holds('control: both cookies arrive at top level', /plain=1/.test(firstParty ?? '') && /__Host-part=1/.test(firstParty ?? ''), firstParty);
  await page.goto(buyer.framing(`${origins.evil}/set-cookies`));
  await inFrame.locator('#cookies').waitFor({ state: 'attached' });
  await page.goto(buyer.framing(`${origins.evil}/cookies`));
  const thirdParty = await inFrame.locator('#cookies').textContent();
  check.equal('R16: in a foreign frame the plain SameSite=None cookie does not arrive, the partitioned one does', thirdParty, '__Host-part=1');
  await context.close();
}

async function cxml(world: World, check: Checks, framed: boolean): Promise<void> {
  const { buyer, browser } = world;
  const what = `cXML ${framed ? 'framed' : 'top level'}`;
  const buyerCookie = ` <&"'>Plätzchen ${what} `;
  const start = await buyer.callUp({ connection: 'acme-cxml', buyerCookie });
  const seen = await visitor(browser);
  await seen.page.goto(framed ? buyer.framing(start) : start);
  await shop(seen, check, what, framed);
  const { cart, destination } = await transferred(world, seen, framed, decodeCxmlReturn);
  check.equal(`${what}: BuyerCookie byte for byte`, cart.buyerCookie, buyerCookie);
  whole(check, what, cart);
  check.equal(`${what}: lands in`, destination, framed ? 'iframe' : 'document');
  await ended(seen, check, what);
}

interface OciJourney {
  framed: boolean;
  fields: Record<string, string>;
  endsIn: 'iframe' | 'document';
}

async function oci(world: World, check: Checks, what: string, { framed, fields, endsIn }: OciJourney): Promise<void> {
  const { buyer, browser, origins } = world;
  const seen = await visitor(browser);
  const callUp = { HOOK_URL: `${origins.buyer}/return?sid=7&x=%C3%A4`, USERNAME: 'acme-oci', PASSWORD: SECRET, ...fields };
  await seen.page.goto(buyer.ociCallUp(callUp, framed ? 'shop' : '_top'));
  await shop(seen, check, what, framed);
  const { cart, destination, fieldNames } = await transferred(world, seen, framed, decodeOciReturn);
  whole(check, what, cart);
  check.equal(`${what}: lands in`, destination, endsIn);
  if ('~CALLER' in fields) check.holds(`${what}: passes ~TARGET, ~OkCode and ~CALLER through`, ['~OkCode', '~TARGET', '~CALLER'].every((name) => fieldNames.includes(name)), fieldNames);
  await ended(seen, check, what);
}

async function shop({ page }: Visitor, check: Checks, what: string, framed: boolean): Promise<void> {
  const frame = await shopAt(page, framed);
  check.equal(`${what}: session is there after the login`, (await sessionOf(frame)).active, true);
  await fillCart(frame);
  for (const path of ['/checkout/confirm', '/de/checkout//confirm/', '/account']) {
    await frame.evaluate(`location.href = ${JSON.stringify(path)}`);
    await frame.waitForURL(/\/checkout\/cart$/);
    check.holds(`${what}: ${path} is closed`, await frame.locator('table.lines').isVisible());
  }
  const order = await frame.evaluate<number>("fetch('/checkout/order', { method: 'POST', headers: { Accept: 'application/json' } }).then((answer) => answer.status)");
  check.equal(`${what}: POST /checkout/order`, order, 403);
}

async function shopAt(page: Page, framed: boolean): Promise<Frame> {
  if (framed) return shopFrame(page);
  await page.locator('header.top').waitFor();
  return page.mainFrame();
}

async function transferred({ buyer }: World, { page }: Visitor, framed: boolean, decode: (fields: ReturnType<typeof readFormBytes>) => ReceivedCart): Promise<{ cart: ReceivedCart; destination: string; fieldNames: string[] }> {
  const before = buyer.received.length;
  await pressTransfer(await shopAt(page, framed));
  await until(() => buyer.received.length > before, 'the cart to arrive');
  const received = buyer.received[before];
  if (received === undefined) throw new Error('no cart');
  const where = received.destination === 'iframe' ? page.frameLocator('iframe[name=shop]') : page;
  await where.locator('#received').waitFor();
  const fields = readFormBytes(received.body, 'utf-8');
  return { cart: decode(fields), destination: received.destination, fieldNames: fields.map(({ name }) => name) };
}

function whole(check: Checks, what: string, cart: ReceivedCart): void {
  check.equal(`${what}: cart`, cart.lines.map(({ supplierPartId, quantity, unitPrice }) => [supplierPartId, Number(quantity), Number(unitPrice)]), [['SKU-001', 2, 499.99], ['SKU-002', 1, 300.01]]);
  check.equal(`${what}: total`, `${cart.total} ${cart.currency}`, '1299.99 EUR');
  check.equal(`${what}: the checker's errors`, cart.findings.filter(({ severity }) => severity === 'error'), []);
}

async function ended({ context, violations, errors, dialogs }: Visitor, check: Checks, what: string): Promise<void> {
  check.equal(`${what}: violations, script errors, dialogs`, [violations, errors, dialogs], [[], [], []]);
  await context.close();
}
