import type { NewOrder } from '../../src/domain/orders/new-order.js';

/** An order of the demo's cXML buyer: two lines, one supplier. */
export function newOrder(orderKey: string, change: Partial<NewOrder> = {}): NewOrder {
  return {
    tenantId: 'demo',
    orderKey,
    merchant: { connectionId: 'company-cxml' },
    merchantOrderId: orderKey,
    deliveryAddress: {
      company: 'Acme Corp.',
      firstName: 'Max',
      surName: 'Mustermann',
      street: 'Neustrasse',
      streetNumber: '22',
      zip: '12345',
      city: 'Neustadt',
      country: 'DE',
    },
    parts: [
      {
        shippingCosts: { net: '10.00', gross: '11.90' },
        items: [
          { sourceId: 'SKU-001', count: '2', customerPrice: { net: '999.98', gross: '1189.98' } },
          {
            sourceId: 'SKU-002',
            count: '1',
            customerPrice: { net: '300.01', gross: '357.01' },
            intershopPrice: { net: '200', gross: '238' },
          },
        ],
      },
    ],
    ...change,
  };
}
