import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  cartFields,
  cxmlStatus,
  idOf,
  postXml,
  put,
  SESSION,
  setRow,
  setupXml,
  shopping,
  startUrlOf,
} from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { HTML, JSON_WANTED } from '../../support/web-client.js';
import { askAdmin } from '../admin/admin-calls.js';
import { addOperators, emailOf, signedIn } from '../console/console-visitor.js';
import { orderXml, post } from './purchase-order-calls.js';

describeShop('prices that the shop changed after a cart was sent', {}, (shop) => {
  let worker: { stop(): Promise<void> };
  beforeAll(() => {
    worker = shop().connector.startWorker();
  });
  afterAll(() => worker.stop());

  const settle = async (settings: object): Promise<void> => {
    const question = { params: { connection: 'company-cxml' }, body: { settings }, headers: { 'if-match': '*' } };
    expect((await askAdmin(shop(), 'adminChangeConnection', question)).status).toBe(200);
  };
  const priced = (id: string, price: string) =>
    shop().store.importProducts('demo', randomUUID(), [{ id, title: 'Bolt', price, currency: 'EUR', unit: 'C62' }]);
  /** Sends a cart with an article at 12.50 and one whose price stays. */
  async function offer(): Promise<{ article: string; transmissionId: string; sentAt: Date }> {
    const article = `BOLT-${randomUUID().slice(0, 8)}`;
    await priced(article, '12.50');
    const { client, transmissionId } = await shopping(shop());
    await put(client, article, 3);
    await put(client, 'NB-1024', 200);
    const sent = cartFields(await client.post(`${SESSION}/logout?transferred=1`, {}, HTML));
    expect(sent['cXML-urlencoded']).toContain('12.50');
    const row = await shop().knex('transfer_payload').where({ transmission_id: transmissionId }).first();
    return { article, transmissionId, sentAt: row.stored_at };
  }
  const order = (article: string, transmissionId: string, orderId: string) => {
    const lines = [{ sku: article, aux: `line-${article}`, quantity: '3', price: '12.50' }];
    const rest = { sku: 'NB-1024', aux: 'line-NB-1024', quantity: '200', price: '0.58' };
    const quote = transmissionId.slice('demo_'.length);
    return post(shop(), orderXml({ orderId, quote, lines: [...lines, rest] }));
  };
  /** As the session API gives the messages of a session. */
  async function driftsOf(transmissionId: string): Promise<Record<string, unknown>[]> {
    const answer = await shop()
      .browser()
      .get(`/v1/punchout/sessions/${transmissionId}/messages`, { authorization: 'Bearer demo-api-key' });
    const { messages } = answer.json().data;
    return messages
      .filter(({ kind }: { kind: string }) => kind === 'Price drift')
      .map(({ content }: { content: string }) => JSON.parse(content));
  }
  const isDone = async (): Promise<boolean> =>
    (await shop().knex('job').where({ kind: 'compare-prices' })).length === 0;

  it('an order within the days of the offer: the offer holds, and the log says from which price to which', async () => {
    await settle({ cxml: { offerDays: 30 } });
    const { article, transmissionId, sentAt } = await offer();
    await priced(article, '13.75');
    const orderId = `PO-${randomUUID().slice(0, 8)}`;
    const answer = cxmlStatus(await order(article, transmissionId, orderId));
    expect([answer.code, answer.text]).toEqual(['200', expect.anything()]);
    await until(async () => (await driftsOf(transmissionId)).length > 0);
    const day = sentAt.toISOString().slice(0, 10);
    expect(await driftsOf(transmissionId)).toEqual([
      {
        text: [
          `Article ${article}: offered at 12.50 EUR on ${day}, now 13.75 EUR in the shop.`,
          `The offer, for 30 days, holds: purchase order ${orderId} was compared with the offered prices.`,
        ],
        outcome: 'offer_held',
        order_id: orderId,
        offer: { session_id: transmissionId, sent_at: sentAt.toISOString(), days: 30 },
        lines: [{ supplier_part_id: article, offered: '12.50', present: '13.75', currency: 'EUR' }],
      },
    ]);
    await addOperators(shop());
    const operator = await signedIn(shop(), emailOf('engineer'));
    const page = (await operator.get(`/sessions/${transmissionId}`)).text;
    expect(page).toContain(`Article ${article}: offered at 12.50 EUR, now 13.75 EUR in the shop.`);
    expect(page).toContain(`The offer holds: purchase order ${orderId} was compared with the offered prices.`);
    const german = (await operator.browser.get(`/console/sessions/${transmissionId}`, { 'accept-language': 'de' }))
      .text;
    expect(german).toContain(`Artikel ${article}: angeboten für 12,50 EUR, jetzt 13,75 EUR im Shop.`);
    expect(german).toContain(`Das Angebot gilt: Bestellung ${orderId}`);
  });

  it('an order after the days of the offer: it had ended, and a person decides', async () => {
    await settle({ cxml: { offerDays: 30 } });
    const { article, transmissionId } = await offer();
    await priced(article, '13.75');
    const long = new Date(Date.now() - 45 * 86_400_000);
    await setRow(shop(), transmissionId, { ended_at: long });
    await shop().knex('transfer_payload').where({ transmission_id: transmissionId }).update({ stored_at: long });
    expect(cxmlStatus(await order(article, transmissionId, `PO-${randomUUID().slice(0, 8)}`)).code).toBe('201');
    await until(async () => (await driftsOf(transmissionId)).length > 0);
    expect(await driftsOf(transmissionId)).toMatchObject([{ outcome: 'offer_ended', lines: [{ present: '13.75' }] }]);
  });

  it('nothing is noted while the prices are the same, also at the price of 200 pieces', async () => {
    await settle({ cxml: { offerDays: null } });
    const { article, transmissionId } = await offer();
    expect(cxmlStatus(await order(article, transmissionId, `PO-${randomUUID().slice(0, 8)}`)).code).toBe('200');
    await until(isDone);
    expect(await driftsOf(transmissionId)).toEqual([]);
  });

  it.each([
    ['names its price', '12.50', true],
    ['names no price', undefined, false],
  ])(
    'an edit whose call-up %s: the log names offer and present price, and whether the buyer was told',
    async (_, price, told) => {
      const { article, transmissionId } = await offer();
      await priced(article, '13.75');
      const call = setupXml({
        operation: 'edit',
        items: [{ sku: article, quantity: '3', auxiliaryId: `line-${article}` }],
      });
      const detail = `<ItemDetail><UnitPrice><Money currency="EUR">${price}</Money></UnitPrice></ItemDetail>`;
      const document = price === undefined ? call : call.replace('</ItemOut>', `${detail}</ItemOut>`);
      const startUrl = startUrlOf(await postXml(shop().browser(), document));
      const { restored } = (await shop().browser().get(startUrl, JSON_WANTED)).json();
      expect(JSON.stringify(restored).includes('price_changed')).toBe(told);
      const edit = idOf(startUrl);
      await until(async () => (await driftsOf(edit)).length > 0);
      expect(await driftsOf(edit)).toMatchObject([
        {
          outcome: 'present_price_used',
          offer: { session_id: transmissionId },
          lines: [{ supplier_part_id: article, offered: '12.50', present: '13.75', buyer_told: told }],
        },
      ]);
    },
  );
});
