import type { DecimalText } from '../decimal.js';
import type { PartyAddress } from '../transmission/setup-request.js';

/** Reference to a transmission's cart in its store. Opaque outside of the store. */
export interface CartRef {
  store: string;
  id: string;
  /** Further data that the store needs (the handle of a context token, for example); never a secret in clear. */
  handle?: Record<string, string>;
}

/** A cart as a procurement document needs it: net prices, decimal text, one currency. */
export interface Cart {
  cartId: string;
  /** The store's mark of this content: `deleteCart` deletes only if it is unchanged. */
  contentMark: string;
  /** ISO 4217. */
  currency: string;
  /** BCP 47 of the texts. */
  language: string;
  lines: CartLine[];
  shipping?: CartCharge;
  /** Tax on lines and shipping, where the store knows it. */
  tax?: CartCharge;
  /** `pending`: the shop's offer is not final yet (cXML quoteStatus). */
  quoteStatus?: 'pending' | 'final';
  /** What the shop allows later sessions to do with the lines. The connection's setting is the upper bound. */
  operationAllowed?: 'create' | 'inspect' | 'edit';
  /** Delivery address from the shop. It replaces the one of the call-up. */
  shipTo?: PartyAddress;
  /** Further numbers of the cart that the buyer knows (cXML IdReference). */
  references?: IdReference[];
  /** Discount codes of this cart without a separate line. An edit redeems them again. */
  discountCodes?: string[];
  /** Changes by the shop since the buyer last looked at the cart. The buyer sees them before the cart is sent. */
  notices?: CartNotice[];
}

/** A change that the shop made to a cart without the buyer. */
export interface CartNotice {
  /**
   * `line_dropped`: the line is gone. `quantity_changed`: the line has another quantity. `discount_dropped`: a code has
   * no effect any more.
   */
  kind: 'line_dropped' | 'quantity_changed' | 'discount_dropped';
  /** Article number or discount code; the name where the shop gives no number. */
  item: string;
  /** Name of the article or discount, where it is known and not `item`. */
  name?: string;
  /** The shop's text about it, in the buyer's language; absent where there is none. */
  text?: string;
}

export interface IdReference {
  domain: string;
  identifier: string;
}

/** Texts of a line in a further language. */
export interface LineText {
  /** BCP 47. */
  language: string;
  /** Short name, one line. */
  name?: string;
  description?: string;
}

export interface CartCharge {
  /** Net, in the cart's currency. */
  amount: DecimalText;
  description: string;
  /** BCP 47 of `description`, where it is not the cart's language. */
  language?: string;
  /** Code or name of the shipping method or tax category. */
  code?: string;
}

export type CartLineKind = 'product' | 'promotion' | 'service' | 'bundle';

export interface CartLine {
  lineId: string;
  /** Line number in the document that the shop posted (cXML lineNumber). */
  lineNumber?: string;
  kind: CartLineKind;
  /** `lineId` of the bundle that this line is part of. */
  parentLineId?: string;
  /**
   * Where the price of a bundle is. `groupLevel` (the default): the price of the bundle includes its parts.
   * `itemLevel`: the parts have the prices, and the price of the bundle itself does not count (`bundlesOf`).
   */
  pricedAt?: 'groupLevel' | 'itemLevel';
  /** Supplier's article number (SupplierPartID, VENDORMAT). */
  sku: string;
  /** Stable key of the product in the catalogue (EXT_PRODUCT_ID); the SKU where the store has no other. */
  productKey: string;
  /**
   * Alternative names of a line without an article number, in order of preference. A form in which `sku` does not fit
   * takes the first that fits.
   */
  standInSkus?: string[];
  /**
   * Our cookie on the line (SupplierPartAuxiliaryID): stable through edit and inspect, identifies the line in an order.
   */
  auxiliaryId: string;
  quantity: DecimalText;
  /** Net price of `priceBasis` units. */
  unitPrice: DecimalText;
  /** Number of units that `unitPrice` buys; usually '1'. */
  priceBasis: DecimalText;
  /**
   * Number of price units in one `unit` (cXML conversionFactor); 1 where absent. 3 boxes at a factor of 10 cost 30
   * pieces.
   */
  conversionFactor?: DecimalText;
  /** UN/CEFACT code of the price unit; `unit` where absent. */
  priceUnit?: string;
  /** UN/CEFACT Recommendation 20 code. */
  unit: string;
  /** Short name, one line. */
  name: string;
  /** Long text; may have line breaks. */
  description?: string;
  classifications: Classification[];
  /** The store's ids of the product's direct categories. */
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
  /** Tax of the whole line, where the shop gives more than the amount. */
  tax?: CartCharge;
  /** Shipping of this line. */
  shipping?: CartCharge;
  /** The code of this discount line. An edit redeems it again. */
  discountCode?: string;
  /** The buyer's own article number (cXML BuyerPartID, OCI MATNR). */
  buyerPartId?: string;
  /**
   * Languages (BCP 47) of `name` and `description` where they differ from the language of the cart, because the shop
   * has no text in it. `und`: the language is unknown.
   */
  textLanguages?: { name?: string; description?: string };
  /** Name and description in further languages. */
  texts?: LineText[];
  /** Further numbers of the line that the buyer knows (cXML IdReference). */
  references?: IdReference[];
  /** Fields of an OCI cart from the shop that no other property holds: name without `NEW_ITEM-`, to value. */
  ociFields?: Record<string, string>;
  customFields: Record<string, string>;
}

export interface Classification {
  /** UNSPSC, eClass, ... */
  domain: string;
  code: string;
  name?: string;
}
