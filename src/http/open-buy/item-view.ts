import type { IndexEntry } from '../../domain/catalogue/catalogue-index.js';
import type { PricedItem } from '../../usecases/catalogue/price-items.js';

/** An item in an answer, in the names of Coupa's Core API (open-buy.md 6). What the shop does not have is left out. */
export function itemView(entry: IndexEntry): object {
  return {
    source_part_num: entry.sku,
    description: entry.name || undefined,
    unit_price: entry.price,
    currency: entry.currency,
    uom: entry.unit,
    unspsc_code: entry.classifications.find(({ domain }) => /^un[\s/-]?spsc/i.test(domain.trim()))?.code,
    manufacturer_name: entry.manufacturerName || undefined,
    manufacturer_part_number: entry.manufacturerPartId || undefined,
    minimum_order_quantity: entry.minQuantity,
    order_increment: entry.quantityStep,
    image_url: entry.imageUrl,
  };
}

/** The same at a checkout. */
export function pricedView({ entry, quantity, total }: PricedItem): object {
  return { ...itemView(entry), minimum_order_quantity: undefined, quantity, total };
}
