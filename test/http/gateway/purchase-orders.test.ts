import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { SESSION, cartFields, cxmlStatus, postXml, put, rowOf, setupXml, shopping } from '../../support/call-ups.js';
import { type RunningShop, describeMounted } from '../../support/running-shop.js';
import { type Answer, NAVIGATION } from '../../support/web-client.js';
import { ask } from './api/api-calls.js';

const ORDER = '/v1/punchout/order';

interface OrderWish {
  orderId: string;
  payloadId?: string;
  type?: string;
  quote?: string;
  lines: { sku: string; aux?: string; quantity: string; price: string }[];
}

function orderXml({ orderId, payloadId = `${randomUUID()}@buyer.example`, type = 'new', quote, lines }: OrderWish): string {
  const items = lines.map(({ sku, aux, quantity, price }, index) => `<ItemOut quantity="${quantity}" lineNumber="${index + 1}"><ItemID><SupplierPartID>${sku}</SupplierPartID>${aux === undefined ? '' : `<SupplierPartAuxiliaryID>${aux}</SupplierPartAuxiliaryID>`}</ItemID><ItemDetail><UnitPrice><Money currency="EUR">${price}</Money></UnitPrice><Description xml:lang="de">x</Description><UnitOfMeasure>C62</UnitOfMeasure><Classification domain="UNSPSC">1</Classification></ItemDetail></ItemOut>`);
  const header = `<OrderRequestHeader orderID="${orderId}" orderDate="2024-01-15T10:30:00+00:00" type="${type}"><Total><Money currency="EUR">1</Money></Total><BillTo><Address><Name xml:lang="de">Company GmbH</Name></Address></BillTo>${quote === undefined ? '' : `<SupplierOrderInfo orderID="${quote}"/>`}</OrderRequestHeader>`;
  return setupXml({ payloadId }).replace(/<PunchOutSetupRequest[\s\S]*<\/PunchOutSetupRequest>/, `<OrderRequest>${header}${items.join('')}</OrderRequest>`);
}

const post = (shop: RunningShop, document: string | Buffer, contentType = 'text/xml'): Promise<Answer> => shop.browser().send(ORDER, { method: 'POST', body: document, headers: { 'content-type': contentType } });

/** A cart of three pens and a chair that was sent. */
async function sent(shop: RunningShop): Promise<{ transmissionId: string; quote: string }> {
  const { client, transmissionId } = await shopping(shop);
  await put(client, 'NB-1024', '3');
  await put(client, 'NB-1088', '1');
  expect(Object.keys(cartFields(await client.get(`${SESSION}/logout?transferred=1`, NAVIGATION)))).not.toEqual([]);
  expect((await rowOf(shop, transmissionId))['status']).toBe('transferred');
  return { transmissionId, quote: transmissionId.slice('demo_'.length) };
}

const LINES = [
  { sku: 'NB-1024', aux: 'line-NB-1024', quantity: '3', price: '0.89' },
  { sku: 'NB-1088', aux: 'line-NB-1088', quantity: '1', price: '389.00' },
];

describeMounted('RULES 9: purchase orders', {}, (shop) => {
  const number = (): string => `PO-${randomUUID().slice(0, 8)}`;
  const orders = (orderId: string): Promise<unknown[]> => shop().knex('purchase_order').where({ order_id: orderId });

  it.each([['our order number in SupplierOrderInfo', true, true], ['the auxiliary ids of its lines', false, true]])('is matched by %s, kept before 200, recorded for the parties, and shown with its session', async (_, named, aux) => {
    await shop().knex('transmission').where({ status: 'transferred' }).update({ status: 'closed' });
    const { transmissionId, quote } = await sent(shop());
    const orderId = number();
    const lines = aux ? LINES : LINES.map(({ aux: __, ...line }) => line);
    const answer = await post(shop(), orderXml({ orderId, ...(named ? { quote } : {}), lines }));
    expect([answer.status, cxmlStatus(answer).code]).toEqual([200, '200']);
    expect((await rowOf(shop(), transmissionId))['status']).toBe('order_created');
    expect(await shop().knex('connect_order').where({ merchant_order_id: orderId }).pluck('transmission_id')).toEqual([transmissionId]);
    const session = (await ask(shop(), 'getSession', { id: transmissionId })).json();
    expect(session.data).toMatchObject({ status: 'completed', purchase_orders: [{ order_id: orderId, type: 'new', version: 1, verdict: 'matched', mismatches: [], attachments: [] }] });
  });

  it('what differs from the cart that was sent is told, kept and shown, and not recorded', async () => {
    const { transmissionId, quote } = await sent(shop());
    const orderId = number();
    const [pen] = LINES;
    const answer = await post(shop(), orderXml({ orderId, quote, lines: [{ ...pen!, quantity: '5', price: '0.10' }, { sku: 'NB-1031', quantity: '1', price: '5.40' }] }));
    expect(cxmlStatus(answer).code).toBe('201');
    expect(cxmlStatus(answer).text).toContain('quantity 5 in place of 3');
    const { purchase_orders: [order] } = (await ask(shop(), 'getSession', { id: transmissionId })).json().data;
    expect(order.verdict).toBe('mismatch');
    expect(order.mismatches.map(({ kind, supplier_part_id }: Record<string, string>) => `${kind} ${supplier_part_id}`)).toEqual(['quantity NB-1024', 'price NB-1024', 'added NB-1031', 'missing NB-1088']);
    expect(await shop().knex('connect_order').where({ merchant_order_id: orderId })).toEqual([]);
    expect((await rowOf(shop(), transmissionId))['status']).toBe('transferred');
  });

  it('a document again has one effect and the same answer, one that says something else is a conflict', async () => {
    const { quote } = await sent(shop());
    const orderId = number();
    const wish = { orderId, quote, payloadId: `${randomUUID()}@buyer.example`, lines: LINES };
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(shop(), orderXml(wish))));
    expect(answers.map((answer) => cxmlStatus(answer).code)).toEqual(Array.from({ length: 5 }, () => '200'));
    expect(cxmlStatus(await post(shop(), orderXml({ ...wish, payloadId: 'another@buyer.example' }))).code).toBe('200');
    expect(cxmlStatus(await post(shop(), orderXml({ ...wish, lines: LINES.slice(1) }))).code).toBe('409');
    expect(cxmlStatus(await post(shop(), orderXml({ ...wish, payloadId: randomUUID(), lines: LINES.slice(1) }))).code).toBe('409');
    expect(await orders(orderId)).toHaveLength(1);
    expect(await shop().knex('connect_order').where({ merchant_order_id: orderId })).toHaveLength(1);
  });

  it('update and delete are versions of the order', async () => {
    const { transmissionId, quote } = await sent(shop());
    const orderId = number();
    await post(shop(), orderXml({ orderId, quote, lines: LINES }));
    expect(cxmlStatus(await post(shop(), orderXml({ orderId, type: 'update', lines: LINES.slice(1) }))).code).toBe('201');
    expect(cxmlStatus(await post(shop(), orderXml({ orderId, type: 'delete', lines: LINES }))).code).toBe('200');
    expect((await ask(shop(), 'getSession', { id: transmissionId })).json().data.purchase_orders.map(({ type, version, verdict }: Record<string, unknown>) => [type, version, verdict])).toEqual([['new', 1, 'matched'], ['update', 2, 'mismatch'], ['delete', 3, 'matched']]);
    expect(cxmlStatus(await post(shop(), orderXml({ orderId: number(), type: 'delete', lines: LINES }))).code).toBe('400');
  });

  it('multipart/related: the document is read, what is attached is kept', async () => {
    const orderId = number();
    const xml = orderXml({ orderId, lines: [{ sku: 'FREE', quantity: '1', price: '1' }] });
    const body = `--b\r\nContent-Type: text/xml; charset=UTF-8\r\nContent-ID: <main@x>\r\n\r\n${xml}\r\n--b\r\nContent-Type: application/pdf\r\nContent-ID: <note.pdf@x>\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--b--\r\n`;
    expect(cxmlStatus(await post(shop(), body, 'multipart/related; boundary="b"; type="text/xml"; start="<main@x>"')).code).toBe('200');
    const [row] = (await orders(orderId)) as { verdict: string; attachments: unknown; document: Uint8Array }[];
    expect(row).toMatchObject({ verdict: 'unmatched', attachments: [{ name: 'note.pdf@x', contentType: 'application/pdf', size: 5 }] });
    expect(Buffer.from(row!.document).toString()).toBe(body.replace('SecretPassword123', ''));
  });

  it.each([['base64', (xml: string) => Buffer.from(`--b\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(xml).toString('base64')}\r\n--b--`), 'multipart/related; boundary=b'], ['UTF-16', (xml: string) => Buffer.from(`\ufeff${xml.replace('encoding="UTF-8"', 'encoding="UTF-16"')}`, 'utf16le'), 'text/xml']])('no secret is kept, in %s neither', async (_, encode, contentType) => {
    const orderId = number();
    expect(cxmlStatus(await post(shop(), encode(orderXml({ orderId, lines: [{ sku: 'FREE', quantity: '1', price: '1' }] })), contentType)).code).toBe('200');
    const [row] = (await orders(orderId)) as { document: Uint8Array }[];
    expect(Buffer.from(row!.document).toString('latin1').replaceAll('\0', '')).not.toMatch(/SecretPassword123|U2VjcmV0/);
  });

  it('is authenticated like a call-up, also at its address', async () => {
    const orderId = number();
    const document = orderXml({ orderId, lines: LINES });
    expect(cxmlStatus(await post(shop(), document.replace('SecretPassword123', 'wrong'))).code).toBe('401');
    expect(cxmlStatus(await post(shop(), document.replace(/orderID="[^"]*"/, ''))).code).toBe('406');
    expect(await orders(orderId)).toEqual([]);
    expect(cxmlStatus(await postXml(shop().browser(), document.replaceAll('line-NB', 'no-NB'))).code).toBe('200');
  });
});
