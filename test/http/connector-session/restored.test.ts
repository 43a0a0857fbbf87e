import { describe, expect, it, jest } from '@jest/globals';
import { PunchoutError } from '../../../src/domain/error-codes.js';
import {
  SESSION,
  cartFields,
  idOf,
  isActive,
  postXml,
  put,
  rowOf,
  setRow,
  setupXml,
  startUrlOf,
} from '../../support/call-ups.js';
import { type RunningShop, describeShop } from '../../support/running-shop.js';
import { HTML, JSON_WANTED, NAVIGATION, type WebClient } from '../../support/web-client.js';

const SAME = { ...NAVIGATION, 'sec-fetch-site': 'same-origin' };
const TRANSFER = `${SESSION}/logout?transferred=1`;

interface Asked {
  sku: string;
  quantity: string;
  price?: string;
  detail?: string;
  auxiliaryId?: string;
}

/** An edit call-up whose lines contain their price at the time of the transfer. */
async function editing(shop: RunningShop, items: Asked[], operation = 'edit'): Promise<string> {
  const lines = items.map(({ sku, quantity, price, detail = '', auxiliaryId }) => {
    const aux = auxiliaryId === undefined ? '' : `<SupplierPartAuxiliaryID>${auxiliaryId}</SupplierPartAuxiliaryID>`;
    const money =
      price === undefined
        ? ''
        : `<ItemDetail><UnitPrice><Money currency="EUR">${price}</Money></UnitPrice><Description xml:lang="de">` +
          `x</Description><UnitOfMeasure>EA</UnitOfMeasure>${detail}</ItemDetail>`;
    return (
      `<ItemOut quantity="${quantity}"><ItemID><SupplierPartID>${sku}</SupplierPartID>${aux}</ItemID>` +
      `${money}</ItemOut>`
    );
  });
  return startUrlOf(
    await postXml(
      shop.browser(),
      setupXml({ operation }).replace('</PunchOutSetupRequest>', `${lines.join('')}</PunchOutSetupRequest>`),
    ),
  );
}

const linesOf = async (client: WebClient): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await client.get('/checkout/cart.json', JSON_WANTED))
      .json()
      .lines.map((line: { sku: string; quantity: number }) => [line.sku, line.quantity]),
  );
const CHANGED: Asked[] = [
  { sku: 'SKU-001', quantity: '2', price: '400.00' },
  { sku: 'GONE', quantity: '1' },
  { sku: 'SKU-002', quantity: '1', price: '300.01' },
];
const DIFFERENCES = [
  {
    supplierPartId: 'SKU-001',
    requested: '2',
    got: '2',
    difference: 'price_changed',
    price: { claimed: '400.00', now: '499.99', currency: 'EUR' },
  },
  { supplierPartId: 'GONE', requested: '1', got: '0', difference: 'gone' },
];

describeShop('restored lines (architecture.md decision 6)', {}, (shop) => {
  it('cxml.md 6.1: an edit with differences lands on a page that lists them and leads to the cart', async () => {
    const client = shop().browser();
    const answer = await client.get(await editing(shop(), CHANGED), HTML);
    expect([answer.status, answer.location]).toEqual([303, `${shop().url}${SESSION}/restored`]);
    const page = await client.get(answer.location, HTML);
    expect([page.status, page.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(page.text).toMatch(/Premium Widget \(SKU-001\).*499[.,]99 EUR.*400[.,]00 EUR/);
    expect(page.text).toContain('GONE');
    expect(page.text).not.toContain('SKU-002');
    expect(page.text).toContain(`href="${shop().prefix}/checkout/cart"`);
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'self' https://erp.company.com");
    expect((await client.get(`${SESSION}/get`, JSON_WANTED)).json()).toMatchObject({
      active: true,
      restored: DIFFERENCES,
    });
    expect(await linesOf(client)).toEqual({ 'SKU-001': 2, 'SKU-002': 1 });
  });

  it('a line without an article number is reported as left out, and the others are restored', async () => {
    const client = shop().browser();
    const items = [
      { sku: 'SKU-002', quantity: '1' },
      { sku: '', quantity: '3' },
      { sku: ' ', quantity: '1', auxiliaryId: 'x' },
    ];
    const answer = await client.get(await editing(shop(), items), HTML);
    expect([answer.status, answer.location]).toEqual([303, `${shop().url}${SESSION}/restored`]);
    expect((await client.get(answer.location, HTML)).text).toContain('#2');
    expect((await client.get(`${SESSION}/get`, JSON_WANTED)).json()).toMatchObject({
      restored: [
        { supplierPartId: '#2', requested: '3', got: '0', difference: 'invalid' },
        { supplierPartId: '#3', requested: '1', got: '0', difference: 'invalid' },
      ],
    });
    expect(await linesOf(client)).toEqual({ 'SKU-002': 1 });
  });

  it('cxml.md 6.1: discounts and shipping of the earlier cart are computed again, not reported as gone', async () => {
    const client = shop().browser();
    const charges: Asked[] = [
      { sku: 'PROMO', quantity: '1', price: '-1.00', auxiliaryId: 'punchout-charge-p1' },
      { sku: 'SHIPPING', quantity: '1', auxiliaryId: ' punchout-charge-shipping ' },
    ];
    expect(
      (await client.get(await editing(shop(), [{ sku: 'SKU-001', quantity: '2', price: '499.99' }, ...charges]), HTML))
        .location,
    ).toBe(`${shop().url}/checkout/cart`);
    expect((await client.get(`${SESSION}/get`, JSON_WANTED)).json().restored).toEqual([]);
    expect(await linesOf(client)).toEqual({ 'SKU-001': 2 });
    const only = shop().browser();
    expect((await only.get(await editing(shop(), charges), HTML)).status).toBe(303);
    expect(await linesOf(only)).toEqual({});
  });

  it('cxml.md 6.1: it lands in the cart without differences, and after the report was shown', async () => {
    const client = shop().browser();
    const startUrl = await editing(shop(), [{ sku: 'SKU-001', quantity: '2', price: '499.99' }]);
    expect((await client.get(startUrl, HTML)).location).toBe(`${shop().url}/checkout/cart`);
    expect((await client.get(`${SESSION}/restored`, HTML)).location).toBe(`${shop().url}/checkout/cart`);
    expect((await client.get(`${SESSION}/get`, JSON_WANTED)).json().restored).toEqual([]);
    const second = shop().browser();
    const changed = await editing(shop(), CHANGED, 'inspect');
    await second.get(changed, HTML);
    expect((await second.get(changed, HTML)).location).toBe(`${shop().url}/checkout/cart`);
  });

  it('a JSON login gets the whole report; the page needs a session', async () => {
    const client = shop().browser();
    const answer = (await client.get(await editing(shop(), CHANGED), JSON_WANTED)).json();
    expect(answer).toMatchObject({
      location: `${shop().prefix}/checkout/cart`,
      restored: [...DIFFERENCES, { supplierPartId: 'SKU-002', requested: '1', got: '1' }],
    });
    expect((await shop().browser().get(`${SESSION}/restored`, JSON_WANTED)).json().error.code).toBe('NO_SESSION');
    expect((await shop().browser().post(`${SESSION}/restored`, '', JSON_WANTED)).status).toBe(405);
  });

  it('cxml.md 6.2: the auxiliary id identifies the line, whatever the part number says', async () => {
    const client = shop().browser();
    await client.get(
      await editing(shop(), [{ sku: 'renamed', quantity: '3', auxiliaryId: '\n line-SKU-002 \n' }]),
      HTML,
    );
    expect(await linesOf(client)).toEqual({ 'SKU-002': 3 });
    const sent = cartFields(await client.get(TRANSFER, SAME))['cXML-urlencoded'] ?? '';
    expect(sent).toContain('<SupplierPartAuxiliaryID>line-SKU-002</SupplierPartAuxiliaryID>');
  });

  it.each([
    [
      '12.45',
      '<PriceBasisQuantity quantity="100" conversionFactor="1"><UnitOfMeasure>C62</UnitOfMeasure></PriceBasisQuantity>',
      [],
    ],
    ['0.1245', '', []],
    [
      '12.45',
      '',
      [
        expect.objectContaining({
          difference: 'price_changed',
          price: { claimed: '12.45', now: '0.1245', currency: 'EUR' },
        }),
      ],
    ],
  ])('cxml.md 7.7: claimed %s, its price basis %j: it costs 12.45 per 100', async (price, detail, differences) => {
    const client = shop().browser();
    await client.get(await editing(shop(), [{ sku: 'NW-3011', quantity: '100', price, detail }]), HTML);
    expect((await client.get(`${SESSION}/get`, JSON_WANTED)).json().restored).toEqual(differences);
  });

  it('T55: a claimed price never becomes a price of the cart', async () => {
    const client = shop().browser();
    await client.get(await editing(shop(), [{ sku: 'SKU-001', quantity: '1', price: '0.01' }]), HTML);
    expect(cartFields(await client.get(TRANSFER, SAME))['cXML-urlencoded']).toMatch(
      /<Total>\s*<Money currency="EUR">499\.99</,
    );
  });

  describe('a shop that does not answer while lines are restored', () => {
    const silent = (): PunchoutError => new PunchoutError('STORE_UNAVAILABLE');

    it.each([
      ['before any line', 0],
      ['after all lines', 1],
      ['after the first line', 2],
    ])('%s: the next visit restores the missing lines, once', async (_, how) => {
      const items = [
        { sku: 'SKU-001', quantity: '2' },
        { sku: 'SKU-002', quantity: '1' },
      ];
      const startUrl = await editing(shop(), items);
      const addLines = shop().store.addLines.bind(shop().store);
      const failing = jest.spyOn(shop().store, 'addLines').mockImplementationOnce(async (cart, lines) => {
        if (how > 0) await addLines(cart, how === 1 ? lines : lines.slice(0, 1));
        throw silent();
      });
      const client = shop().browser();
      const first = await client.get(startUrl, HTML);
      expect([first.status, (await rowOf(shop(), idOf(startUrl)))['restored_at']]).toEqual([503, null]);
      const again = await client.get(startUrl, HTML);
      failing.mockRestore();
      expect([again.status, again.location]).toEqual([303, `${shop().url}/checkout/cart`]);
      expect(await linesOf(client)).toEqual({ 'SKU-001': 2, 'SKU-002': 1 });
      await client.get(startUrl, HTML);
      expect(await linesOf(client)).toEqual({ 'SKU-001': 2, 'SKU-002': 1 });
    });

    it('two items of one article are restored to their sum, however often it is tried', async () => {
      const startUrl = await editing(shop(), [
        { sku: 'SKU-001', quantity: '2' },
        { sku: 'SKU-001', quantity: '3' },
      ]);
      const addLines = shop().store.addLines.bind(shop().store);
      const failing = jest.spyOn(shop().store, 'addLines').mockImplementationOnce(async (cart, lines) => {
        await addLines(cart, lines.slice(0, 1));
        throw silent();
      });
      const client = shop().browser();
      expect((await client.get(startUrl, HTML)).status).toBe(503);
      const answer = (await client.get(startUrl, JSON_WANTED)).json();
      failing.mockRestore();
      expect(answer.restored).toEqual([
        { supplierPartId: 'SKU-001', requested: '2', got: '2' },
        { supplierPartId: 'SKU-001', requested: '3', got: '3' },
      ]);
      expect(await linesOf(client)).toEqual({ 'SKU-001': 5 });
    });

    it("cxml.md 7.8: the buyer's first action completes it, a transfer or an added article", async () => {
      const broken = async (): Promise<WebClient> => {
        const startUrl = await editing(shop(), [{ sku: 'SKU-001', quantity: '2' }]);
        const failing = jest.spyOn(shop().store, 'addLines').mockRejectedValueOnce(silent());
        const client = shop().browser();
        expect((await client.get(startUrl, HTML)).status).toBe(503);
        failing.mockRestore();
        expect(await isActive(client)).toBe(true);
        return client;
      };
      const transferring = await broken();
      expect(cartFields(await transferring.get(TRANSFER, SAME))['cXML-urlencoded']).toMatch(/<ItemIn quantity="2"/);
      const adding = await broken();
      await put(adding, 'SKU-001', 1);
      expect(await linesOf(adding)).toEqual({ 'SKU-001': 3 });
      const looking = await broken();
      expect(await linesOf(looking)).toEqual({ 'SKU-001': 2 });
    });

    it('five visits at once restore once', async () => {
      const startUrl = await editing(shop(), [{ sku: 'SKU-001', quantity: '2' }]);
      const client = shop().browser();
      const failing = jest.spyOn(shop().store, 'addLines').mockRejectedValueOnce(silent());
      await client.get(startUrl, HTML);
      failing.mockRestore();
      await Promise.all(Array.from({ length: 5 }, () => client.get(startUrl, HTML)));
      expect(await linesOf(client)).toEqual({ 'SKU-001': 2 });
    });

    it('a session that is over restores nothing', async () => {
      const startUrl = await editing(shop(), [{ sku: 'SKU-001', quantity: '2' }]);
      const failing = jest.spyOn(shop().store, 'addLines').mockRejectedValueOnce(silent());
      const client = shop().browser();
      await client.get(startUrl, HTML);
      failing.mockRestore();
      await setRow(shop(), idOf(startUrl), { expires_at: new Date(Date.now() - 1000) });
      expect((await client.get(startUrl, JSON_WANTED)).status).toBe(410);
      expect((await rowOf(shop(), idOf(startUrl)))['restored_at']).toBeNull();
    });
  });
});

describeShop('restoreReport: "shop"', { connector: { restoreReport: 'shop' } }, (shop) => {
  it('the login lands in the cart, whose page shows the differences', async () => {
    const client = shop().browser();
    const answer = await client.get(await editing(shop(), CHANGED), HTML);
    expect(answer.location).toBe(`${shop().url}/checkout/cart`);
    const page = await client.get(answer.location, HTML);
    expect([...page.text.matchAll(/<p class="note">([^<]*)/g)].map(([, text]) => text)).toEqual([
      expect.stringContaining('SKU-001'),
      expect.stringContaining('GONE'),
    ]);
  });
});
