import type { DecimalText } from '../decimal.js';

/** Where a transmission's cart lives in its store. Opaque to everybody but the store. */
export interface CartRef {
  store: string;
  id: string;
  /** What the store needs beside the id (a context token's handle, say); never a secret in clear. */
  handle?: Record<string, string>;
}

/** A cart as a procurement document needs it: net prices, decimal text, one currency. */
export interface Cart {
  cartId: string;
  /** The store's own mark of this content: `deleteCart` deletes only if it still holds. */
  contentMark: string;
  /** ISO 4217. */
  currency: string;
  /** BCP 47 of the texts. */
  language: string;
  lines: CartLine[];
  shipping?: CartCharge;
  /** Tax over lines and shipping, where the store knows it. */
  tax?: CartCharge;
}

export interface CartCharge {
  /** Net, in the cart's currency. */
  amount: DecimalText;
  description: string;
  /** Code or name of the shipping method or tax category. */
  code?: string;
}

export type CartLineKind = 'product' | 'promotion' | 'service' | 'bundle';

export interface CartLine {
  lineId: string;
  kind: CartLineKind;
  /** Number of the `bundle` line that this line is part of. */
  parentLineId?: string;
  /** Supplier's article number (SupplierPartID, VENDORMAT). */
  sku: string;
  /** Stable key of the product in the catalogue (EXT_PRODUCT_ID); the SKU where the store has no other. */
  productKey: string;
  /** Our cookie on the line (SupplierPartAuxiliaryID): stable through edit and inspect, leads back from an order. */
  auxiliaryId: string;
  quantity: DecimalText;
  /** Net price of `priceBasis` units. */
  unitPrice: DecimalText;
  /** How many units `unitPrice` buys; '1' for most. */
  priceBasis: DecimalText;
  /** UN/CEFACT Recommendation 20 code. */
  unit: string;
  /** Short name, one line. */
  name: string;
  /** Long text; may have line breaks. */
  description?: string;
  classifications: Classification[];
  /** The store's ids of the categories that the product belongs to directly. */
  categoryIds?: string[];
  manufacturerPartId?: string;
  manufacturerName?: string;
  gtin?: string;
  url?: string;
  imageUrl?: string;
  leadTimeDays?: number;
  /** Percent, as decimal text. */
  taxRate?: DecimalText;
  /** Tax of the whole line. */
  taxAmount?: DecimalText;
  customFields: Record<string, string>;
}

export interface Classification {
  /** UNSPSC, eClass, ... */
  domain: string;
  code: string;
  name?: string;
}
