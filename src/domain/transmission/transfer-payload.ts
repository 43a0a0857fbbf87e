import type { NameValue } from './setup-request.js';
import type { Protocol } from './protocol.js';

/** What goes back to the buyer, exactly as it is stored and shown; made once per transmission. */
export interface TransferPayload {
  /** `…@host`; for OCI our own, since the protocol has none. */
  payloadId: string;
  kind: Protocol;
  /** Form target URL. */
  action: string;
  /** HTML form method. */
  method: 'post' | 'get';
  /** Frame name for the form's `target`. */
  target: string;
  /** Charset the page and its form must have. */
  charset: string;
  fields: NameValue[];
  summary: PayloadSummary;
  /** The session ends without a cart, and the buyer's system keeps what it has (cxml.md 7.8, oci.md 8.10). */
  unchanged?: true;
  /**
   * What the pre-flight found before it was sent (architecture.md decision 10); absent when nothing. For the engineer,
   * never for the browser.
   */
  findings?: PreflightFinding[];
  /**
   * What the document cannot hold of the shop's cart; absent when it holds everything. For the shop (in the answer to
   * its cart) and the engineer, never for the browser.
   */
  notCarried?: NotCarried[];
  /** SHA-256 (hex) of the document that the cart came in, where it came with a request; never for the browser. */
  sourceDigest?: string;
}

export interface PayloadSummary {
  /** Sum of quantities (PunchFlow counts 2 + 1 as 3), decimal text. */
  itemsCount: string;
  /** Lines of the document: without parts that it has no place for, and promotions that cost nothing. */
  linesCount: number;
  /** Decimal text, the sum of the lines that are sent: without tax, and without shipping that is no line of its own. */
  totalAmount: string;
  currency: string;
}

/** Something in a cart of the shop that the document for the buyer cannot hold. */
export interface NotCarried {
  /** 1 for the first line of the cart as it came; absent for the cart as a whole. */
  line?: number;
  /** Name of the field in the protocol that it came in: `CUST_FIELD4`, `BuyerPartID`. */
  field: string;
  /** One sentence for an engineer. */
  reason: string;
}

/** Entries kept for one cart. One more says that there are others. */
const MOST = 200;

export function noteNotCarried(list: NotCarried[], entry: NotCarried): void {
  if (list.length < MOST) list.push(entry);
  else if (list.length === MOST) list.push({ field: '', reason: `Only the first ${MOST} are listed.` });
}

/** Something that the buyer's platform does to a cart (architecture.md decision 10). Stored with the transmission. */
export interface PreflightFinding {
  /** `error`: the platform would refuse the cart or lose the line, so it is not sent. `warning`: for the engineer. */
  severity: 'error' | 'warning';
  /** 1 for the first line of the cart as it is sent; absent for the cart as a whole. */
  line?: number;
  sku?: string;
  /** Outgoing field, by the name that the protocol has for it. */
  field: string;
  /** Plain English. */
  message: string;
  /** Whose rule it is: "SAP Ariba". */
  platform: string;
}

/** What a platform does to carts, as data; absent rules are not looked at. */
export interface PreflightRules {
  /** For people. */
  platform: string;
  /** Article numbers (SupplierPartID, VENDORMAT). */
  partId?: {
    maxLength?: number;
    /** Of one that is too long; `error` where absent. */ lengthSeverity?: 'error' | 'warning';
    forbidden?: string;
  };
  /** Longest manufacturer's name and part number. */
  manufacturer?: { maxLength: number };
  /** The long text; `severity` says whether the platform refuses or cuts it. */
  description?: { maxLength: number; unit: 'characters' | 'bytes'; severity: 'error' | 'warning' };
  /** What becomes of a unit that is no UN/CEFACT code, and how bad that is. */
  unknownUnit: { effect: string; severity: 'error' | 'warning' };
  /** Lines without a classification of their own are worth a word. */
  wantsClassification: boolean;
  /** What becomes of a cart without lines, where that is known to go wrong. */
  emptyCart?: string;
  /** More lines than this are worth a word; `reason` says why. */
  manyLines?: { count: number; reason: string };
}
