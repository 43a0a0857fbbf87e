import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { cartTotal } from '../../../src/domain/cart/cart-total.js';
import { SESSION, cartFields, put, rowOf, setupXml, shopping } from '../../support/call-ups.js';
import type { RunningShop } from '../../support/running-shop.js';
import { type Answer, NAVIGATION } from '../../support/web-client.js';

const ORDER = '/v1/punchout/order';

export interface OrderWish {
  orderId: string;
  payloadId?: string;
  type?: string;
  quote?: string;
  /** Payload id of the document that it refers to. */
  reference?: string;
  lines: { sku: string; aux?: string; quantity: string; price: string }[];
  /** Default: the sum of the lines. */
  total?: string;
}

export function orderXml({
  orderId,
  payloadId = `${randomUUID()}@buyer.example`,
  type = 'new',
  quote,
  reference,
  lines,
  total = sumOf(lines),
}: OrderWish): string {
  const items = lines.map(
    ({ sku, aux, quantity, price }, index) =>
      `<ItemOut quantity="${quantity}" lineNumber="${index + 1}"><ItemID><SupplierPartID>${sku}</SupplierPartID>` +
      `${aux === undefined ? '' : `<SupplierPartAuxiliaryID>${aux}</SupplierPartAuxiliaryID>`}</ItemID>` +
      `<ItemDetail><UnitPrice><Money currency="EUR">${price}</Money></UnitPrice><Description xml:lang="de">` +
      'x</Description><UnitOfMeasure>C62</UnitOfMeasure><Classification domain="UNSPSC">1</Classification>' +
      '</ItemDetail></ItemOut>',
  );
  const header =
    `<OrderRequestHeader orderID="${orderId}" orderDate="2024-01-15T10:30:00+00:00" type="${type}"><Total>` +
    `<Money currency="EUR">${total}</Money></Total><BillTo><Address><Name xml:lang="de">Company GmbH</Name>` +
    `</Address></BillTo>${quote === undefined ? '' : `<SupplierOrderInfo orderID="${quote}"/>`}` +
    `${reference === undefined ? '' : `<DocumentReference payloadID="${reference}"/>`}</OrderRequestHeader>`;
  return setupXml({ payloadId }).replace(
    /<PunchOutSetupRequest[\s\S]*<\/PunchOutSetupRequest>/,
    `<OrderRequest>${header}${items.join('')}</OrderRequest>`,
  );
}

function sumOf(lines: OrderWish['lines']): string {
  return cartTotal(
    lines.map(({ quantity, price }) => ({ quantity, unitPrice: price, priceBasis: '1' })),
    'EUR',
  );
}

export const post = (shop: RunningShop, document: string | Buffer, contentType = 'text/xml'): Promise<Answer> =>
  shop.browser().send(ORDER, { method: 'POST', body: document, headers: { 'content-type': contentType } });

/** Sends a cart with three pens and a chair. */
export async function sent(shop: RunningShop): Promise<{ transmissionId: string; quote: string }> {
  const { client, transmissionId } = await shopping(shop);
  await put(client, 'NB-1024', '3');
  await put(client, 'NB-1088', '1');
  expect(Object.keys(cartFields(await client.get(`${SESSION}/logout?transferred=1`, NAVIGATION)))).not.toEqual([]);
  expect((await rowOf(shop, transmissionId))['status']).toBe('transferred');
  return { transmissionId, quote: transmissionId.slice('demo_'.length) };
}

export const LINES = [
  { sku: 'NB-1024', aux: 'line-NB-1024', quantity: '3', price: '0.89' },
  { sku: 'NB-1088', aux: 'line-NB-1088', quantity: '1', price: '389.00' },
];
