import { ruledCustomer } from '../../domain/access/choose-customer.js';
import type { Connection } from '../../domain/access/connection.js';
import type { ChosenCustomer } from '../../domain/access/store-customer.js';
import { shoppedIn } from '../../domain/transmission/transmission-rules.js';
import type { Transmission } from '../../domain/transmission/transmission.js';
import type { Cart, CartLine } from '../../domain/cart/cart.js';

/** A call-up as the connection's buyer would send it. */
export function sampleTransmission({ tenantId, connectionId, protocol, settings }: Connection): Transmission {
  const now = new Date();
  return {
    tenantId,
    connectionId,
    protocol,
    transmissionId: `${tenantId}_${'preview'.padEnd(26, 'a')}`,
    operation: 'create',
    status: 'active',
    request: shoppedIn(
      {
        deploymentMode: 'test',
        buyer: { email: 'buyer@example.com', name: 'Erika Beispiel', company: 'Example AG', userId: 'ebeispiel' },
        extrinsics: [
          { name: 'UserEmail', value: 'buyer@example.com' },
          { name: 'CostCenter', value: '4711' },
        ],
        items: [],
        repost:
          protocol === 'repost'
            ? {
                endCustomerId: settings.repost?.endCustomers[0] ?? 1,
                templateUser: settings.repost?.templateUsers[0] ?? 'buyer',
              }
            : undefined,
        oci: protocol === 'oci' ? { version: '4.0', extra: [{ name: 'COSTCENTER', value: '4711' }] } : undefined,
      },
      settings,
    ),
    buyerCookie: 'PREVIEW-COOKIE',
    returnUrl: settings.returnOrigins[0] ?? 'https://buyer.example.com/',
    epoch: 1,
    cartRevision: 1,
    createdAt: now,
    startExpiresAt: now,
    startExpired: false,
    expiresAt: now,
    absoluteExpiresAt: now,
  };
}

/** The same, as the usual customer of the connection: no rule and no address id chooses another one. */
export function usualBuyer(connection: Connection): Transmission {
  return indexedBuyer(connection, { customer: ruledCustomer(connection.settings.store ?? {}, { extrinsics: [] }) });
}

/** The same, as the customer whose prices an index has, with the address id of ShipTo that chose them. */
export function indexedBuyer(
  connection: Connection,
  { addressId, customer }: { addressId?: string | undefined; customer?: ChosenCustomer | undefined },
): Transmission {
  const sample = sampleTransmission(connection);
  const chosen = customer === undefined ? {} : { shopCustomer: customer };
  const shipTo = addressId === undefined ? {} : { shipTo: { addressId, name: '', deliverTo: [], street: [] } };
  return { ...sample, request: { ...sample.request, ...chosen, ...shipTo } };
}

function line(
  change: Partial<CartLine> & Pick<CartLine, 'lineId' | 'sku' | 'name' | 'unitPrice' | 'quantity'>,
): CartLine {
  return {
    kind: 'product',
    productKey: change.sku,
    auxiliaryId: change.lineId,
    priceBasis: '1',
    unit: 'EA',
    classifications: [{ domain: 'UNSPSC', code: '31161501' }],
    customFields: {},
    ...change,
  };
}

/**
 * A cart with typical problems of platforms: umlauts, a long text, a price per 100, a custom unit, no classification, a
 * discount, shipping, tax.
 */
export function sampleCart(currency = 'EUR'): Cart {
  return {
    cartId: 'preview',
    contentMark: 'preview',
    currency,
    language: 'de',
    lines: [
      line({
        lineId: 'line-1',
        sku: 'SKU-001',
        name: 'Premium-Akkuschrauber „Größe L“ mit Koffer und zwei Akkus',
        quantity: '2',
        unitPrice: '189.90',
        description: 'Bürstenloser Motor, 60 Nm.\nLieferung im Koffer mit Ladegerät.',
        manufacturerPartId: 'WID-001',
        manufacturerName: 'WidgetCo',
        gtin: '4006381333931',
        url: 'https://shop.example.com/detail/SKU-001',
        imageUrl: 'https://shop.example.com/media/SKU-001.jpg',
        leadTimeDays: 3,
        taxRate: '19',
        classifications: [
          { domain: 'UNSPSC', code: '27112702', name: 'Power drills' },
          { domain: 'eClass', code: '21-02-02-01' },
        ],
        customFields: { costCenter: '4711', brand: 'WidgetCo' },
      }),
      line({
        lineId: 'line-2',
        sku: 'DIN933-M8x40',
        name: 'Sechskantschraube M8 × 40',
        quantity: '250',
        unitPrice: '12.35',
        priceBasis: '100',
        unit: 'C62',
        leadTimeDays: 1,
        taxRate: '19',
      }),
      line({
        lineId: 'line-3',
        sku: 'TAPE-50',
        name: 'Montageband',
        quantity: '3',
        unitPrice: '4.95',
        unit: 'PCE',
        classifications: [],
        taxRate: '19',
      }),
      line({
        lineId: 'line-4',
        sku: 'WELCOME10',
        kind: 'promotion',
        name: 'Willkommensrabatt',
        quantity: '1',
        unitPrice: '-10.00',
        classifications: [],
      }),
    ],
    shipping: { amount: '5.90', description: 'Paketversand', code: 'PARCEL' },
    tax: { amount: '77.26', description: 'MwSt. 19 %', code: '19' },
  };
}
