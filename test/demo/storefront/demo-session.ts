import { DEFAULT_ACCESS_POLICY } from '../../../src/domain/access/tenant.js';
import type { DemoStore } from '../../../src/adapters/stores/demo/demo-store.js';
import type { ShopSession } from '../../../src/demo/storefront/visit.js';
import { newTransmissionId, type Operation, type Transmission } from '../../../src/domain/transmission/transmission.js';

/** An active session with a cart in the demo store. */
export async function demoSession(store: DemoStore, operation: Operation): Promise<ShopSession> {
  const now = new Date();
  const transmission: Transmission = {
    tenantId: 'demo',
    transmissionId: newTransmissionId('demo'),
    connectionId: 'demo-cxml',
    protocol: 'cxml',
    operation,
    status: 'active',
    request: {
      deploymentMode: 'production',
      buyer: { name: 'Max Mustermann', company: 'Company GmbH & Co.' },
      extrinsics: [],
      items: [],
    },
    buyerCookie: 'c',
    returnUrl: 'https://erp.company.com/punchout/return',
    epoch: 1,
    cartRevision: 0,
    createdAt: now,
    startExpiresAt: now,
    startExpired: false,
    expiresAt: now,
    absoluteExpiresAt: now,
  };
  return {
    transmission: { ...transmission, cart: await store.openCart(transmission) },
    connection: {
      tenantId: 'demo',
      connectionId: 'demo-cxml',
      name: 'Demo',
      protocol: 'cxml',
      demo: true,
      settings: {
        returnOrigins: ['https://erp.company.com/punchout/'],
        frameAncestors: ['https://portal.company.com'],
        startLinkSeconds: 900,
        ...DEFAULT_ACCESS_POLICY,
        onActiveSession: 'reject',
        continuePage: false,
        language: 'de',
        units: {},
        defaultClassification: { domain: 'UNSPSC', code: '00000000' },
        cxml: {
          supplier: { domain: 'DUNS', identity: '1' },
          to: [],
          version: '1.2.014',
          encoding: 'urlencoded',
          fieldNames: 'cXML',
          frameTarget: '_self',
        },
        oci: {
          allowGet: true,
          allowSapEvent: false,
          parameters: { username: 'USERNAME', password: 'PASSWORD', hookUrl: 'HOOK_URL' },
          startIndex: 1,
          charset: 'utf-8',
          splitHookUrl: false,
          alwaysPassThrough: false,
          shippingAsLine: false,
        },
      },
    },
  };
}
