import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { assert, constant, constantFrom, oneof, property, string } from 'fast-check';
import type { ConnectOrder, OrderEventName } from '../../../src/domain/orders/connect-order.js';
import { orderContents } from '../../../src/domain/orders/new-order.js';
import { writeOrderEvent } from '../../../src/protocols/order-xml/write-order-event.js';
import { anyCharacter } from '../../fixtures/any-character.js';
import { NAUGHTY_STRINGS } from '../../fixtures/naughty-strings.js';
import { canonicalXml } from './canonical-xml.js';
import { SOURCE_ORDER } from './example-order.js';

function written(name: OrderEventName, order: ConnectOrder, revision: string): string {
  const { head, tail } = writeOrderEvent(name, order);
  return head + revision + tail;
}

describe('order events as in Shopware Connect', () => {
  it.each<[OrderEventName, string]>([
    ['order_created', '1'],
    ['order_status_updated', '2'],
    ['order_payment_status_updated', '3'],
  ])('%s equals the source', (name, revision) => {
    const shown = readFileSync(`test/fixtures/shopware-connect/${name.replaceAll('_', '-')}.xml`, 'utf8');
    expect(canonicalXml(written(name, SOURCE_ORDER, revision))).toEqual(canonicalXml(shown));
  });

  it('totals and item counts of the source match ours', () => {
    const { content, merchantOrderId } = SOURCE_ORDER;
    const items = content.items.map(({ sourceId, count, customerPrice, intershopPrice }) => ({
      sourceId,
      count: `${count}.00`,
      customerPrice: { net: `${customerPrice.net}.00`, gross: customerPrice.gross },
      intershopPrice,
    }));
    const [made] = orderContents({
      tenantId: 'demo',
      orderKey: 'k',
      merchant: { shopId: 20 },
      merchantOrderId,
      deliveryAddress: content.deliveryAddress,
      billingAddress: content.billingAddress,
      parts: [{ shippingCosts: content.shippingCosts, items }],
    });
    expect(made).toEqual(content);
  });

  it('a document is well-formed and reads back as the order, for any text', () => {
    const text = oneof(
      constantFrom(...NAUGHTY_STRINGS),
      string({ unit: anyCharacter }),
      constant(']]>'),
      constant('&amp;</order>'),
    );
    assert(
      property(text, text, text, (company, sourceId, supplierOrderId) => {
        const content = {
          ...SOURCE_ORDER.content,
          deliveryAddress: { company, email: company },
          items: [{ ...SOURCE_ORDER.content.items[0]!, sourceId }],
        };
        const read = canonicalXml(written('order_created', { ...SOURCE_ORDER, supplierOrderId, content }, '7'));
        const expected = JSON.stringify(sayable(supplierOrderId)).slice(1, -1);
        expect(JSON.stringify(read)).toContain(`|supplier-order-id=${expected}`);
        expect(JSON.stringify(read)).toContain(`|source-id=${JSON.stringify(sayable(sourceId)).slice(1, -1)}`);
      }),
      { numRuns: 300 },
    );
  });
});

function sayable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu, '');
}
