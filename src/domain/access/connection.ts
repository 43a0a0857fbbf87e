import type { CustomerRole } from './customer-clone.js';
import type { AccessPolicy } from './tenant.js';
import type { ConnectionMapping } from '../mapping/mapping.js';
import type { PartyCredential } from '../transmission/setup-request.js';
import type { Protocol } from '../transmission/protocol.js';
import type { Operation } from '../transmission/transmission.js';

/** One buying organisation's configured link to a tenant. */
export interface Connection {
  tenantId: string;
  /** `^[a-z0-9][a-z0-9-]{1,47}$`, chosen by the shop. */
  connectionId: string;
  name: string;
  protocol: Protocol;
  /** Part of the shipped demo: usable only while the demo is switched on. */
  demo: boolean;
  settings: ConnectionSettings;
}

/** As it is saved: what the connection leaves to its tenant is absent. */
export type ConnectionDocument = Omit<ConnectionSettings, keyof AccessPolicy> & Partial<AccessPolicy>;

/** One validated JSON document per connection (config/connection-settings.ts says what each field may hold), completed by its tenant's. */
export interface ConnectionSettings extends AccessPolicy {
  /**
   * Where carts may go: exact origin, optional path prefix ("https://erp.example.com",
   * "https://erp.example.com/punchout/"). Hosts that a return URL redirects to belong here as well: browsers apply
   * `form-action` to redirects too.
   */
  returnOrigins: string[];
  /** Further origins that may frame our pages; those of `returnOrigins` always may. */
  frameAncestors: string[];
  /** Seconds until an unused start link is dead. */
  startLinkSeconds: number;
  /** What a login does while the browser has another live session. */
  onActiveSession: 'reject' | 'replace';
  /** Ask for a click before the login takes effect. */
  continuePage: boolean;
  /** BCP 47; used where the call-up names none. */
  language: string;
  /** ISO 4217; used where the call-up names none. Absent: the store's own. */
  currency?: string;
  /** Store unit -> the buyer's unit. */
  units: Record<string, string>;
  /** For products that have none; cXML demands one. */
  defaultClassification: { domain: string; code: string };
  cxml: CxmlSettings;
  oci: OciSettings;
  /** Absent in connections that were saved before there was one. */
  repost?: RepostSettings;
  /** The platform whose presets these settings began with and whose pre-flight rules apply; the generic one of the protocol when absent. */
  profile?: ProfileName;
  mapping?: ConnectionMapping;
  /** What the shop behind us takes the buyers of this connection for. */
  store?: StoreAccount;
}

/** Absent fields: as the shop is set up for all connections. */
export interface StoreAccount {
  customer?: StoreCustomer;
  session?: CustomerSession;
}

/** A customer of the shop: by his number or by his e-mail. */
export type StoreCustomer = { number: string } | { email: string };

/**
 * How a cart of its own is had for one customer: `switch-customer`, any number of independent sessions of his; `guest-clone`, a guest made after him for each cart;
 * `login`, his own and only session, where every buyer is a customer.
 */
export const CUSTOMER_SESSIONS = ['switch-customer', 'guest-clone', 'login'] as const;
export type CustomerSession = (typeof CUSTOMER_SESSIONS)[number];

/** Platforms that we ship presets and pre-flight rules for (config/profiles). */
export const PROFILE_NAMES = [
  'ariba',
  'coupa',
  'jaggaer',
  'oracle',
  'dynamics365',
  'sap-oci4',
  'generic-cxml',
  'generic-oci',
] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

export interface CxmlSettings {
  /** Our own name in Sender (and From where the call-up named no To). */
  supplier: PartyCredential;
  /** The buyer's name in To of a cart whose call-up was no cXML document; the connection's id when absent. */
  buyer?: PartyCredential;
  /** Credentials that To must contain; empty: not checked. */
  to: PartyCredential[];
  /** Credentials that Sender must have (a hub's, say); empty or absent: not checked. */
  sender?: PartyCredential[];
  /** Take a CredentialMac in place of the SharedSecret; needs a secret that was added as recoverable. */
  allowMac?: boolean;
  /** The most that a later session may do with the lines of a cart; `edit` when absent (cxml.md 6). */
  operationAllowed?: Operation;
  /** The DTD whose content models the cart message keeps. */
  version: CxmlVersion;
  encoding: 'urlencoded' | 'base64' | 'both';
  /** Letter case of the form field's name. */
  fieldNames: 'cXML' | 'cxml' | 'CXML';
  /** Frame that the cart is posted to. */
  frameTarget: string;
  /** Write every custom field of a line as an Extrinsic; without it only those that the mapping names. */
  customFieldsAsExtrinsics?: boolean;
  /** Write the name of an article with a long text as ShortName in its Description; true when absent. */
  shortName?: boolean;
  /** Write the payloadID of the call-up as inReplyTo of the cart; true when absent. */
  inReplyTo?: boolean;
  /** Where the buyer takes a ConfirmationRequest and a ShipNoticeRequest for his purchase orders; nothing is sent where absent. */
  noticeUrl?: string;
  /** Place purchase orders that are the cart that was sent in the shop, where that can be done. */
  placeOrders?: boolean;
}

export type CxmlVersion = '1.2.014' | '1.2.050' | '1.2.071';

export interface OciSettings {
  /** Call-ups by GET put the password into a URL: off unless the buyer can do no better. */
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
  /** Always send ~OkCode, ~TARGET and ~CALLER, asked for or not. */
  alwaysPassThrough: boolean;
  /** Append shipping as a further line. */
  shippingAsLine: boolean;
}

/** A middleware's (custom store integration). */
export interface RepostSettings {
  /** The users of the shop that may be cloned, exactly as the middleware names them; nobody else. */
  templateUsers: string[];
  /** The most that a template user may be. */
  roleCeiling: CustomerRole;
  /** The `end_customer_id`s that mean this connection; empty: all that no other connection of the key lists. */
  endCustomers: number[];
  /**
   * Send the api_key through the buyer's browser with the cart, for middlewares that insist
   * (architecture.md decision 14).
   */
  sendApiKey: boolean;
  /** Put discount codes behind the shop's id in `product_id`, so that an edit brings them back. */
  codesInProductId: boolean;
}

export type OciCharset = 'utf-8' | 'iso-8859-1' | 'windows-1252';
