import type { CartLine } from '../../../src/domain/cart/cart.js';
import type { CatalogueProduct } from '../../../src/domain/cart/catalogue-product.js';

/** A hammer, as a shop lists it. */
export function product(change: Partial<CartLine> = {}, rest: Partial<CatalogueProduct> = {}): CatalogueProduct {
  const sku = change.sku ?? 'A-1';
  return {
    availability: 'available',
    line: {
      lineId: sku,
      kind: 'product',
      sku,
      productKey: sku,
      auxiliaryId: `aux-${sku}`,
      quantity: '1',
      unitPrice: '12.50',
      priceBasis: '1',
      unit: 'EA',
      name: 'Hammer',
      description: 'A hammer',
      customFields: {},
      classifications: [{ domain: 'UNSPSC', code: '27111602' }],
      ...change,
    },
    ...rest,
  };
}
