import type { ConnectOrder } from '../../../src/domain/orders/connect-order.js';

/** The order of source 003's examples. */
export const SOURCE_ORDER: ConnectOrder = {
  tenantId: 'demo',
  transactionId: '1',
  orderedAt: new Date('2014-05-06T12:15:00Z'),
  supplierShop: 22,
  supplierOrderId: '200',
  merchantShop: 20,
  merchantOrderId: '100',
  orderKey: '100',
  status: 'in_process',
  paymentStatus: 'received',
  content: {
    shippingCosts: { net: '10', gross: '11.9' },
    customerTotal: { net: '190', gross: '214.1' },
    intershopTotal: { net: '110', gross: '124.9' },
    deliveryAddress: {
      company: 'Acme Corp.',
      name: 'Max Mustermann',
      firstName: 'Max',
      middleName: '',
      surName: 'Mustermann',
      street: 'Neustrasse',
      streetNumber: '22',
      doorCode: 'a',
      additionalLine: 'foo',
      zip: '12345',
      city: 'Neustadt',
      country: 'DE',
    },
    billingAddress: { company: 'Acme Corp.', firstName: 'Max', surName: 'Mustermann', street: 'Neustrasse', streetNumber: '12-14a', zip: '12345', city: 'Neustadt', country: 'DEU', phone: '+1234', email: 'max@mustermann.de' },
    items: [
      { id: '100-1', sourceId: '1', count: '1', customerPrice: { net: '100', gross: '107' }, intershopPrice: { net: '50', gross: '53.5' } },
      { id: '100-2', sourceId: '2', count: '3', customerPrice: { net: '90', gross: '107.1' }, intershopPrice: { net: '60', gross: '71.4' } },
    ],
  },
};
