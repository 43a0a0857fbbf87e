import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectionSettings } from '../../../src/config/connection-settings.js';
import { DEMO } from '../../../src/demo/seed-demo.js';
import { type PlainBrowser, plainBrowser } from '../../../src/demo/simulation/plain-browser.js';
import { decodeCxmlReturn } from '../../../src/protocols/returned-cart.js';
import { readReturnPage } from '../../../src/protocols/form/read-return-page.js';
import { RETURN_URL, SETUP, setupXml, startUrlOf, type CxmlWish } from '../../support/call-ups.js';
import { accounts } from '../../support/clone-calls.js';
import { freshData } from '../../support/fresh-data.js';
import { type MiddlewareDouble, startMiddleware } from '../../support/middleware-double.js';
import { type RunningShop, startShop } from '../../support/running-shop.js';
import { webClient } from '../../support/web-client.js';

const API_KEY = 'between-the-two-of-us';
const JSON_TYPE = 'application/json';

describe('Journey: a procurement system, a middleware and a store, the latter two are instances of this server', () => {
  const world: { shop?: RunningShop; middleware?: MiddlewareDouble; directories: string[] } = { directories: [] };
  const shop = (): RunningShop => world.shop ?? fail();
  const middleware = (): MiddlewareDouble => world.middleware ?? fail();

  beforeAll(async () => {
    world.directories = [await freshData(), await freshData()];
    const [ours = '', theirs = ''] = world.directories;
    world.shop = await startShop({ directory: ours }, '', { connector: { restoreReport: 'shop' } });
    world.middleware = await startMiddleware(theirs, {
      url: world.shop.url,
      apiKey: API_KEY,
      username: 'buyer123',
      endCustomerId: 5,
    });
    const settings = connectionSettings({
      returnOrigins: [`${world.middleware.url}/gateway`],
      repost: { templateUsers: ['buyer123'], endCustomers: [5] },
    });
    if (!settings.ok) throw new Error(settings.refusal.reason);
    // Demo connection, because both instances use loopback and http.
    await world.shop.connector.directory.connections.save({
      tenantId: DEMO.tenantId,
      connectionId: 'our-middleware',
      name: 'ours',
      protocol: 'repost',
      demo: true,
      settings: settings.value,
    });
    await world.shop.connector.directory.middlewareKeys.add(DEMO.tenantId, 'our-middleware', API_KEY);
    const procurement = connectionSettings({ returnOrigins: ['https://erp.company.com'] });
    if (!procurement.ok) throw new Error(procurement.refusal.reason);
    const { tenants, connections } = world.middleware.connector.directory;
    await tenants.save({ tenantId: 'rocket', name: 'Middleware', settings: { frontendOrigins: [] } });
    await connections.save({
      tenantId: 'rocket',
      connectionId: 'erp',
      name: 'ERP',
      protocol: 'cxml',
      demo: false,
      settings: procurement.value,
    });
    await connections.addCredential('rocket', 'erp', {
      kind: 'cxml',
      domain: 'NetworkId',
      identity: 'buyer@company.com',
    });
    await connections.addSecret('rocket', 'erp', 'SecretPassword123');
    await world.middleware.mapCategories({ Werkzeug: '27110000' });
  }, 120_000);
  afterAll(async () => {
    await world.middleware?.close();
    await world.shop?.close();
    for (const directory of world.directories) await rm(directory, { recursive: true, force: true });
  });

  /** The buyer's browser, taken from the procurement system through the middleware into the store. */
  async function brought(wish: CxmlWish): Promise<{ browser: PlainBrowser; landed: string }> {
    const answer = await webClient(middleware().url).send(SETUP, {
      method: 'POST',
      body: setupXml(wish),
      headers: { 'content-type': 'application/xml' },
    });
    const browser = plainBrowser();
    const page = await browser.get(startUrlOf(answer));
    return { browser, landed: page.url };
  }

  /** Presses "transfer" in the store. The store's page and then the middleware's page submit themselves. */
  async function carriedBack(browser: PlainBrowser): Promise<ReturnType<typeof decodeCxmlReturn>> {
    const page = await browser.get(`${shop().url}/agiqon/connector/session/logout?transferred=1`);
    const [form] = readReturnPage(page.text).forms;
    expect(form?.action).toBe(`${middleware().url}/gateway/start-sso-checkout`);
    const posted = new URLSearchParams(
      (form?.fields ?? []).map(({ name, value }): [string, string] => [name, value]),
    ).toString();
    const onward = await browser.post(form?.action ?? '', posted, 'application/x-www-form-urlencoded');
    const last = readReturnPage(onward.text).forms.find(({ action }) => action === RETURN_URL);
    if (last === undefined)
      throw new Error(`no form for the procurement system: ${onward.status} ${onward.text.slice(0, 300)}`);
    return decodeCxmlReturn(last.fields);
  }

  const add = async (browser: PlainBrowser, sku: string, quantity: number): Promise<void> => {
    expect(
      (
        await browser.post(`${shop().url}/checkout/line-item/add`, JSON.stringify({ sku, quantity }), JSON_TYPE, {
          accept: JSON_TYPE,
        })
      ).status,
    ).toBe(200);
  };

  it('create: cXML, clone, shopping, post back, cXML again; nothing is lost on the way', async () => {
    const { browser, landed } = await brought({ buyerCookie: 'ERP &lt;1&gt;', selectedSku: 'SKU-002' });
    expect(landed).toBe(`${shop().url}/detail/SKU-002`);
    expect(await accounts(shop())).toHaveLength(1);
    await add(browser, 'SKU-001', 2);
    await add(browser, 'SKU-002', 1);
    expect((await browser.get(`${shop().url}/checkout/confirm`)).url).toBe(`${shop().url}/checkout/cart`);
    const cart = await carriedBack(browser);
    expect(middleware().received.at(-1)).toMatchObject({
      endCustomerId: 5,
      products: [{ sku: 'SKU-001' }, { sku: 'SKU-002' }],
    });
    expect(cart).toMatchObject({ buyerCookie: 'ERP <1>', currency: 'EUR', total: '1299.99', findings: [] });
    expect(cart.lines.map(({ supplierPartId, quantity, unitPrice }) => [supplierPartId, quantity, unitPrice])).toEqual([
      ['SKU-001', '2', '499.99'],
      ['SKU-002', '1', '300.01'],
    ]);
    // From the store's categories, which the middleware has mapped.
    expect(cart.document).toContain('<Classification domain="UNSPSC">27110000</Classification>');
  });

  it("edit: the lines come back into the store's cart, are changed, and replace the earlier ones", async () => {
    const { browser, landed } = await brought({
      operation: 'edit',
      items: [
        { sku: 'SKU-001', quantity: '3' },
        { sku: 'GONE', quantity: '1' },
      ],
    });
    expect(landed).toBe(`${shop().url}/checkout/cart`);
    const { lines } = JSON.parse((await browser.get(`${shop().url}/checkout/cart.json`, { accept: JSON_TYPE })).text);
    expect(lines.map(({ sku, quantity }: { sku: string; quantity: number }) => [sku, quantity])).toEqual([
      ['SKU-001', 3],
    ]);
    await add(browser, 'SKU-002', 1);
    expect(
      (await carriedBack(browser)).lines.map(({ supplierPartId, quantity }) => [supplierPartId, quantity]),
    ).toEqual([
      ['SKU-001', '3'],
      ['SKU-002', '1'],
    ]);
  });
});

function fail(): never {
  throw new Error('it did not start');
}
