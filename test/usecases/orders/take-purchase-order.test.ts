import { describe, expect, it } from '@jest/globals';
import type { Connection } from '../../../src/domain/access/connection.js';
import type { KeptOrder, PurchaseOrder } from '../../../src/domain/orders/purchase-order.js';
import { takePurchaseOrder } from '../../../src/usecases/orders/take-purchase-order.js';

/** Takes documents of the order PO-1 one after the other. Returns the version of each, or the refusal. */
function taker() {
  const stored: KeptOrder[] = [];
  const take = takePurchaseOrder({
    purchaseOrders: {
      find: async () => [...stored],
      findByPayloadId: async () => [],
      ofTransmission: async () => [],
      list: async () => ({ orders: [] }),
      placeAgain: async () => false,
      keep: async (kept) => stored.push({ ...kept, receivedAt: new Date() }) > 0,
      placed: async () => undefined,
      sentCarts: async () => [],
    },
    readSent: () => undefined,
    record: async () => undefined,
    storeTakesOrders: false,
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else of a connection is read
  const connection = { tenantId: 't', connectionId: 'c', settings: { cxml: {}, units: {} } } as unknown as Connection;
  return async (payloadId: string, kind: PurchaseOrder['kind'], quantity: string): Promise<number | string> => {
    const order: PurchaseOrder = { orderId: 'PO-1', kind, references: [], lines: [{ supplierPartId: 'A', quantity }] };
    const taken = await take({
      connection,
      payloadId,
      order,
      attachments: [],
      document: new Uint8Array(),
      contentType: 'text/xml',
    });
    return taken.ok ? taken.value.version : taken.refusal.code;
  };
}

describe('cxml.md 9.2, 9.3: the type and the content of an order identify a repeat', () => {
  it.each([
    ['always the same payloadID', ['X', 'X', 'X', 'X']],
    ['no payloadID', ['', '', '', '']],
    ['a different payloadID each', ['1', '2', '3', '4']],
  ])('%s', async (_, [a, b, c, d]) => {
    const take = taker();
    expect(await take(a!, 'new', '1')).toBe(1);
    expect(await take(a!, 'new', '1')).toBe(1);
    expect(await take(a!, 'new', '2')).toBe('ORDER_CONFLICT');
    expect(await take(b!, 'update', '2')).toBe(2);
    expect(await take(b!, 'update', '2')).toBe(2);
    expect(await take(c!, 'update', '3')).toBe(3);
    expect(await take(a!, 'new', '1')).toBe(1);
    expect(await take(d!, 'delete', '3')).toBe(4);
    expect(await take(d!, 'delete', '3')).toBe(4);
  });

  it('an update that returns to earlier content is a version, if all have one payloadID', async () => {
    const take = taker();
    for (const [version, quantity] of ['1', '2', '3', '2'].entries())
      expect(await take('X', version === 0 ? 'new' : 'update', quantity)).toBe(version + 1);
  });

  it('an update that is repeated late is that update, if each has its own payloadID', async () => {
    const take = taker();
    for (const [version, quantity] of ['1', '2', '3'].entries())
      expect(await take(`id-${version}`, version === 0 ? 'new' : 'update', quantity)).toBe(version + 1);
    expect(await take('id-1', 'update', '2')).toBe(2);
  });
});
