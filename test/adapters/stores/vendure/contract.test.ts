import { type StoreUnderTest, storeContract } from '../../../contracts/store.contract.js';
import type { VendureStoreOptions } from '../../../../src/adapters/stores/vendure/vendure-options.js';
import { describeVendure, type Failure, openVendure } from './open-vendure.js';

async function open(
  options: Partial<VendureStoreOptions>,
  price: { unitPrice: string; taxAmount: string },
): Promise<StoreUnderTest> {
  const { storeWith, fail, close } = await openVendure();
  const failing = (kind: Failure) => () => {
    fail(kind);
    return () => fail(undefined);
  };
  return {
    store: storeWith(options),
    tenantId: 'acme',
    connectionId: 'acme-cxml',
    plain: 'SKU-PEN',
    other: 'SKU-LAMP',
    plainLine: {
      quantity: '1',
      ...price,
      priceBasis: '1',
      unit: 'EA',
      name: 'Ballpoint pen, blue & "soft"',
      description: 'Writes well.',
      manufacturerName: 'Acme & Co',
      manufacturerPartId: 'ACME-PEN-1',
      gtin: '4006381333931',
      classifications: [{ domain: 'UNSPSC', code: '44121704' }],
      customFields: { category: 'Office > Pens & Markers', brand: 'Acme & Co' },
      taxRate: '19',
    },
    soldOut: 'SKU-GONE',
    changed: [{ supplierPartId: 'SKU-BOOK', requested: '7', got: '5' }],
    unbuyable: ['SKU-HIDDEN'],
    currency: { wish: 'CHF', got: 'CHF' },
    languages: [
      { wish: 'de-DE', tag: /^de$/, name: 'Kugelschreiber, blau' },
      { wish: 'en', tag: /^en$/, name: 'Ballpoint pen, blue & "soft"' },
    ],
    searchWord: 'pen',
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

const WITHOUT = ['customers', 'withdraw'] as const;

describeVendure('Vendure, a real server', () => {
  storeContract('net channel', () => open({}, { unitPrice: '1.19', taxAmount: '0.23' }), WITHOUT);
  storeContract(
    'gross channel, shipping',
    () =>
      open({ channelToken: 'gross', shippingMethod: 'standard-shipping' }, { unitPrice: '1.00', taxAmount: '0.19' }),
    WITHOUT,
  );
});
