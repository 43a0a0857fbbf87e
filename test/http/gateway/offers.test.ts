import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import {
  cartFields,
  cxmlStatus,
  postXml,
  put,
  SESSION,
  setRow,
  setupXml,
  shopping,
  startUrlOf,
} from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { HTML, JSON_WANTED } from '../../support/web-client.js';
import { askAdmin } from '../admin/admin-calls.js';
import { addOperators, emailOf, signedIn } from '../console/console-visitor.js';
import { LINES, orderXml, post, sent } from './purchase-order-calls.js';

describeShop('offers: price kind, cookie on the line, and what an order may differ by', {}, (shop) => {
  const settle = async (settings: object): Promise<void> => {
    const fresh = {
      prices: null,
      cxml: { auxiliaryId: null, offerDays: null, priceTolerance: null, fewerPieces: null },
    };
    for (const wish of [fresh, settings]) {
      const question = { params: { connection: 'company-cxml' }, body: { settings: wish } };
      expect((await askAdmin(shop(), 'adminChangeConnection', question)).status).toBe(200);
    }
  };
  const cartOf = async (): Promise<{ document: string; transmissionId: string }> => {
    const { client, transmissionId } = await shopping(shop());
    await put(client, 'SKU-001', 2);
    const page = await client.get(`${SESSION}/logout?transferred=1`, HTML);
    return { document: cartFields(page)['cXML-urlencoded'] ?? '', transmissionId };
  };
  const order = (lines: object[], quote: string) =>
    post(shop(), orderXml({ orderId: `PO-${randomUUID().slice(0, 8)}`, quote, lines: lines as typeof LINES }));

  it('gross: prices with tax, no Tax beside them; an edit at these prices finds no difference', async () => {
    await settle({ prices: 'gross' });
    const { document } = await cartOf();
    expect(document).toContain('<UnitPrice><Money currency="EUR">594.9881</Money></UnitPrice>');
    expect(document).toContain('<Total><Money currency="EUR">1189.98</Money></Total>');
    expect(document).not.toContain('<Tax>');
    const restored = async (price: string): Promise<unknown> => {
      const detail = `<ItemDetail><UnitPrice><Money currency="EUR">${price}</Money></UnitPrice></ItemDetail>`;
      const call = setupXml({ operation: 'edit', items: [{ sku: 'SKU-001', quantity: '2' }] });
      const startUrl = startUrlOf(await postXml(shop().browser(), call.replace('</ItemOut>', `${detail}</ItemOut>`)));
      const client = shop().browser();
      return (await client.get(startUrl, JSON_WANTED)).json().restored;
    };
    expect(JSON.stringify(await restored('594.9881'))).not.toContain('price_changed');
    expect(JSON.stringify(await restored('499.99'))).toContain('price_changed');
  });

  it('without SupplierPartAuxiliaryID an edit still finds the article', async () => {
    await settle({ cxml: { auxiliaryId: false } });
    const { document } = await cartOf();
    expect(document).toContain('<SupplierPartID>SKU-001</SupplierPartID>');
    expect(document).not.toContain('SupplierPartAuxiliaryID');
    const { client } = await shopping(shop(), { operation: 'edit', items: [{ sku: 'SKU-001', quantity: '2' }] });
    expect((await client.get('/checkout/cart', HTML)).text).toContain('SKU-001');
  });

  it('an order within the tolerance is a match, one outside is not', async () => {
    await settle({ cxml: { priceTolerance: '2.5', fewerPieces: true } });
    const [pen] = LINES;
    if (pen === undefined) throw new Error('no line');
    const near = (Number(pen.price) * 1.02).toFixed(4);
    const first = await sent(shop());
    expect(cxmlStatus(await order([{ ...pen, quantity: '1', price: near }], first.quote)).code).toBe('200');
    const far = (Number(pen.price) * 1.03).toFixed(4);
    const second = await sent(shop());
    const answer = cxmlStatus(await order([{ ...pen, price: far }], second.quote));
    expect([answer.code, answer.text]).toEqual(['201', expect.stringContaining('price')]);
  });

  it('an order after the days of the offer is a mismatch, and the console says why', async () => {
    await settle({ cxml: { offerDays: 30 } });
    const fresh = await sent(shop());
    expect(cxmlStatus(await order(LINES, fresh.quote)).code).toBe('200');
    const old = await sent(shop());
    await setRow(shop(), old.transmissionId, { ended_at: new Date(Date.now() - 45 * 86_400_000) });
    const orderId = `PO-${randomUUID().slice(0, 8)}`;
    const answer = cxmlStatus(await post(shop(), orderXml({ orderId, quote: old.quote, lines: LINES })));
    expect(answer.code).toBe('201');
    expect(answer.text).toContain('45 days after the cart, whose prices were offered for 30 days');
    await addOperators(shop());
    const operator = await signedIn(shop(), emailOf('engineer'));
    const page = await operator.get(`/orders/company-cxml?order=${orderId}`);
    expect(page.text).toContain('offered for 30 days');
  });
});
