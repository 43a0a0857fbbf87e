import type { FindingCode } from './finding-codes.js';
import type { NameValue } from './setup-request.js';
import type { Protocol } from './protocol.js';

/** The answer to the buyer, exactly as stored and shown; created once per transmission. */
export interface TransferPayload {
  /** `…@host`; generated for OCI, which has none. */
  payloadId: string;
  kind: Protocol;
  /** Form target URL. */
  action: string;
  /** HTML form method. */
  method: 'post' | 'get';
  /** Frame name for the form's `target`. */
  target: string;
  /** Charset of the page and its form. */
  charset: string;
  fields: NameValue[];
  summary: PayloadSummary;
  /** The session ends without a cart, and the buyer's system keeps its cart (cxml.md 7.8, oci.md 8.10). */
  unchanged?: true;
  /**
   * Pre-flight findings before sending (architecture.md decision 10); absent when empty. For the engineer, never for
   * the browser.
   */
  findings?: PreflightFinding[];
  /**
   * Data of the shop's cart that the document cannot hold; absent when it holds everything. For the shop (in the answer
   * to its cart) and the engineer, never for the browser.
   */
  notCarried?: NotCarried[];
  /** SHA-256 (hex) of the document with the cart, where a request sent one; never for the browser. */
  sourceDigest?: string;
}

export interface PayloadSummary {
  /** Sum of quantities (PunchFlow counts 2 + 1 as 3), decimal text. */
  itemsCount: string;
  /** Lines of the document: without parts that it cannot hold, and promotions that cost nothing. */
  linesCount: number;
  /** Decimal text, the sum of the sent lines: without tax, and without shipping unless it is a line. */
  totalAmount: string;
  currency: string;
}

/** Data in a cart of the shop that the document for the buyer cannot hold. */
export interface NotCarried {
  /** 1 for the first line of the received cart; absent for the cart as a whole. */
  line?: number;
  /** Field name in the protocol of the received cart: `CUST_FIELD4`, `BuyerPartID`. */
  field: string;
  /** One sentence for an engineer. */
  reason: string;
}

/** Entries kept for one cart. One more entry says that there are others. */
const MOST = 200;

export function noteNotCarried(list: NotCarried[], entry: NotCarried): void {
  if (list.length < MOST) list.push(entry);
  else if (list.length === MOST) list.push({ field: '', reason: `Only the first ${MOST} are listed.` });
}

/** An effect of the buyer's platform on a cart (architecture.md decision 10). Stored with the transmission. */
export interface PreflightFinding {
  /** Absent in carts that versions before 0.2 have stored. */
  code?: FindingCode;
  /** `error`: the platform would refuse the cart or lose the line, so it is not sent. `warning`: for the engineer. */
  severity: 'error' | 'warning';
  /** 1 for the first line of the sent cart; absent for the cart as a whole. */
  line?: number;
  sku?: string;
  /** Outgoing field, by its name in the protocol. */
  field: string;
  /** Plain English. */
  message: string;
  /** Platform of the rule: "SAP Ariba". */
  platform: string;
}

/** How a platform treats carts, as data; absent rules are not checked. */
export interface PreflightRules {
  /** Display name. */
  platform: string;
  /** Article numbers (SupplierPartID, VENDORMAT). */
  partId?: {
    maxLength?: number;
    /** For one that is too long; `error` where absent. */ lengthSeverity?: 'error' | 'warning';
    forbidden?: string;
  };
  /** Longest manufacturer's name and part number. */
  manufacturer?: { maxLength: number };
  /** The long text; `severity` says whether the platform refuses or cuts it. */
  description?: { maxLength: number; unit: 'characters' | 'bytes'; severity: 'error' | 'warning' };
  /** Effect and severity of a unit that is no UN/CEFACT code. */
  unknownUnit: { effect: string; severity: 'error' | 'warning' };
  /** Warn about lines without a classification of their own. */
  wantsClassification: boolean;
  /** Effect of a cart without lines, where it is known to fail. */
  emptyCart?: string;
  /** Warn about more lines than this; `reason` says why. */
  manyLines?: { count: number; reason: string };
}
