import { DEFAULT_ACCESS_POLICY } from '../../../src/domain/access/tenant.js';
import type { Cart, CartLine } from '../../../src/domain/cart/cart.js';
import type { ConnectionSettings, OciSettings } from '../../../src/domain/access/connection.js';
import type { OciCallUp, SetupRequest } from '../../../src/domain/transmission/setup-request.js';

export function lineWith(change: Partial<CartLine> = {}): CartLine {
  return {
    lineId: '1',
    kind: 'product',
    sku: 'SKU-001',
    productKey: 'key-1',
    auxiliaryId: 'aux-1',
    quantity: '2',
    unitPrice: '499.99',
    priceBasis: '1',
    unit: 'EA',
    name: 'Premium Widget',
    classifications: [],
    customFields: {},
    ...change,
  };
}

export function cartWith(lines: CartLine[], change: Partial<Cart> = {}): Cart {
  return { cartId: 'cart-1', contentMark: 'm', currency: 'EUR', language: 'de', lines, ...change };
}

export function settingsWith(
  oci: Partial<OciSettings> = {},
  change: Partial<ConnectionSettings> = {},
): ConnectionSettings {
  return {
    returnOrigins: ['https://erp.example.com'],
    frameAncestors: [],
    startLinkSeconds: 300,
    ...DEFAULT_ACCESS_POLICY,
    onActiveSession: 'reject',
    continuePage: false,
    language: 'de',
    units: {},
    defaultClassification: { domain: 'UNSPSC', code: '00000000' },
    cxml: {
      supplier: { domain: 'NetworkId', identity: 'shop' },
      to: [],
      version: '1.2.014',
      encoding: 'urlencoded',
      fieldNames: 'cxml',
      frameTarget: '_top',
    },
    oci: {
      allowGet: false,
      allowSapEvent: false,
      parameters: { username: 'USERNAME', password: 'PASSWORD', hookUrl: 'HOOK_URL' },
      startIndex: 1,
      charset: 'utf-8',
      splitHookUrl: false,
      alwaysPassThrough: false,
      shippingAsLine: false,
      ...oci,
    },
    ...change,
  };
}

export function requestWith(oci: Partial<OciCallUp> = {}): SetupRequest {
  return { deploymentMode: 'production', buyer: {}, extrinsics: [], items: [], oci: { extra: [], ...oci } };
}
