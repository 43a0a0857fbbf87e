import type { Classification, IdReference } from '../../domain/cart/cart.js';
import type { DecimalText } from '../../domain/decimal.js';
import type { PurchaseOrder } from '../../domain/orders/purchase-order.js';
import type {
  NameValue,
  PartyAddress,
  PartyCredential,
  SetupRequest,
} from '../../domain/transmission/setup-request.js';
import type { XmlLimits } from '../xml/read-xml.js';

/** Result of `parseCxml`. */
export type CxmlDocument =
  | { kind: 'PunchOutSetupRequest'; envelope: CxmlEnvelope; setup: CxmlSetup }
  | { kind: 'PunchOutOrderMessage'; envelope: CxmlEnvelope; message: CxmlOrderMessage }
  | { kind: 'ProfileRequest'; envelope: CxmlEnvelope }
  | { kind: 'OrderRequest'; envelope: CxmlEnvelope; order: PurchaseOrder }
  | { kind: 'Response'; envelope: CxmlEnvelope; response: CxmlResponse }
  /** Well-formed cXML of a type that we do not handle. `name` is its payload element, or ''. */
  | { kind: 'unknown'; name: string; envelope: CxmlEnvelope };

export interface CxmlEnvelope {
  payloadId?: string;
  /** As the sender wrote it; many senders do not use the format of cxml.md 1.6. */
  timestamp?: string;
  /** xml:lang of the root, as written. */
  language?: string;
  deploymentMode: 'production' | 'test';
  from: PartyCredential[];
  to: PartyCredential[];
  sender: PartyCredential[];
  /** Every SharedSecret in Sender, with its Credential. */
  sharedSecrets: SenderSecret[];
  credentialMacs: CredentialMac[];
  /** The document has a digital signature; we do not verify signatures (cxml.md 2). */
  signed: boolean;
  userAgent?: string;
}

/** Sender/Credential/SharedSecret, cxml.md 2. */
interface SenderSecret {
  /** '' if the Credential has none. */
  domain: string;
  identity: string;
  secret: string;
}

/** Sender/Credential/CredentialMac, cxml.md 2. */
export interface CredentialMac {
  type: string;
  algorithm: string;
  /** Timestamps exactly as written, because they are part of the authenticated text. */
  creationDate: string;
  expirationDate: string;
  /** Base64 of 12 bytes. */
  value: string;
}

export interface CxmlSetup {
  /** 'create', 'edit', 'inspect', 'source', or any other value that was sent. */
  operation: string;
  /** Byte for byte, with blanks. */
  buyerCookie: string;
  /** BrowserFormPost. Absent if the buyer cannot receive a form: answer 400 (cxml.md 5). */
  returnUrl?: string;
  supplierSetupUrl?: string;
  request: SetupRequest;
}

export interface CxmlResponse {
  code: string;
  text: string;
  /** Content of Status: the actual reason. */
  reason?: string;
  /** StartPage of a PunchOutSetupResponse. */
  startUrl?: string;
}

export interface CxmlMoney {
  amount: DecimalText;
  currency: string;
}

export interface CxmlCharge extends CxmlMoney {
  description?: string;
  /** xml:lang of the description. */
  language?: string;
}

/** The cart of a PunchOutOrderMessage. */
export interface CxmlOrderMessage {
  /** Byte for byte. */
  buyerCookie: string;
  operationAllowed?: string;
  quoteStatus?: string;
  inReplyTo?: string;
  /** 204: the session ended and nothing changes. */
  status?: { code: string; text: string };
  total?: CxmlMoney;
  shipTo?: PartyAddress;
  /** xml:lang of the name in `shipTo`. */
  shipToLanguage?: string;
  shipping?: CxmlCharge;
  tax?: CxmlCharge;
  supplierOrderId?: string;
  lines: CxmlOrderLine[];
  /** Paths of the parts of the message, outside its lines, that we do not read. */
  unread?: readonly string[];
}

export interface CxmlOrderLine {
  quantity: DecimalText;
  lineNumber?: string;
  parentLineNumber?: string;
  /** `composite` for the first line of a bundle. */
  itemType?: string;
  /** Which lines have the price of a composite: `groupLevel` is the composite, `itemLevel` are its parts. */
  compositeItemType?: string;
  supplierPartId: string;
  auxiliaryId?: string;
  buyerPartId?: string;
  references?: readonly IdReference[];
  unitPrice: CxmlMoney;
  /** PriceBasisQuantity (1.2.036 and later): the number of units that `unitPrice` pays for. */
  priceBasis?: { quantity: DecimalText; conversionFactor?: DecimalText; unit?: string };
  unit?: string;
  descriptions: readonly CxmlDescription[];
  classifications: readonly Classification[];
  manufacturerPartId?: string;
  manufacturerName?: string;
  url?: string;
  leadTime?: string;
  extrinsics: readonly NameValue[];
  shipping?: CxmlCharge;
  tax?: CxmlCharge;
  /** Paths of the parts of the line that we do not read. */
  unread?: readonly string[];
}

export interface CxmlDescription {
  language?: string;
  shortName?: string;
  text?: string;
}

/** Limits of one document; above them, REQUEST_TOO_LARGE (architecture.md section 5). */
export interface CxmlLimits extends XmlLimits {
  bytes: number;
  /** ItemOut of a setup request, ItemIn of an order message. */
  items: number;
}

/** Items are removed from the tree when they are read. The rest of the document is small, and so is each item. */
const XML_LIMITS: XmlLimits = { depth: 32, attributesPerElement: 64, textLength: 65_536, elements: 10_000 };

export const SETUP_LIMITS: CxmlLimits = { ...XML_LIMITS, bytes: 5 * 1024 * 1024, items: 5_000 };
/** For carts that are posted to us. */
export const TRANSFER_LIMITS: CxmlLimits = { ...XML_LIMITS, bytes: 32 * 1024 * 1024, items: 10_000 };
/** For whole documents that are held in memory and validated: our own, and those that an engineer submits. */
export const CHECK_LIMITS: XmlLimits = { ...XML_LIMITS, elements: 1_000_000 };
