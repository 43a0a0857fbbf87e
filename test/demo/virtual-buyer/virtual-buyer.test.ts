import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import express, { type Express } from 'express';
import request from 'supertest';
import { PRODUCTS } from '../../../src/adapters/stores/demo/catalogue/catalogue.js';
import { playRuns } from '../../../src/demo/virtual-buyer/play/play-run.js';
import { createVirtualBuyer } from '../../../src/demo/virtual-buyer/create-virtual-buyer.js';
import { decodeCxmlReturn, decodeOciReturn } from '../../../src/protocols/returned-cart.js';
import { orderOfCart } from '../../../src/demo/virtual-buyer/sample-documents.js';
import type { ShopSession } from '../../../src/demo/storefront/visit.js';
import type { Cart } from '../../../src/domain/cart/cart.js';
import { cartTotal } from '../../../src/domain/cart/cart-total.js';
import type { NameValue } from '../../../src/domain/transmission/setup-request.js';
import { checkCxmlDocument } from '../../../src/protocols/cxml/check/check-document.js';
import { cxmlFormFields } from '../../../src/protocols/cxml/cxml-form.js';
import { writePunchOutOrderMessage } from '../../../src/protocols/cxml/write/write-order-message.js';
import { writeOciCartFields } from '../../../src/protocols/oci/write/write-cart-form.js';
import { openDemoStore } from '../../adapters/stores/demo/open-demo-store.js';
import { demoSession } from '../storefront/demo-session.js';

const publicUrl = 'http://127.0.0.1:3000';
const START =
  '<?xml version="1.0"?><cXML payloadID="1" timestamp="2024-01-15T10:30:01+00:00"><Response><Status code="200" ' +
  `text="OK"/><PunchOutSetupResponse><StartPage><URL>${publicUrl}/start?token=a&amp;b=c</URL></StartPage>` +
  '</PunchOutSetupResponse></Response></cXML>';
const REFUSED =
  '<?xml version="1.0"?><cXML payloadID="1" timestamp="2024-01-15T10:30:01+00:00"><Response><Status code="401" ' +
  'text="Unauthorized">no such &lt;user&gt;</Status></Response></cXML>';

let demo: Awaited<ReturnType<typeof openDemoStore>>;
let session: ShopSession;
let small: Cart;
let whole: Cart;

beforeAll(async () => {
  demo = await openDemoStore();
  const cartOf = async (lines: { supplierPartId: string; quantity: string }[]): Promise<Cart> => {
    session = await demoSession(demo.store, 'create');
    const ref = session.transmission.cart ?? demo.store.cartRef('demo', '', {});
    await demo.store.addLines(ref, lines);
    return demo.store.readCart(ref);
  };
  small = await cartOf([
    { supplierPartId: 'SKU-001', quantity: '2' },
    { supplierPartId: 'SKU-002', quantity: '1' },
  ]);
  whole = await cartOf(
    PRODUCTS.filter(({ soldOut }) => soldOut !== true).map(({ sku }) => ({ supplierPartId: sku, quantity: '1' })),
  );
});
afterAll(() => demo.close());

function appWith(answer: () => Promise<Response>): { app: Express; fetch: jest.Mock<typeof globalThis.fetch> } {
  const fetch = jest.fn<typeof globalThis.fetch>(answer);
  const app = express();
  app.use(
    createVirtualBuyer({
      publicUrl,
      fetch,
      plays: playRuns({ shopUrl: publicUrl, prepare: () => Promise.resolve() }),
    }),
  );
  return { app, fetch };
}

function cxmlFields(cart: Cart, encoding: 'urlencoded' | 'base64'): NameValue[] {
  const { settings } = session.connection;
  const written = writePunchOutOrderMessage({
    payloadId: 'p@shop',
    at: new Date(0),
    language: 'de',
    deploymentMode: 'production',
    from: [],
    to: [{ domain: 'NetworkId', identity: 'buyer@company.com' }],
    userAgent: 'test',
    buyerCookie: 'COOKIE <1>',
    operationAllowed: 'create',
    cart,
    settings,
  });
  if (!written.ok) throw new Error(written.refusal.reason);
  return cxmlFormFields(written.value.document, { encoding, fieldNames: 'cXML' });
}

function ociFields(cart: Cart): NameValue[] {
  const written = writeOciCartFields({
    cart,
    request: session.transmission.request,
    settings: session.connection.settings,
    quoteId: 'Q-1',
  });
  if (!written.ok) throw new Error(`${written.refusal.reason} ${JSON.stringify(written.refusal.details)}`);
  return written.value;
}

describe('call-up', () => {
  it('starts on the requested host name only if that is the public one', async () => {
    const { app } = appWith(() => Promise.reject(new Error('unused')));
    await request(app).get('/virtual-buyer').set('Host', '127.0.0.1:3000').expect(200);
    await request(app)
      .get('/virtual-buyer')
      .set('Host', 'localhost:3000')
      .expect(302)
      .expect('Location', `${publicUrl}/virtual-buyer`);
  });

  it('PunchOut Session API: sends its setup request with our return URL, and frames the start page', async () => {
    const { app, fetch } = appWith(() => Promise.resolve(new Response(START)));
    const page = await request(app).post('/virtual-buyer/start').type('form').send({ protocol: 'cxml' }).expect(200);
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe(`${publicUrl}/v1/punchout/setup`);
    expect(init?.body).toContain('<Identity>buyer@company.com</Identity>');
    expect(init?.body).toContain('<SharedSecret>SecretPassword123</SharedSecret>');
    expect(init?.body).toContain(
      `<BrowserFormPost>\n        <URL>${publicUrl}/virtual-buyer/return</URL>\n      </BrowserFormPost>`,
    );
    expect(page.text).toContain(`src="${publicUrl}/start?token=a&amp;b=c"`);
    expect(page.text).not.toContain('SecretPassword123');
    expect(page.text).toContain('PunchOutSetupResponse');
  });

  it('shows a refusal, and a server that does not answer', async () => {
    const refused = await request(appWith(() => Promise.resolve(new Response(REFUSED))).app)
      .post('/virtual-buyer/start')
      .type('form')
      .send({ protocol: 'cxml' })
      .expect(502);
    expect(refused.text).toContain('no such &amp;lt;user&amp;gt;');
    await request(appWith(() => Promise.reject(new Error('down'))).app)
      .post('/virtual-buyer/start')
      .type('form')
      .send({ protocol: 'cxml' })
      .expect(502);
  });

  it('PunchOut Session API: OCI is a form that the browser posts into the frame', async () => {
    const page = await request(appWith(() => Promise.reject(new Error('unused'))).app)
      .post('/virtual-buyer/start')
      .type('form')
      .send({ protocol: 'oci' })
      .expect(200);
    expect(page.text).toContain(`action="${publicUrl}/v1/punchout/oci/setup" target="shop"`);
    expect(page.text).toContain(`<input type="hidden" name="HOOK_URL" value="${publicUrl}/virtual-buyer/return"/>`);
    const shown = /<pre[^>]*>([^]*)<\/pre>/.exec(page.text)?.[1]?.replace(/<[^>]*>/g, '');
    expect(shown).toContain('HOOK_URL=');
    expect(shown).not.toContain('SecretPassword123');
  });
});

describe('language', () => {
  it('pages, call-ups and so the shop speak the language of the browser', async () => {
    const { app, fetch } = appWith(() => Promise.resolve(new Response(START)));
    const start = (protocol: string, language: string): request.Test =>
      request(app).post('/virtual-buyer/start').set('Accept-Language', language).type('form').send({ protocol });
    for (const [language, heading] of [
      ['de-AT,de;q=0.9', 'Einkauf über cXML'],
      ['en-GB', 'Shopping over cXML'],
    ] as const) {
      const page = await start('cxml', language).expect(200);
      expect(page.text).toContain(`<html lang="${language.slice(0, 2)}">`);
      expect(page.text).toContain(heading);
      expect(fetch.mock.lastCall?.[1]?.body).toContain(`xml:lang="${language.slice(0, 2)}"`);
      const form = await start('oci', language).expect(200);
      expect(form.text).toContain(`name="LANGUAGE" value="${language.slice(0, 2)}"`);
    }
  });
});

describe('return', () => {
  it('a cart that comes into the frame of the shop is sent to the whole window, field by field', async () => {
    const { app } = appWith(() => Promise.reject(new Error('unused')));
    const body = new URLSearchParams([
      ['NEW_ITEM-DESCRIPTION[1]', 'a "quoted" <name>'],
      ['~TARGET', '_top'],
    ]).toString();
    const page = await request(app)
      .post('/virtual-buyer/return')
      .set('Sec-Fetch-Dest', 'iframe')
      .type('form')
      .send(body)
      .expect(200);
    expect(page.text).toContain('action="/virtual-buyer/return" target="_top"');
    expect(page.text).toContain('name="NEW_ITEM-DESCRIPTION[1]" value="a &quot;quoted&quot; &lt;name>"');
    expect(page.text).toContain('name="~TARGET" value="_top"');
    expect(page.text).not.toContain('<table');
  });

  it.each(['urlencoded', 'base64'] as const)('cXML %s: decodes the PunchFlow cart', (encoding) => {
    const cart = decodeCxmlReturn(cxmlFields(small, encoding));
    expect(cart).toMatchObject({ buyerCookie: 'COOKIE <1>', currency: 'EUR', total: '1299.99', findings: [] });
    expect(cart.lines.map(({ supplierPartId, quantity, amount }) => [supplierPartId, quantity, amount])).toEqual([
      ['SKU-001', '2', '999.98'],
      ['SKU-002', '1', '300.01'],
    ]);
  });

  it('OCI: decodes the PunchFlow cart', () => {
    expect(decodeOciReturn(ociFields(small))).toMatchObject({
      currency: 'EUR',
      total: '1299.99',
      lines: [
        { supplierPartId: 'SKU-001', amount: '999.98' },
        { supplierPartId: 'SKU-002', amount: '300.01' },
      ],
    });
  });

  it('architecture.md section 6: every article of the demo shop returns complete, over both protocols', () => {
    for (const cart of [decodeCxmlReturn(cxmlFields(whole, 'urlencoded')), decodeOciReturn(ociFields(whole))]) {
      expect(cart.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(cart.lines).toHaveLength(whole.lines.length);
      expect(cart.lines.map(({ supplierPartId }) => supplierPartId)).toEqual(whole.lines.map(({ sku }) => sku));
    }
    expect(decodeOciReturn(ociFields(whole)).total).toBe(cartTotal(whole.lines, 'EUR'));
  });

  it('cxml.md 9: the order of every article is valid by the DTD', () => {
    const { document } = decodeCxmlReturn(cxmlFields(whole, 'urlencoded'));
    const order = orderOfCart(document, {
      payloadId: 'o@buyer',
      orderId: 'PO-1',
      timestamp: '2024-01-15T10:30:00+00:00',
    });
    expect(checkCxmlDocument(order ?? '', '1.2.014').filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(order?.match(/<ItemOut /g)).toHaveLength(whole.lines.length);
    expect(orderOfCart(START, { payloadId: 'o', orderId: 'PO-1', timestamp: '' })).toBeUndefined();
  });

  it('an unreadable document is a finding', () => {
    expect(decodeCxmlReturn([{ name: 'cxml-urlencoded', value: '<cXML' }]).findings[0]).toMatchObject({
      severity: 'error',
    });
    expect(decodeCxmlReturn([{ name: 'cxml-base64', value: '***' }]).findings[0]).toMatchObject({ severity: 'error' });
    expect(decodeCxmlReturn([{ name: 'cxml-urlencoded', value: START }]).findings[0]?.text).toContain(
      'no PunchOutOrderMessage',
    );
    expect(decodeOciReturn([{ name: 'NEW_ITEM-QUANTITY[1]', value: 'abc' }]).findings[0]).toMatchObject({
      severity: 'error',
    });
  });

  it('shows cart, verdict and document, escaped', async () => {
    const { app } = appWith(() => Promise.reject(new Error('unused')));
    const body = new URLSearchParams(
      cxmlFields(small, 'urlencoded').map(({ name, value }): [string, string] => [name, value]),
    ).toString();
    const page = await request(app).post('/virtual-buyer/return').type('form').send(body).expect(200);
    expect(page.text).toContain('1,299.99 EUR');
    expect(page.text).toContain('nothing to say against it');
    expect(page.text).toContain('BuyerCookie: <code>COOKIE &lt;1></code>');
    expect(page.text).toContain('    <span class="t">&lt;PunchOutOrderMessage</span>');
    const evil = await request(app)
      .post('/virtual-buyer/return')
      .type('form')
      .send({ 'NEW_ITEM-DESCRIPTION[1]': '<script>alert(1)</script>' })
      .expect(200);
    expect(evil.text).not.toContain('<script>');
    expect(evil.text).toContain('&lt;script</span>');
    await request(app).post('/virtual-buyer/return').type('form').send('a=%00').expect(400);
  });
});
