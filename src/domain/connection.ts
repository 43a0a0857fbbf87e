import type { ConnectionMapping } from './mapping.js';
import type { PartyCredential } from './setup-request.js';
import type { Operation, Protocol } from './transmission.js';

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

/** One validated JSON document per connection (config/connection-schema.ts says what each field may hold). */
export interface ConnectionSettings {
  /** Where carts may go: exact origin, optional path prefix ("https://erp.example.com", "https://erp.example.com/punchout/"). */
  returnOrigins: string[];
  /** Further origins that may frame our pages; those of `returnOrigins` always may. */
  frameAncestors: string[];
  /** Seconds until an unused start link is dead. */
  startLinkSeconds: number;
  /** Minutes without activity until the session is over. */
  idleMinutes: number;
  /** Minutes after which the session is over in any case. */
  absoluteMinutes: number;
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
  /** The platform whose presets these settings began with and whose pre-flight rules apply; the generic one of the protocol when absent. */
  profile?: ProfileName;
  mapping?: ConnectionMapping;
}

/** Platforms that we ship presets and pre-flight rules for (config/profiles). */
export const PROFILE_NAMES = ['ariba', 'coupa', 'jaggaer', 'oracle', 'dynamics365', 'sap-oci4', 'generic-cxml', 'generic-oci'] as const;
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
  /** The most that a later session may do with the lines of a cart; `edit` when absent (RULES 6). */
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

export type OciCharset = 'utf-8' | 'iso-8859-1' | 'windows-1252';
