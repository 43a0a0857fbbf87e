import { describe, expect, it } from '@jest/globals';
import type { CartLine } from '../../../src/domain/cart/cart.js';
import {
  driftDocument,
  driftOf,
  offeredLines,
  readDrift,
  toldArticles,
} from '../../../src/domain/orders/price-drift.js';

function line(sku: string, change: Partial<CartLine> = {}): CartLine {
  return {
    lineId: `line-${sku}`,
    kind: 'product',
    sku,
    productKey: sku,
    auxiliaryId: `key-${sku}`,
    quantity: '10',
    unitPrice: '12.50',
    priceBasis: '1',
    unit: 'C62',
    name: sku,
    classifications: [],
    customFields: {},
    ...change,
  };
}

describe('the price of a line beside that of today', () => {
  it('differs for one unit, whatever the price basis is', () => {
    const now = line('A', { unitPrice: '1375', priceBasis: '100' });
    expect(driftOf(line('A'), now, 'EUR')).toEqual({
      supplierPartId: 'A',
      offered: '12.50',
      present: '13.75',
      currency: 'EUR',
    });
    expect(driftOf(line('A'), line('A', { unitPrice: '1250', priceBasis: '100' }), 'EUR')).toBeUndefined();
  });

  it('is not compared with that of another quantity, or of an article that is gone', () => {
    expect(driftOf(line('A'), line('A', { quantity: '1', unitPrice: '15.00' }), 'EUR')).toBeUndefined();
    expect(driftOf(line('A'), undefined, 'EUR')).toBeUndefined();
  });
});

describe('the lines that are compared', () => {
  it('are those of the items, each product once, without discounts, bundles and their parts', () => {
    const lines = [
      line('A'),
      line('A', { lineId: 'again', auxiliaryId: 'again', quantity: '2' }),
      line('B'),
      line('SET'),
      line('PART', { parentLineId: 'line-SET' }),
      line('SAVE', { kind: 'promotion' }),
    ];
    const items = ['A', 'SET', 'PART', 'SAVE', 'UNKNOWN'].map((supplierPartId) => ({ supplierPartId }));
    const again = { supplierPartId: 'A', auxiliaryId: 'again' };
    expect(offeredLines({ lines }, [...items, again]).map(({ lineId }) => lineId)).toEqual(['line-A']);
  });

  it('a told article is found by the key of its item, under the number that the shop has for it', () => {
    const lines = [line('A'), line('B')];
    const items = [{ supplierPartId: 'MAPPED-A', auxiliaryId: 'key-A' }, { supplierPartId: 'B' }];
    const price = { claimed: '12.50', now: '13.75', currency: 'EUR' };
    const restored = [
      { supplierPartId: 'MAPPED-A', requested: '1', got: '1', price },
      { supplierPartId: 'B', requested: '1', got: '1' },
    ];
    expect([...toldArticles({ lines }, items, restored)]).toEqual(['A']);
  });
});

it('a document of the message log is read as it was written', () => {
  const sentAt = new Date('2026-01-15T10:30:00.123Z');
  const lines = [{ supplierPartId: 'A', offered: '1.00', present: '1.10', currency: 'EUR', buyerTold: false }];
  for (const drift of [
    { offer: { sessionId: 's', sentAt, days: 30 }, orderId: 'PO-1', outcome: 'offer_ended' as const, lines },
    { offer: { sessionId: 's', sentAt }, outcome: 'present_price_used' as const, lines },
  ])
    expect(readDrift(driftDocument(drift))).toEqual(drift);
});
