import type { Cart, CartLine } from '../../../src/domain/cart/cart.js';
import type { CxmlVersion } from '../../../src/domain/access/connection.js';
import type { OrderMessageInput } from '../../../src/protocols/cxml/write/order-lines.js';

export function cartLine(change: Partial<CartLine> = {}): CartLine {
  return {
    lineId: 'l1',
    kind: 'product',
    sku: 'SKU-001',
    productKey: 'p1',
    auxiliaryId: 'aux-1',
    quantity: '2',
    unitPrice: '499.99',
    priceBasis: '1',
    unit: 'EA',
    name: 'Premium Widget',
    classifications: [{ domain: 'UNSPSC', code: '12345678' }],
    manufacturerPartId: 'WID-001',
    manufacturerName: 'WidgetCo',
    customFields: {},
    ...change,
  };
}

export function cart(lines: CartLine[], change: Partial<Cart> = {}): Cart {
  return { cartId: 'c1', contentMark: 'm1', currency: 'EUR', language: 'de-DE', lines, ...change };
}

/** PunchFlow's cart. */
export const PUNCHFLOW_LINES = [
  cartLine(),
  cartLine({
    lineId: 'l2',
    sku: 'SKU-002',
    auxiliaryId: 'aux-2',
    quantity: '1',
    unitPrice: '300.01',
    name: 'Standard Gadget',
    manufacturerPartId: undefined,
    manufacturerName: undefined,
  }),
];

export function orderMessageInput(
  change: Partial<OrderMessageInput> = {},
  version: CxmlVersion = '1.2.014',
): OrderMessageInput {
  return {
    payloadId: '1705315500000.abc@shop.example',
    at: new Date('2024-01-15T10:45:00.123Z'),
    language: 'de-DE',
    deploymentMode: 'production',
    from: [{ domain: 'DUNS', identity: '123456789' }],
    to: [{ domain: 'NetworkId', identity: 'buyer@company.com' }],
    userAgent: 'Headless Punchout 0.1.0',
    buyerCookie: 'BUYER_COOKIE_123',
    operationAllowed: 'edit',
    inReplyTo: '1234567890',
    cart: cart(PUNCHFLOW_LINES),
    settings: {
      units: { piece: 'EA' },
      defaultClassification: { domain: 'UNSPSC', code: '43000000' },
      cxml: {
        supplier: { domain: 'DUNS', identity: '123456789' },
        to: [],
        version,
        encoding: 'urlencoded',
        fieldNames: 'cXML',
        frameTarget: '_top',
        customFieldsAsExtrinsics: true,
      },
    },
    ...change,
  };
}
