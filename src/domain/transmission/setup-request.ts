import type { ChosenCustomer } from '../access/store-customer.js';
import type { PriceKind } from '../cart/price-kind.js';
import type { DecimalText } from '../decimal.js';

/** Content of a call-up in any protocol. Stored with the transmission. */
export interface SetupRequest {
  /** cXML payloadID of the call-up. */
  payloadId?: string;
  deploymentMode: 'production' | 'test';
  /**
   * BCP 47, as written in the call-up (`de`, `de-DE`). A stored call-up without one has the language of the connection.
   * Texts and answers use it where possible.
   */
  language?: string;
  /** ISO 4217. A stored call-up without one has the currency of the connection. */
  currency?: string;
  buyer: BuyerPerson;
  extrinsics: NameValue[];
  shipTo?: PartyAddress;
  /** Product to show first (cXML SelectedItem, OCI DETAIL). */
  selectedItem?: ItemKey;
  /** Lines to restore in edit and inspect. */
  items: RequestedItem[];
  /** Discount codes of the cart in an edit. */
  discountCodes?: string[];
  /** cXML parties as received, to be swapped in the cart message. */
  parties?: { from: PartyCredential[]; to: PartyCredential[]; sender: PartyCredential[] };
  oci?: OciCallUp;
  repost?: RepostCallUp;
  /** The prices that its carts have; net when absent. */
  prices?: PriceKind;
  /** Chosen by the rules of the connection at the call-up. Absent: the store's own choice. */
  shopCustomer?: ChosenCustomer;
}

export interface NameValue {
  name: string;
  value: string;
}

export interface BuyerPerson {
  email?: string;
  name?: string;
  company?: string;
  userId?: string;
}

export interface PartyCredential {
  domain: string;
  identity: string;
  /** cXML Credential@type, `marketplace` for that of a hub. */
  type?: string;
}

export interface PartyAddress {
  addressId?: string;
  name: string;
  /** BCP 47 of `name`, where it differs from the language of the shop's cart. */
  nameLanguage?: string;
  deliverTo: string[];
  street: string[];
  city?: string;
  state?: string;
  postalCode?: string;
  /** ISO 3166-1 alpha-2. */
  countryCode?: string;
  countryName?: string;
  email?: string;
  phone?: string;
}

export interface ItemKey {
  supplierPartId: string;
  auxiliaryId?: string;
}

export interface RequestedItem extends ItemKey {
  quantity: DecimalText;
  /** Price claimed by the buyer; recorded, never used as a price (T55). */
  claimedUnitPrice?: {
    amount: DecimalText;
    currency: string;
    /** How many units `amount` buys; 1 when absent. */ basis?: DecimalText;
  };
  description?: string;
  lineNumber?: string;
}

/** Further data of a middleware (custom store integration). */
export interface RepostCallUp {
  /** The middleware's number of the buying organisation, returned with the cart. */
  endCustomerId: number;
  /** The user whose clone the buyer uses. */
  templateUser: string;
}

export interface OciCallUp {
  version?: string;
  /** As trimmed; whose password was checked. */
  username?: string;
  /** Upper case; absent for an ordinary visit. */
  function?: string;
  productId?: string;
  quantity?: DecimalText;
  searchString?: string;
  vendor?: string;
  /** `http_content_charset` of the call-up. */
  charset?: string;
  /** `returntarget`, else `~TARGET`. */
  returnTarget?: string;
  okCode?: string;
  caller?: string;
  /** `~TARGET` as received, returned with the cart. */
  target?: string;
  /** All other parameters except credentials, in order, for mapping. */
  extra: NameValue[];
}

const TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/;

/** A language as documents may name it (BCP 47): `de_DE` becomes `de-DE`; undefined for invalid text (cxml.md 1.8). */
export function languageTag(text: string | undefined): string | undefined {
  const tag = text?.trim().replaceAll('_', '-');
  return tag !== undefined && TAG.test(tag) ? tag : undefined;
}
