import { describe, expect, it } from '@jest/globals';
import type { Cart, CartLine } from '../../../src/domain/cart/cart.js';
import type { CxmlVersion } from '../../../src/domain/access/connection.js';
import { compareOrder } from '../../../src/domain/orders/compare-order.js';
import { mismatchText, type PurchaseOrder, type SentLines } from '../../../src/domain/orders/purchase-order.js';
import { linesOfPayload } from '../../../src/protocols/cxml/lines-of-payload.js';
import { parseCxml } from '../../../src/protocols/cxml/parse-cxml.js';
import { writePunchOutOrderMessage } from '../../../src/protocols/cxml/write/write-order-message.js';
import { payloadOf } from '../../contracts/transmissions.js';
import { cart, cartLine, orderMessageInput } from './sample-cart.js';
import { describeWithReference, referenceText } from '../../support/reference.js';

function orderOf(document: string): PurchaseOrder {
  const parsed = parseCxml(document);
  if (!parsed.ok || parsed.value.kind !== 'OrderRequest') throw new Error(JSON.stringify(parsed));
  return parsed.value.order;
}

/** A cart, written for a buyer and read back. */
function sentAs(
  version: CxmlVersion,
  lines: CartLine[],
  change: Partial<Cart> = {},
  articles?: string[],
): SentLines | undefined {
  const written = writePunchOutOrderMessage(orderMessageInput({ cart: cart(lines, change) }, version));
  if (!written.ok) throw new Error(written.refusal.reason);
  return linesOfPayload(payloadOf(written.value.document), articles);
}

/** The ItemOut of an order, each from its attributes and content. */
function order(total: string, ...items: [attributes: string, id: string, detail: string][]): PurchaseOrder {
  const lines = items.map(
    ([attributes, id, detail]) =>
      `<ItemOut ${attributes}><ItemID><SupplierPartID>${id}</SupplierPartID></ItemID>` +
      `<ItemDetail>${detail}</ItemDetail></ItemOut>`,
  );
  return orderOf(
    '<cXML><Header/><Request><OrderRequest><OrderRequestHeader orderID="1"><Total><Money ' +
      `currency="EUR">${total}</Money></Total></OrderRequestHeader>${lines.join('')}</OrderRequest></Request>` +
      '</cXML>',
  );
}

const priced = (amount: string, more = ''): string =>
  `<UnitPrice><Money currency="EUR">${amount}</Money></UnitPrice>${more}`;
const told = (given: PurchaseOrder, sent: SentLines | undefined): string[] =>
  compareOrder(given, sent ?? { lines: [] }).map(({ kind, supplierPartId, comparedWith }) =>
    [kind, supplierPartId || comparedWith].join(' '),
  );

const CASE = 'cases/counterparty-order-conversion-factor.xml';

describeWithReference('cases')('an order with a conversion factor (case counterparty-order-conversion-factor)', () => {
  const given = (): PurchaseOrder => orderOf(referenceText(CASE));
  const cartWith = (conversionFactor: string | undefined, total: string): SentLines => ({
    total: { amount: total, currency: 'EUR' },
    lines: [
      {
        supplierPartId: 'SKU-1',
        auxiliaryId: 'aux-1',
        quantity: '3',
        unit: 'EA',
        unitPrice: { amount: '12.40', currency: 'EUR' },
        conversionFactor,
      },
      {
        supplierPartId: 'SKU-2',
        auxiliaryId: 'aux-2',
        quantity: '250',
        unit: 'EA',
        unitPrice: { amount: '10.00', currency: 'EUR' },
        priceBasis: '100',
      },
    ],
  });

  it('a cart without the conversion factor: the price and a Total without it are mismatches', () => {
    expect(compareOrder(given(), cartWith(undefined, '62.20')).map(mismatchText)).toEqual([
      'line 1, article SKU-1: price 12.40 for 1 (conversion factor 10) in place of 12.40 for 1',
      "the order's total 62.20 in place of 397.00, the sum of its own lines",
    ]);
  });

  it('a cart with the conversion factor: only the Total is a mismatch', () => {
    expect(told(given(), cartWith('10', '397.00'))).toEqual(['total lines']);
  });

  it('a cart with the conversion factor, and the right Total: no mismatch', () => {
    const right = { ...given(), total: { amount: '397.00', currency: 'EUR' } };
    expect(told(right, cartWith('10', '397.00'))).toEqual([]);
    expect(told(right, cartWith('1.0', '62.20'))).toEqual(['price SKU-1', 'total cart']);
  });
});

describe('an order compared with the written cart', () => {
  const BASIS =
    '<UnitOfMeasure>EA</UnitOfMeasure><PriceBasisQuantity quantity="100" conversionFactor="1"><UnitOfMeasure>' +
    'EA</UnitOfMeasure></PriceBasisQuantity>';
  it.each<CxmlVersion>(['1.2.014', '1.2.050', '1.2.071'])('%s: a price for 100', (version) => {
    const sent = sentAs(version, [cartLine({ sku: 'A', quantity: '250', unitPrice: '10.00', priceBasis: '100' })]);
    expect(told(order('25.00', ['quantity="250"', 'A', priced('10.00', BASIS)]), sent)).toEqual([]);
    expect(told(order('25.00', ['quantity="250"', 'A', priced('0.10')]), sent)).toEqual([]);
    expect(
      told(order('25.00', ['quantity="250"', 'A', priced('10.00', BASIS.replace('Factor="1"', 'Factor="100"'))]), sent),
    ).toEqual(['price A', 'total lines']);
  });

  it.each<CxmlVersion>(['1.2.014', '1.2.050', '1.2.071'])(
    '%s: a bundle that is priced at its head is ordered as it was sent',
    (version) => {
      const sent = sentAs(version, [
        cartLine({ lineId: 'b', kind: 'bundle', sku: 'KIT', quantity: '1', unitPrice: '100.00' }),
        cartLine({ lineId: 'p', parentLineId: 'b', sku: 'PART', quantity: '2', unitPrice: '30.00' }),
      ]);
      const head: [string, string, string] = [
        'quantity="1" lineNumber="1" itemType="composite" compositeItemType="groupLevel"',
        'KIT',
        priced('100.00'),
      ];
      const part: [string, string, string] = [
        'quantity="2" lineNumber="2" parentLineNumber="1" itemType="item"',
        'PART',
        priced('30.00'),
      ];
      const isWhole = version !== '1.2.014';
      expect(told(order('100.00', head, part), sent)).toEqual(isWhole ? [] : ['added PART']);
      expect(told(order('100.00', head), sent)).toEqual(isWhole ? ['missing PART'] : []);
      expect(
        told(
          order('100.00', head, ['quantity="3" lineNumber="2" parentLineNumber="1"', 'PART', priced('30.00')]),
          sent,
        ),
      ).toEqual(isWhole ? ['quantity PART'] : ['added PART']);
      expect(told(order('160.00', head, part), sent)).toEqual(
        isWhole ? ['total lines'] : ['added PART', 'total lines'],
      );
      expect(
        told(
          order('160.00', ['quantity="1"', 'KIT', priced('100.00')], ['quantity="2"', 'PART', priced('30.00')]),
          sent,
        ).length,
      ).toBeGreaterThan(0);
    },
  );

  it('a cart without the article is skipped without parsing', () => {
    const lines = [cartLine({ sku: 'Ä & <1>' }), cartLine({ lineId: 'l2', sku: 'B' })];
    expect(sentAs('1.2.014', lines, {}, ['Ä & <1>', 'B'])?.lines).toHaveLength(2);
    expect(sentAs('1.2.014', lines, {}, ['Ä & <1>', 'SKU-9'])).toBeUndefined();
  });
});
