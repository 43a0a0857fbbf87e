import { type StoreUnderTest, storeContract } from '../../../contracts/store.contract.js';
import type { ShopwareStoreOptions } from '../../../../src/adapters/stores/shopware/shopware-options.js';
import type { Failure } from './double/shopware-double.js';
import { type Changed, openShopware } from './open-shopware.js';

async function open(options: Changed<ShopwareStoreOptions>, unitPrice: string): Promise<StoreUnderTest> {
  const { double, http, storeWith, close } = await openShopware();
  /** Rate limits are remembered: the clock must pass them before the next test. */
  let clockMs = Date.now();
  const failing = (kind: Failure) => () => {
    double.failure = { kind, path: '/store-api' };
    return () => {
      double.failure = undefined;
      clockMs += 60_000;
    };
  };
  return {
    /** Tolerates a busy machine, but not a shop that never answers. */
    store: storeWith({
      http: (request) => http({ ...request, timeoutMs: double.failure === undefined ? request.timeoutMs : 300 }),
      now: () => clockMs,
      ...options,
    }),
    tenantId: 'acme',
    connectionId: 'acme-cxml',
    plain: 'SKU-PEN',
    other: 'SKU-LAMP',
    plainLine: {
      quantity: '1',
      unitPrice,
      priceBasis: '1',
      unit: 'EA',
      name: 'Ballpoint pen, blue & "soft"',
      description: 'Writes well.',
      manufacturerName: 'Acme  & Co',
      manufacturerPartId: 'ACME-PEN-1',
      gtin: '4006381333931',
      classifications: [
        { domain: 'UNSPSC', code: '44121704' },
        { domain: 'eClass', code: '24-24-07-01' },
      ],
      customFields: {
        category: 'Office Supplies > Pens & "Markers"',
        custom_unspsc: '44121704',
        productOciEClass: '24-24-07-01',
      },
      taxRate: '19',
      taxAmount: '0.19',
    },
    soldOut: 'SKU-GONE',
    changed: [
      { supplierPartId: 'SKU-INK', requested: '3', got: '2' },
      { supplierPartId: 'SKU-INK', requested: '1', got: '2' },
      { supplierPartId: 'SKU-BOOK', requested: '7', got: '5' },
      { supplierPartId: 'SKU-PEN', requested: '150', got: '100' },
    ],
    unbuyable: ['SKU-SHIRT'],
    currency: { wish: 'CHF', got: 'CHF' },
    languages: [
      { wish: 'de', tag: /^de-DE$/, name: 'Kugelschreiber, blau' },
      { wish: 'en-US', tag: /^en-GB$/, name: 'Ballpoint pen, blue & "soft"' },
    ],
    searchWord: 'pen',
    template: 'C-1001',
    breaks: {
      down: failing('down'),
      slow: failing('slow'),
      error: failing('error'),
      limited: failing('limited'),
      garbage: failing('garbage'),
    },
    close,
  };
}

storeContract('Shopware double, switch-customer, net', () => open({}, '1'), ['withdraw']);
storeContract(
  'Shopware double, guest-clone, gross',
  () => open({ session: 'guest-clone', customer: () => ({ customerNumber: 'C-1002' }) }, '1.00'),
  ['withdraw'],
);
