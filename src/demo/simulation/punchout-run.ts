import { readReturnPage } from '../../protocols/form/read-return-page.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import { type Page, type PlainBrowser, plainBrowser } from './plain-browser.js';
import type { DecodeReturn, ReceivedCart } from '../../protocols/returned-cart.js';

/** The punchout of one protocol, from the outside. */
export interface PunchoutRun {
  title: string;
  /** Sends the call-up; returns the URL for the buyer's browser. */
  callUp(browser: PlainBrowser): Promise<string>;
  /** Address that receives the cart, if it differs from the common return address. */
  returnUrl?: string;
  decode: DecodeReturn;
}

interface WantedLine {
  sku: string;
  quantity: string;
  unitPrice: string;
}

interface Surroundings {
  shopUrl: string;
  wanted: readonly WantedLine[];
  total: string;
  returnUrl: string;
  step(text: string): void;
}

const JSON_TYPE = 'application/json';

/** Plays one whole punchout; throws an Error with the deviation. */
export async function playPunchout(
  run: PunchoutRun,
  { shopUrl, wanted, total, step, ...common }: Surroundings,
): Promise<ReceivedCart> {
  const { returnUrl = common.returnUrl } = run;
  const browser = plainBrowser();
  const startUrl = await run.callUp(browser);
  step(`call-up accepted, the buyer starts at ${startUrl.replace(/token=.*/, 'token=…')}`);

  const landed = await browser.get(startUrl);
  demand(landed.status === 200, `login answered ${landed.status}`);
  const session = JSON.parse((await browser.get(`${shopUrl}/agiqon/connector/session/get`)).text) as {
    active: boolean;
  };
  demand(session.active, 'there is no session after the login');
  step(`logged in, landed on ${landed.url}`);

  for (const { sku, quantity } of wanted) {
    const added = await browser.post(
      `${shopUrl}/checkout/line-item/add`,
      JSON.stringify({ sku, quantity: Number(quantity) }),
      JSON_TYPE,
      { accept: JSON_TYPE },
    );
    demand(added.status === 200, `adding ${sku} answered ${added.status}`);
    step(`${quantity} x ${sku} in the cart`);
  }
  const checkout = await browser.get(`${shopUrl}/checkout/confirm`);
  demand(new URL(checkout.url).pathname === '/checkout/cart', 'the checkout was not blocked');
  step('the checkout is closed: sent back to the cart');

  const transferUrl = `${shopUrl}/agiqon/connector/session/logout?transferred=1`;
  const page = await browser.get(transferUrl);
  const form = returnFormOf(page, returnUrl);
  demand((await browser.get(transferUrl)).text === page.text, 'a second click gave another cart');
  step(`cart transferred: ${form.length} form field(s) for ${new URL(returnUrl).host}`);

  const cart = run.decode(form);
  demandWhole(cart, wanted, total);
  step('the cart came back whole, and the checker has no objection');
  return cart;
}

function returnFormOf(page: Page, returnUrl: string): NameValue[] {
  demand(page.status === 200, `the transfer answered ${page.status}`);
  const form = readReturnPage(page.text).forms.find(({ action }) => action === returnUrl);
  if (form === undefined) throw new Error(`the transfer page has no form for ${returnUrl}`);
  return form.fields;
}

function demandWhole(cart: ReceivedCart, wanted: readonly WantedLine[], total: string): void {
  const faults = cart.findings.filter(({ severity }) => severity === 'error');
  demand(
    faults.length === 0,
    `the checker objects: ${faults.map(({ place, text }) => `${place}: ${text}`).join('; ')}`,
  );
  demand(cart.lines.length === wanted.length, `${cart.lines.length} lines came back, not ${wanted.length}`);
  for (const [index, { sku, quantity, unitPrice }] of wanted.entries()) {
    const line = cart.lines[index];
    const same =
      line?.supplierPartId === sku &&
      Number(line.quantity) === Number(quantity) &&
      Number(line.unitPrice) === Number(unitPrice);
    demand(same, `line ${index + 1} came back as ${JSON.stringify(line)}`);
  }
  demand(cart.total === total && cart.currency === 'EUR', `the total came back as ${cart.total} ${cart.currency}`);
}

function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
