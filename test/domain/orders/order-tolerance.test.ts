import { describe, expect, it } from '@jest/globals';
import { compareOrder } from '../../../src/domain/orders/compare-order.js';
import { endedOffer, type OrderTolerance } from '../../../src/domain/orders/order-tolerance.js';
import type { PurchaseLine } from '../../../src/domain/orders/purchase-order.js';

const euro = (amount: string) => ({ amount, currency: 'EUR' });
const line = (supplierPartId: string, quantity: string, price: string): PurchaseLine => ({
  supplierPartId,
  quantity,
  unitPrice: euro(price),
});

describe('an order within the tolerance of its connection', () => {
  const sent = { lines: [line('A', '10', '2.00'), line('B', '1', '5.00')], total: euro('25.00') };
  const kinds = (lines: PurchaseLine[], total: string, tolerance: OrderTolerance): string[] =>
    compareOrder({ lines, total: euro(total) }, sent, {}, tolerance).map(({ kind }) => kind);

  it.each<[string, PurchaseLine[], string, OrderTolerance, string[]]>([
    ['price up to the limit', [line('A', '10', '2.04'), line('B', '1', '5.00')], '25.40', { pricePercent: '2' }, []],
    ['price down to the limit', [line('A', '10', '1.96'), line('B', '1', '5.00')], '24.60', { pricePercent: '2' }, []],
    [
      'a cent above',
      [line('A', '10', '2.05'), line('B', '1', '5.00')],
      '25.50',
      { pricePercent: '2' },
      ['price', 'total'],
    ],
    ['no tolerance', [line('A', '10', '2.04'), line('B', '1', '5.00')], '25.40', {}, ['price', 'total']],
    ['fewer pieces', [line('A', '4', '2.00'), line('B', '1', '5.00')], '13.00', { fewerPieces: true }, []],
    ['a line less', [line('A', '10', '2.00')], '20.00', { fewerPieces: true }, []],
    [
      'more pieces',
      [line('A', '11', '2.00'), line('B', '1', '5.00')],
      '27.00',
      { fewerPieces: true },
      ['quantity', 'total'],
    ],
    ['another article', [line('A', '4', '2.00'), line('C', '1', '5.00')], '13.00', { fewerPieces: true }, ['added']],
    ['its own sum is wrong', [line('A', '4', '2.00')], '9.00', { fewerPieces: true }, ['total']],
    ['the total alone differs', sent.lines, '26.00', { fewerPieces: true, pricePercent: '5' }, ['total']],
  ])('%s', (_, lines, total, tolerance, expected) => {
    expect(kinds(lines, total, tolerance)).toEqual(expected);
  });
});

describe('endedOffer', () => {
  const sentAt = new Date('2026-01-01T12:00:00Z');
  it.each([
    ['in time', 30, '2026-01-31T11:59:59Z', undefined],
    ['one second late', 30, '2026-01-31T12:00:00Z', { kind: 'expired', supplierPartId: '', sent: '30', ordered: '30' }],
    ['without an end', undefined, '2036-01-01T12:00:00Z', undefined],
  ])('%s', (_, days, orderedAt, expected) => {
    expect(endedOffer(days, sentAt, new Date(orderedAt))).toEqual(expected);
  });
});
