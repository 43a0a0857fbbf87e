import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerSettings } from '../config/environment.js';
import { checkoutAddress } from '../protocols/repost/repost-fields.js';
import { type PunchoutRun, playPunchout } from './simulation/punchout-run.js';
import { ociStartUrlIn, ssoUrlIn, startUrlIn } from './simulation/start-urls.js';
import { decodeCxmlReturn, decodeOciReturn, decodeRepostReturn } from '../protocols/returned-cart.js';
import { cloneRequest, cxmlCallUp, ociCallUp } from './virtual-buyer/sample-documents.js';

interface Deps {
  startServer(settings: ServerSettings): Promise<{ stop(): Promise<void> }>;
  print(line: string): void;
}

/** PunchFlow's cart: 2 x 499.99 + 300.01. */
const WANTED = [
  { sku: 'SKU-001', quantity: '2', unitPrice: '499.99' },
  { sku: 'SKU-002', quantity: '1', unitPrice: '300.01' },
];
const TOTAL = '1299.99';

/**
 * `npm run demo`: a whole punchout over cXML, OCI and a middleware against its own server; true only if all carts came
 * back complete and valid.
 */
export async function simulate({ startServer, print }: Deps): Promise<boolean> {
  const directory = await mkdtemp(join(tmpdir(), 'punchout-demo-'));
  const port = await freePort();
  const shopUrl = `http://127.0.0.1:${port}`;
  print(`Starting a server of its own on ${shopUrl} …`);
  const server = await startServer({
    host: '127.0.0.1',
    port,
    publicUrl: shopUrl,
    database: { directory },
    demo: true,
    trustedProxies: [],
    store: { kind: 'demo' },
    metricsPort: 0,
    logLevel: 'silent',
  });
  try {
    let whole = true;
    for (const run of [cxmlRun(shopUrl), ociRun(shopUrl), middlewareRun(shopUrl)])
      whole = (await play(run, shopUrl, print)) && whole;
    print(whole ? '\nAll carts came back whole and valid.' : '\nNot every cart came back whole and valid.');
    print(
      '\nThis server ends now. To see it in a browser: npm start\n' +
        '  then open http://127.0.0.1:3000/virtual-buyer to punch out yourself, or let it play twenty punchouts,\n' +
        '  and the link to the console that npm start prints, to see every session and document.',
    );
    return whole;
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function play(run: PunchoutRun, shopUrl: string, print: Deps['print']): Promise<boolean> {
  print(`\n${run.title}`);
  try {
    const cart = await playPunchout(run, {
      shopUrl,
      wanted: WANTED,
      total: TOTAL,
      returnUrl: returnUrlOf(shopUrl),
      step: (text) => print(`  + ${text}`),
    });
    print('');
    for (const { supplierPartId, name, quantity, unit, unitPrice, amount } of cart.lines)
      print(
        `    ${supplierPartId.padEnd(10)}${name.padEnd(24)}${quantity.padStart(7)} ${unit.padEnd(4)}` +
          `x ${unitPrice.padStart(9)} = ${amount.padStart(9)}`,
      );
    print(`    ${'Total'.padEnd(58)}${cart.total.padStart(9)} ${cart.currency}`);
    return true;
  } catch (error) {
    print(`  - ${error instanceof Error ? error.message : 'failed'}`);
    return false;
  }
}

function cxmlRun(shopUrl: string): PunchoutRun {
  return {
    title: 'cXML punchout',
    async callUp(browser) {
      const document = cxmlCallUp({
        payloadId: `${randomUUID()}@buyer.example`,
        timestamp: new Date().toISOString(),
        buyerCookie: `cookie-${randomUUID()}`,
        returnUrl: returnUrlOf(shopUrl),
        supplierUrl: `${shopUrl}/v1/punchout/setup`,
      });
      const answer = await browser.post(`${shopUrl}/v1/punchout/setup`, document, 'application/xml');
      const startUrl = startUrlIn(answer.text);
      if (startUrl === undefined) throw new Error(`the call-up was refused: ${answer.text}`);
      return startUrl;
    },
    decode: decodeCxmlReturn,
  };
}

function ociRun(shopUrl: string): PunchoutRun {
  return {
    title: 'OCI punchout',
    async callUp(browser) {
      const form = new URLSearchParams(
        ociCallUp(returnUrlOf(shopUrl)).map(({ name, value }): [string, string] => [name, value]),
      );
      const answer = await browser.post(
        `${shopUrl}/v1/punchout/oci/setup`,
        form.toString(),
        'application/x-www-form-urlencoded',
      );
      const startUrl = ociStartUrlIn(answer.text);
      if (answer.status !== 200 || startUrl === undefined)
        throw new Error(`the call-up was refused with ${answer.status}`);
      return startUrl;
    },
    decode: decodeOciReturn,
  };
}

function middlewareRun(shopUrl: string): PunchoutRun {
  const gatewayBaseUrl = `${shopUrl}/virtual-buyer/middleware`;
  return {
    title: 'Punchout by a middleware',
    returnUrl: checkoutAddress(gatewayBaseUrl),
    async callUp(browser) {
      const answer = await browser.post(
        `${shopUrl}/api/punchout/clone`,
        cloneRequest({ sessionToken: randomUUID(), gatewayBaseUrl }),
        'application/json',
      );
      const ssoUrl = ssoUrlIn(answer.text);
      if (ssoUrl === undefined) throw new Error(`the clone request was refused: ${answer.text}`);
      return ssoUrl;
    },
    decode: decodeRepostReturn,
  };
}

function returnUrlOf(shopUrl: string): string {
  return `${shopUrl}/virtual-buyer/return`;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
