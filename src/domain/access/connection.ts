import type { CustomerRole } from './customer-clone.js';
import type { CustomerRule, ShipToPolicy, StoreCustomer } from './store-customer.js';
import type { AccessPolicy } from './tenant.js';
import type { ConnectionMapping } from '../mapping/mapping.js';
import type { PartyCredential } from '../transmission/setup-request.js';
import type { OrderTolerance } from '../orders/order-tolerance.js';
import type { IndexSettings } from '../catalogue/catalogue-index.js';
import type { PriceKind } from '../cart/price-kind.js';
import type { DecimalText } from '../decimal.js';
import type { Protocol } from '../transmission/protocol.js';
import type { Operation } from '../transmission/transmission.js';

/** The link between one buying organisation and a tenant. */
export interface Connection {
  tenantId: string;
  /** `^[a-z0-9][a-z0-9-]{1,47}$`, chosen by the shop. */
  connectionId: string;
  name: string;
  protocol: Protocol;
  /** Part of the shipped demo: usable only while the demo is on. */
  demo: boolean;
  /** Since then it opens no session. Absent: it is in use. */
  disabledAt?: Date;
  settings: ConnectionSettings;
}

/** It may open sessions. */
export function isInUse({ demo, disabledAt }: Pick<Connection, 'demo' | 'disabledAt'>, demoEnabled: boolean): boolean {
  return disabledAt === undefined && (demoEnabled || !demo);
}

/** The stored form: fields that fall back to the tenant's defaults are absent. */
export type ConnectionDocument = Omit<ConnectionSettings, keyof AccessPolicy> & Partial<AccessPolicy>;

/**
 * One validated JSON document per connection (config/connection-settings.ts defines the fields), completed with the
 * tenant's defaults.
 */
export interface ConnectionSettings extends AccessPolicy {
  /**
   * Where carts may go: exact origin, optional path prefix ("https://erp.example.com",
   * "https://erp.example.com/punchout/"). Include hosts that a return URL redirects to: browsers apply `form-action` to
   * redirects too.
   */
  returnOrigins: string[];
  /** Further origins that may frame our pages; those of `returnOrigins` always may. */
  frameAncestors: string[];
  /** Seconds until an unused start link expires. */
  startLinkSeconds: number;
  /** Behaviour of a login while the browser has another live session. */
  onActiveSession: 'reject' | 'replace';
  /** Require a click before the login takes effect. */
  continuePage: boolean;
  /** BCP 47; used where the call-up names none. */
  language: string;
  /** ISO 4217; used where the call-up names none. Absent: the store's default. */
  currency?: string;
  /** What the prices of carts are that the shop builds: without or with tax; net when absent. */
  prices?: PriceKind;
  /** Store unit -> the buyer's unit. */
  units: Record<string, string>;
  /** For products without one; cXML requires it. */
  defaultClassification: { domain: string; code: string };
  cxml: CxmlSettings;
  oci: OciSettings;
  /** Absent in connections saved by versions without this field. */
  repost?: RepostSettings;
  /**
   * The platform whose presets were used for these settings and whose pre-flight rules apply; when absent, the generic
   * one of the protocol.
   */
  profile?: ProfileName;
  mapping?: ConnectionMapping;
  /** The shop account used for the buyers of this connection. */
  store?: StoreAccount;
  /** Absent in connections saved by versions without this field. */
  index?: IndexSettings;
}

/** Absent fields use the shop's settings for all connections. */
export interface StoreAccount {
  /** The usual customer. */
  customer?: StoreCustomer;
  /** Other customers, by what the call-up says. The first rule that fits counts. */
  customerRules?: CustomerRule[];
  /** `ignore` when absent. */
  shipTo?: ShipToPolicy;
  session?: CustomerSession;
}

/**
 * How each buyer gets an isolated cart: `switch-customer` opens any number of independent sessions of one customer;
 * `guest-clone` copies the customer to a guest for each cart; `login` uses the only session of the customer, where
 * every buyer is a customer.
 */
export const CUSTOMER_SESSIONS = ['switch-customer', 'guest-clone', 'login'] as const;
export type CustomerSession = (typeof CUSTOMER_SESSIONS)[number];

/** Platforms with shipped presets and pre-flight rules (config/profiles). */
export const PROFILE_NAMES = [
  'ariba',
  'coupa',
  'jaggaer',
  'oracle',
  'dynamics365',
  'workday',
  'ivalua',
  'proactis',
  'odoo-cxml',
  'odoo-oci',
  'basware',
  'unite',
  'sap-oci4',
  'generic-cxml',
  'generic-oci',
] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

export interface CxmlSettings {
  /** Our name in Sender (and in From where the call-up named no To). */
  supplier: PartyCredential;
  /** The buyer's name in To of a cart without a cXML call-up; the connection's id when absent. */
  buyer?: PartyCredential;
  /** Credentials that To must contain; empty: not checked. */
  to: PartyCredential[];
  /** Credentials that Sender must have (of a hub, for example); empty or absent: not checked. */
  sender?: PartyCredential[];
  /** Accept a CredentialMac instead of the SharedSecret; needs a secret that was added as recoverable. */
  allowMac?: boolean;
  /** What a later session may at most do with the lines of a cart; `edit` when absent (cxml.md 6). */
  operationAllowed?: Operation;
  /** The DTD whose content models the cart message follows. */
  version: CxmlVersion;
  encoding: 'urlencoded' | 'base64' | 'both';
  /** Letter case of the form field's name. */
  fieldNames: 'cXML' | 'cxml' | 'CXML';
  /** Frame that the cart is posted to. */
  frameTarget: string;
  /** Write every custom field of a line as an Extrinsic; otherwise only those in the mapping. */
  customFieldsAsExtrinsics?: boolean;
  /** Write the name of an article with a long text as ShortName in its Description; true when absent. */
  shortName?: boolean;
  /** Write the payloadID of the call-up as inReplyTo of the cart; true when absent. */
  inReplyTo?: boolean;
  /** Where the buyer accepts ConfirmationRequest and ShipNoticeRequest for purchase orders; absent: none are sent. */
  noticeUrl?: string;
  /** Place purchase orders that match the sent cart in the shop, where possible. */
  placeOrders?: boolean;
  /** Days for which the prices of a sent cart are offered; without end when absent. */
  offerDays?: number;
  /** Percent by which a price of a purchase order may differ from the cart's; none when absent. */
  priceTolerance?: DecimalText;
  /** A purchase order may have fewer pieces and lines than the cart; false when absent. */
  fewerPieces?: boolean;
  /** Write our cookie on each line (SupplierPartAuxiliaryID); true when absent. */
  auxiliaryId?: boolean;
}

/** How much a purchase order may differ from its cart. */
export function toleranceOf({ cxml }: Pick<ConnectionSettings, 'cxml'>): OrderTolerance {
  const { priceTolerance, fewerPieces } = cxml;
  return {
    ...(priceTolerance === undefined ? {} : { pricePercent: priceTolerance }),
    ...(fewerPieces === undefined ? {} : { fewerPieces }),
  };
}

export type CxmlVersion = '1.2.014' | '1.2.050' | '1.2.071';

export interface OciSettings {
  /** Call-ups by GET put the password into a URL: only for buyers that cannot use POST. */
  allowGet: boolean;
  /** Accept `SAPEVENT:POST` (embedded browser of SAP GUI) as HOOK_URL. */
  allowSapEvent: boolean;
  parameters: { username: string; password: string; hookUrl: string };
  /** First index of NEW_ITEM fields. */
  startIndex: 0 | 1;
  charset: OciCharset;
  /** Move the query of HOOK_URL into hidden fields. */
  splitHookUrl: boolean;
  /** Constant for NEW_ITEM-VENDOR; omitted when absent. */
  vendor?: string;
  /** Always send ~OkCode, ~TARGET and ~CALLER, even if not requested. */
  alwaysPassThrough: boolean;
  /** Append shipping as a further line. */
  shippingAsLine: boolean;
  /** Most hits in the answer to a BACKGROUND_SEARCH; 100 when absent. */
  searchHits?: number;
}

/** Settings for a middleware (custom store integration). */
export interface RepostSettings {
  /** Users of the shop that may be cloned, exactly as the middleware names them; no others. */
  templateUsers: string[];
  /** Highest allowed role of a template user. */
  roleCeiling: CustomerRole;
  /** The `end_customer_id`s of this connection; empty: all that no other connection of the key lists. */
  endCustomers: number[];
  /**
   * Send the api_key with the cart through the buyer's browser, for middlewares that require it (architecture.md
   * decision 14).
   */
  sendApiKey: boolean;
  /** Append discount codes to the shop's id in `product_id`, so that an edit restores them. */
  codesInProductId: boolean;
}

export type OciCharset = 'utf-8' | 'iso-8859-1' | 'windows-1252';
