import type { Frame, Page } from 'playwright-core';
import { decodeCxmlReturn, decodeOciReturn } from '../../src/protocols/returned-cart.js';
import type { Checks } from './checks.js';
import { readFormBytes } from './form-bytes.js';
import { SECRET } from './world/buyer.js';
import { visitor } from './world/chromium.js';
import { fillCart, pressTransfer, shopFrame, stateOf } from './world/shopping.js';
import type { World } from './world/world.js';

/** T06: a whole punchout on another origin, in its frame and at top level, with third-party cookies blocked. */
export async function punchoutInFrame(world: World, check: Checks): Promise<void> {
  await thirdPartyCookiesAreBlocked(world, check);
  const ways: Way[] = [
    { what: 'cXML framed', framed: true, endsIn: 'iframe' },
    { what: 'cXML top level', framed: false, endsIn: 'document' },
    { what: 'OCI framed, no target', framed: true, oci: {}, endsIn: 'document' },
    { what: 'OCI top level, no target', framed: false, oci: {}, endsIn: 'document' },
    {
      what: 'OCI framed, returntarget=shop (a frame by name)',
      framed: true,
      oci: { returntarget: 'shop' },
      endsIn: 'iframe',
    },
    { what: 'OCI framed, ~TARGET=_self', framed: true, oci: { '~TARGET': '_self' }, endsIn: 'iframe' },
    {
      what: 'OCI framed, ~TARGET=_parent and pass-through',
      framed: true,
      oci: { '~TARGET': '_parent', '~OkCode': 'ADDI', '~CALLER': 'CTLG' },
      endsIn: 'document',
    },
    {
      what: 'OCI framed, ~TARGET=javascript:... (T19)',
      framed: true,
      oci: { '~TARGET': 'javascript:alert(1)' },
      endsIn: 'document',
    },
  ];
  for (let at = 0; at < ways.length; at += 2)
    await Promise.all(ways.slice(at, at + 2).map((way) => punchout(world, check, way)));
}

async function thirdPartyCookiesAreBlocked({ browser, buyer, origins }: World, check: Checks): Promise<void> {
  const { context, page } = await visitor(browser);
  const inFrame = page.frameLocator('iframe[name=shop]');
  await page.goto(`${origins.evil}/set-cookies`);
  await page.goto(`${origins.evil}/cookies`);
  const firstParty = (await page.locator('#cookies').textContent()) ?? '';
  check.holds(
    'control: both cookies arrive at top level',
    /plain=1/.test(firstParty) && /__Host-part=1/.test(firstParty),
    firstParty,
  );
  await page.goto(buyer.framing(`${origins.evil}/set-cookies`));
  await inFrame.locator('#cookies').waitFor({ state: 'attached' });
  await page.goto(buyer.framing(`${origins.evil}/cookies`));
  const thirdParty = await inFrame.locator('#cookies').textContent();
  check.equal(
    'T06: in a foreign frame the plain SameSite=None cookie does not arrive, the partitioned one does',
    thirdParty,
    '__Host-part=1',
  );
  await context.close();
}

interface Way {
  what: string;
  framed: boolean;
  /** Fields of an OCI call-up; cXML where absent. */
  oci?: Record<string, string>;
  /** Frame that receives the cart. */
  endsIn: 'iframe' | 'document';
}

async function punchout(
  { buyer, browser, origins }: World,
  check: Checks,
  { what, framed, oci, endsIn }: Way,
): Promise<void> {
  const { context, page, violations, errors, dialogs } = await visitor(browser);
  const path = buyer.returnPath();
  const buyerCookie = ` <&"'>Pl\u00e4tzchen ${what} `;
  if (oci === undefined) {
    const start = await buyer.callUp({ connection: 'acme-cxml', buyerCookie, returnTo: path });
    await page.goto(framed ? buyer.framing(start) : start);
  } else {
    const callUp = {
      HOOK_URL: `${origins.buyer}${path}?sid=7&x=%C3%A4`,
      USERNAME: 'acme-oci',
      PASSWORD: SECRET,
      ...oci,
    };
    await page.goto(buyer.ociCallUp(callUp, framed ? 'shop' : '_top'));
  }
  const shop = framed ? await shopFrame(page) : await shopAtTop(page);
  check.equal(
    `${what}: logged in`,
    (await stateOf(context, origins.shop, framed ? buyer.framing : undefined)).session.active,
    true,
  );
  await fillCart(shop);
  await checkoutIsClosed(shop, check, what);
  await pressTransfer(shop);
  const { body, destination } = await buyer.arrival(path);
  await (destination === 'iframe' ? page.frameLocator('iframe[name=shop]') : page).locator('#received').waitFor();
  const fields = readFormBytes(body, 'utf-8');
  const cart = oci === undefined ? decodeCxmlReturn(fields) : decodeOciReturn(fields);

  check.equal(`${what}: lands in`, destination, endsIn);
  check.equal(
    `${what}: cart`,
    cart.lines.map(({ supplierPartId, quantity, unitPrice }) => [supplierPartId, Number(quantity), Number(unitPrice)]),
    [
      ['SKU-001', 2, 499.99],
      ['SKU-002', 1, 300.01],
    ],
  );
  check.equal(`${what}: total`, `${cart.total} ${cart.currency}`, '1299.99 EUR');
  check.equal(
    `${what}: the checker's errors`,
    cart.findings.filter(({ severity }) => severity === 'error'),
    [],
  );
  if (oci === undefined) check.equal(`${what}: BuyerCookie byte for byte`, cart.buyerCookie, buyerCookie);
  const passedThrough = fields
    .map(({ name }) => name)
    .filter((name) => name.startsWith('~'))
    .sort();
  check.equal(
    `${what}: passed through`,
    passedThrough,
    Object.keys(oci ?? {})
      .filter((name) => name.startsWith('~'))
      .sort(),
  );
  check.equal(`${what}: violations, script errors, dialogs`, [violations, errors, dialogs], [[], [], []]);
  await context.close();
}

async function shopAtTop(page: Page): Promise<Frame> {
  await page.locator('header.top').waitFor();
  return page.mainFrame();
}

async function checkoutIsClosed(shop: Frame, check: Checks, what: string): Promise<void> {
  const tries = ['/checkout/confirm', '/de/checkout//confirm/', '/account'].map((path): [string, string] => [
    path,
    `location.href = '${path}'`,
  ]);
  const order =
    "document.body.insertAdjacentHTML('beforeend', '<form id=order method=post action=/checkout/order></form>'); " +
    "document.getElementById('order').submit()";
  for (const [name, attempt] of [...tries, ['POST /checkout/order', order] as const]) {
    await shop.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<i id="left">x</i>'); setTimeout(() => { ${attempt} })`,
    );
    await shop.locator('#left').waitFor({ state: 'detached' });
    await shop.locator('table.lines').waitFor();
    check.equal(`${what}: ${name} leads to the cart`, new URL(shop.url()).pathname, '/checkout/cart');
  }
}
