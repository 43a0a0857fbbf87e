import { beforeAll, describe, expect, it } from '@jest/globals';
import { PunchFlowClient } from '../../../src/client/punchflow-client.js';
import { hasPricesOfItsOwn } from '../../contracts/whose-prices.contract.js';
import { cartFields, cxmlStatus, postXml, put, SESSION, setupXml, startUrlOf } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { type Answer, HTML, type WebClient } from '../../support/web-client.js';
import { type AdminQuestion, askAdmin } from '../admin/admin-calls.js';
import { addOperators, emailOf, signedIn } from '../console/console-visitor.js';

const CUSTOMER = { number: '10042' };
const connection = { connection: 'company-cxml' };

describeShop('whose prices: the customer of a call-up', {}, (shop) => {
  const ask = (operationId: string, question: AdminQuestion = {}) =>
    askAdmin(shop(), operationId, { params: connection, ...question });
  const settle = async (store: object, id = 'company-cxml'): Promise<void> => {
    const body = { settings: { store: { customerRules: null, customer: null, shipTo: null, ...store } } };
    const params = { connection: id };
    expect((await ask('adminChangeConnection', { params, body, headers: { 'if-match': '*' } })).status).toBe(200);
  };
  const calling = (more: string): Promise<Answer> =>
    postXml(shop().browser(), setupXml().replace('</BrowserFormPost>', `</BrowserFormPost>${more}`));
  const shipTo = (id: string): string =>
    `<ShipTo><Address addressID="${id}"><Name xml:lang="de">Werk</Name><PostalAddress><Street>Am Tor 1</Street>` +
    '<City>Kiel</City><PostalCode>24103</PostalCode><Country isoCountryCode="DE">Deutschland</Country>' +
    '</PostalAddress></Address></ShipTo>';
  /** The prices of SKU-001 on its page and in the search. */
  const shownPrices = async (client: WebClient): Promise<string[]> => {
    const price = /<p class="price">\s*<strong>([\d.,]+)|([\d.,]+)\s*(?:€|EUR)/;
    const pages = [await client.get('/detail/SKU-001', HTML), await client.get('/search?search=SKU-001', HTML)];
    return pages.map(({ text }) => price.exec(text)?.slice(1).find(Boolean) ?? '');
  };
  /** The prices of SKU-001 (list: 499.99) there, and in the cart that goes out. */
  const pricesOf = async (answer: Answer): Promise<string[]> => {
    const client = shop().browser();
    await client.get(startUrlOf(answer), HTML);
    const shown = await shownPrices(client);
    await put(client, 'SKU-001', 1);
    const sent = cartFields(await client.post(`${SESSION}/logout?transferred=1`, {}, HTML));
    const document = sent['cXML-urlencoded'] ?? '';
    return [...shown, /<UnitPrice><Money[^>]*>([\d.]+)/.exec(document)?.[1] ?? ''];
  };
  const LIST = ['499,99', '499,99', '499.99'];
  const NORTH = ['474,99', '474,99', '474.99'];
  const SOUTH = ['437,49', '437,49', '437.49'];

  describe('by the address id of ShipTo', () => {
    beforeAll(() => settle({}));
    hasPricesOfItsOwn(() => ({
      shop: shop(),
      customers: { north: CUSTOMER, south: { number: '10043' } },
      article: 'SKU-001',
      words: 'SKU-001',
      customersDiffer: 'prices',
      fill: (client) => put(client, 'SKU-001', 1),
      async shown(client) {
        const prices = await shownPrices(client);
        return prices.map((price) => ({ line: Number(price.replace(',', '.')) }));
      },
    }));
  });

  it('an address of the usual customer, and a call-up without one', async () => {
    await settle({ shipTo: 'default' });
    const addresses = [
      { address_id: '0100', customer: CUSTOMER },
      { address_id: '0300', customer: null },
    ];
    expect((await ask('adminSaveAddresses', { body: { addresses } })).json().data).toEqual({ saved: 2 });
    expect(await pricesOf(await calling(shipTo('0300')))).toEqual(LIST);
    expect(await pricesOf(await calling(''))).toEqual(LIST);
  });

  it('by an Extrinsic, before the table of addresses', async () => {
    await settle({
      shipTo: 'default',
      customerRules: [{ extrinsic: { name: 'Plant', value: 'S' }, customer: { number: '10043' } }],
    });
    const plant = '<Extrinsic name="Plant">S</Extrinsic>';
    const document = setupXml()
      .replace('<BrowserFormPost>', `${plant}<BrowserFormPost>`)
      .replace('</BrowserFormPost>', `</BrowserFormPost>${shipTo('0100')}`);
    expect(await pricesOf(await postXml(shop().browser(), document))).toEqual(SOUTH);
  });

  it('by the credential: cXML and OCI, in the cart and in BACKGROUND_SEARCH', async () => {
    await settle({
      customerRules: [{ credential: { domain: 'PrivateID', identity: 'north' }, customer: CUSTOMER }],
    });
    const document = setupXml().replace(
      '</Credential></From>',
      '</Credential><Credential domain="PrivateID"><Identity>north</Identity></Credential></From>',
    );
    expect(await pricesOf(await postXml(shop().browser(), document))).toEqual(NORTH);
    await settle(
      {
        customerRules: [
          { extrinsic: { name: 'plant', value: 'N' }, customer: CUSTOMER },
          { credential: { identity: 'buyer@company.com' }, customer: { number: '10043' } },
        ],
      },
      'company-oci',
    );
    const searched = async (more: object): Promise<string | undefined> => {
      const call = {
        HOOK_URL: 'https://erp.company.com/oci/return',
        USERNAME: 'buyer@company.com',
        PASSWORD: 'SecretPassword123',
        FUNCTION: 'BACKGROUND_SEARCH',
        SEARCHSTRING: 'SKU-001',
        ...more,
      };
      return cartFields(await shop().browser().post('/v1/punchout/oci/setup', call, HTML))['NEW_ITEM-PRICE[1]'];
    };
    expect(await searched({})).toBe('437.490');
    expect(await searched({ PLANT: 'N' })).toBe('474.990');
  });

  it('an unknown id is recorded once, and refused where the connection says so', async () => {
    await settle({ shipTo: 'default', customer: CUSTOMER });
    expect(await pricesOf(await calling(shipTo('0900')))).toEqual(NORTH);
    await settle({ shipTo: 'refuse' });
    const refused = await calling(shipTo('0900'));
    expect(cxmlStatus(refused)).toEqual({ code: '403', text: expect.stringContaining('"0900"') });
    // Longer than the table can hold: refused too, and not recorded.
    expect(cxmlStatus(await calling(shipTo('x'.repeat(300))))).toMatchObject({ code: '403' });
    const listed = (await ask('adminListAddresses', { query: '?unknown=true' })).json().data;
    expect(listed).toEqual({
      addresses: [
        { address_id: '0900', known: false, customer: null, place: '24103 Kiel DE', created_at: expect.any(String) },
      ],
      unknown_count: 1,
      pagination: { limit: 20, next_cursor: null },
    });
    await until(async () => (await shop().knex('message_log').where({ code: 'SHIP_TO_UNKNOWN' })).length > 0);
    expect(await pricesOf(await calling(''))).toEqual(LIST);
    expect((await ask('adminRemoveAddress', { params: { ...connection, address: '0900' } })).status).toBe(200);
    expect((await ask('adminRemoveAddress', { params: { ...connection, address: '0900' } })).status).toBe(404);
  });

  it('by ship_to of a JSON call-up, in both spellings, with the same list of unknown ids', async () => {
    await settle({ shipTo: 'default' });
    const addresses = [{ address_id: 'J-1', customer: CUSTOMER }];
    expect((await ask('adminSaveAddresses', { body: { addresses } })).status).toBe(200);
    const client = new PunchFlowClient('demo-api-key', { baseUrl: shop().url });
    const wish = { protocol: 'cxml', connection: 'company-cxml', returnUrl: 'https://erp.company.com/return' } as const;
    const priceOf = async (startUrl: string): Promise<string | undefined> => {
      const browser = shop().browser();
      await browser.get(startUrl, HTML);
      await put(browser, 'SKU-001', 1);
      const sent = cartFields(await browser.post(`${SESSION}/logout?transferred=1`, {}, HTML));
      return /<UnitPrice><Money[^>]*>([\d.]+)/.exec(sent['cXML-urlencoded'] ?? '')?.[1];
    };
    const known = await client.punchout.setupSession({ ...wish, shipTo: { addressId: 'J-1' } });
    expect(await priceOf(known.startUrl)).toBe('474.99');
    const place = { addressId: 'J-2', name: 'Werk', city: 'Kiel', postalCode: '24103', countryCode: 'DE' };
    expect(await priceOf((await client.punchout.setupSession({ ...wish, shipTo: place })).startUrl)).toBe('499.99');
    const { data } = (await ask('adminListAddresses', { query: '?unknown=true' })).json();
    expect(data.addresses).toContainEqual(expect.objectContaining({ address_id: 'J-2', place: '24103 Kiel DE' }));
    await settle({ shipTo: 'refuse' });
    await expect(client.punchout.setupSession({ ...wish, shipTo: place })).rejects.toMatchObject({
      code: 'SHIP_TO_UNKNOWN',
      status: 403,
    });
    for (const ship_to of [{}, { address_id: '' }, { address_id: 'J-1', street: 'x' }, 'J-1', null]) {
      const body = { protocol: 'cxml', return_url: wish.returnUrl, connection: 'company-cxml', ship_to };
      const answer = await shop()
        .browser()
        .send('/v1/punchout/setup', {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json', authorization: 'Bearer demo-api-key' },
        });
      expect([answer.status, answer.json().error.code]).toEqual([400, 'INVALID_REQUEST']);
    }
    await settle({ shipTo: 'default' });
    expect((await ask('adminRemoveAddress', { params: { ...connection, address: 'J-2' } })).status).toBe(200);
  });

  it('at most 500 unknown ids are recorded', async () => {
    await settle({ shipTo: 'default' });
    await shop().knex('ship_to_address').delete();
    await shop().knex.raw(`
      insert into ship_to_address (tenant_id, connection_id, address_id, is_known)
      select 'demo', 'company-cxml', 'flood-' || n, false from generate_series(1, 500) as n`);
    await calling(shipTo('one-more'));
    expect((await ask('adminListAddresses')).json().data.unknown_count).toBe(500);
    await shop().knex('ship_to_address').whereLike('address_id', 'flood-%').delete();
  });

  it('the client reads and changes the table, page by page', async () => {
    const { admin } = new PunchFlowClient('demo-admin-key', { baseUrl: shop().url });
    const many = Array.from({ length: 130 }, (_, n) => ({
      addressId: `page-${n}`,
      customer: { email: `buyer-${n}@example.com` },
    }));
    expect(await admin.saveAddresses('company-cxml', many)).toEqual({ saved: 130 });
    const read: string[] = [];
    for await (const { addressId } of admin.listAddresses('company-cxml')) read.push(addressId);
    expect(read.filter((id) => id.startsWith('page-'))).toHaveLength(130);
    expect(new Set(read).size).toBe(read.length);
    expect(await admin.removeAddress('company-cxml', 'page-7')).toEqual({ removed: true });
    await expect(admin.saveAddresses('nobody', many.slice(0, 1))).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
  });

  it('the console names the customer of an unknown address; a viewer only looks', async () => {
    await addOperators(shop());
    await settle({ shipTo: 'default' });
    await calling(shipTo('A&B "1"'.replaceAll('&', '&amp;').replaceAll('"', '&quot;')));
    const engineer = await signedIn(shop(), emailOf('engineer'));
    const page = await engineer.get('/connections/company-cxml/addresses');
    expect(page.text).toContain('A&amp;B &quot;1&quot;');
    expect(page.text).toContain('One address id of a call-up has no customer yet.');
    const path = '/connections/company-cxml/addresses';
    expect((await engineer.post(path, { address: 'A&B "1"', customer: '10042' })).status).toBe(303);
    expect((await engineer.get(path)).text).not.toContain('no customer yet');
    expect((await engineer.post(path, { address: '', customer: '' })).status).toBe(400);
    expect((await engineer.post(`${path}/remove`, { address: 'A&B "1"' })).status).toBe(303);
    const viewer = await signedIn(shop(), emailOf('viewer'));
    expect((await viewer.get(path)).text).not.toContain('<form class="card"');
    expect((await viewer.post(path, { address: 'x', customer: '1' })).status).toBe(403);
    expect((await engineer.get('/connections/nobody/addresses')).status).toBe(404);
  });
});
