import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { DEMO } from '../../../src/demo/seed-demo.js';
import { SESSION, cartFields, shopping } from '../../support/call-ups.js';
import { describeShop, type RunningShop } from '../../support/running-shop.js';
import { JSON_WANTED, NAVIGATION, type WebClient } from '../../support/web-client.js';

const TRANSFER = `${SESSION}/logout?transferred=1`;
const SAME = { ...NAVIGATION, 'sec-fetch-site': 'same-origin' };
const LINES = 300;

async function withLargeCart(shop: RunningShop): Promise<WebClient> {
  const { client, transmissionId } = await shopping(shop);
  const numbers = Array.from({ length: LINES }, (_, at) => `BULK-${at}`);
  await shop.store.importProducts(
    DEMO.tenantId,
    randomUUID(),
    numbers.map((id) => ({ id, title: `Schraube "${id}" <ä> & 'Mutter'`, price: '1.05', currency: 'EUR', unit: 'EA' })),
  );
  await shop.store.addLines(
    shop.store.cartRef(DEMO.tenantId, transmissionId, {}),
    numbers.map((supplierPartId) => ({ supplierPartId, quantity: '2' })),
  );
  return client;
}

describeShop('transfer of a large cart', {}, (shop) => {
  it('the page has all lines and their total, and is the same when it is asked for again', async () => {
    const client = await withLargeCart(shop());
    const first = await client.get(TRANSFER, SAME);
    expect([first.status, first.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const document = cartFields(first)['cXML-urlencoded'] ?? '';
    expect(document.match(/<ItemIn /g)).toHaveLength(LINES);
    expect(document).toContain('<Total><Money currency="EUR">630.00</Money></Total>');
    expect((await client.get(TRANSFER, SAME)).text).toBe(first.text);
  });

  it('as JSON it has the same parts', async () => {
    const client = await withLargeCart(shop());
    const { payloadId } = (await client.get(TRANSFER, JSON_WANTED)).json() as { payloadId: string };
    const again = (await client.get(TRANSFER, JSON_WANTED)).json() as { payloadId: string };
    expect(again.payloadId).toBe(payloadId);
  });
});
