import { DEFAULT_ACCESS_POLICY } from '../../../src/domain/access/tenant.js';
import { connectionSettings } from '../../../src/config/connection-settings.js';
import type { Cart, CartLine } from '../../../src/domain/cart/cart.js';
import type { Connection } from '../../../src/domain/access/connection.js';
import type { ConnectionMapping } from '../../../src/domain/mapping/mapping.js';
import type { SetupRequest } from '../../../src/domain/transmission/setup-request.js';

export const LINE: CartLine = {
  lineId: 'l1',
  kind: 'product',
  sku: 'SKU-1',
  productKey: 'key-1',
  auxiliaryId: 'aux-1',
  quantity: '3',
  unitPrice: '10.00',
  priceBasis: '1',
  unit: 'piece',
  name: 'Müller bolt',
  description: 'A long\ntext',
  classifications: [
    { domain: 'UNSPSC', code: '31161501', name: 'Bolts' },
    { domain: 'eClass', code: '23-11-01-01' },
  ],
  manufacturerPartId: 'M-1',
  manufacturerName: 'Nordwerk',
  gtin: '4006381333931',
  url: 'https://shop.example.com/1',
  imageUrl: 'https://shop.example.com/1.jpg',
  leadTimeDays: 14,
  taxRate: '19',
  taxAmount: '5.70',
  customFields: { costCenter: '4711', brand: 'N' },
};

export const REQUEST: SetupRequest = {
  payloadId: 'p@buyer',
  deploymentMode: 'test',
  language: 'de-DE',
  currency: 'EUR',
  buyer: { email: 'b@buyer.example', name: 'Bea', company: 'Buyer AG', userId: 'bea' },
  extrinsics: [
    { name: 'User email', value: 'x@buyer.example' },
    { name: 'Dept', value: 'Lab' },
  ],
  shipTo: {
    addressId: 'A1',
    name: 'Werk 1',
    deliverTo: ['Bea', 'Tor 3'],
    street: ['Weg 1', 'Hof'],
    city: 'Ulm',
    state: 'BW',
    postalCode: '89073',
    countryCode: 'DE',
    countryName: 'Deutschland',
    email: 's@buyer.example',
    phone: '0731',
  },
  items: [],
  oci: { version: '4.0', function: 'DETAIL', vendor: '100042', extra: [{ name: 'KOSTL', value: '0815' }] },
};

export const CART: Cart = {
  cartId: 'c1',
  contentMark: 'm',
  currency: 'EUR',
  language: 'de',
  lines: [LINE],
  shipping: { amount: '5.90', description: 'Parcel', code: 'DHL' },
  tax: { amount: '6.82', description: 'VAT', code: '19' },
};

export function connectionWith(mapping: ConnectionMapping, settings: object = {}): Connection {
  const checked = connectionSettings({
    returnOrigins: ['https://erp.example.com'],
    currency: 'EUR',
    units: { piece: 'EA' },
    oci: { vendor: '4242' },
    ...settings,
    mapping,
  });
  if (!checked.ok) throw new Error(checked.refusal.reason);
  return {
    tenantId: 'shop',
    connectionId: 'buyer',
    name: 'Buyer AG',
    protocol: 'cxml',
    demo: false,
    settings: { ...DEFAULT_ACCESS_POLICY, ...checked.value },
  };
}

export function promotion(change: Partial<CartLine> = {}): CartLine {
  return {
    ...LINE,
    lineId: 'promo',
    kind: 'promotion',
    sku: 'PROMO',
    auxiliaryId: 'promo',
    quantity: '1',
    unitPrice: '-1.00',
    unit: 'EA',
    name: 'Discount',
    classifications: [],
    ...change,
  };
}
