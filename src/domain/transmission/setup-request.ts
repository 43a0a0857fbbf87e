import type { DecimalText } from '../decimal.js';

/** What a call-up asks for, whatever its protocol. Stored with the transmission. */
export interface SetupRequest {
  /** cXML payloadID of the call-up. */
  payloadId?: string;
  deploymentMode: 'production' | 'test';
  /**
   * BCP 47, as the call-up wrote it (`de`, `de-DE`). A stored call-up that named none has the language of the
   * connection. Texts and answers follow it where we can.
   */
  language?: string;
  /** ISO 4217. A stored call-up that named none has the currency of the connection. */
  currency?: string;
  buyer: BuyerPerson;
  extrinsics: NameValue[];
  shipTo?: PartyAddress;
  /** Product to land on (cXML SelectedItem, OCI DETAIL). */
  selectedItem?: ItemKey;
  /** Lines to restore in edit and inspect. */
  items: RequestedItem[];
  /** Discount codes of the cart that an edit brings back. */
  discountCodes?: string[];
  /** cXML parties as they came, to be swapped in the cart message. */
  parties?: { from: PartyCredential[]; to: PartyCredential[]; sender: PartyCredential[] };
  oci?: OciCallUp;
  repost?: RepostCallUp;
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
  /** cXML Credential@type, `marketplace` for a hub's own. */
  type?: string;
}

export interface PartyAddress {
  addressId?: string;
  name: string;
  /** BCP 47 of `name`, where the shop's cart names one that is not its own. */
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
  /** What the buyer says he saw; recorded as a claim, never used as a price (T55). */
  claimedUnitPrice?: {
    amount: DecimalText;
    currency: string;
    /** How many units `amount` buys; 1 when absent. */ basis?: DecimalText;
  };
  description?: string;
  lineNumber?: string;
}

/** What a middleware says beside the rest (custom store integration). */
export interface RepostCallUp {
  /** The middleware's number of the buying organisation, handed back with the cart. */
  endCustomerId: number;
  /** Whose clone the buyer shops as. */
  templateUser: string;
}

export interface OciCallUp {
  version?: string;
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
  /** `~TARGET` as it came, handed back with the cart. */
  target?: string;
  /** All other parameters but credentials, in order, for mapping. */
  extra: NameValue[];
}
