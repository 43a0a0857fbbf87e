import type { NotCarried } from '../cart/not-carried.js';
import type { PreflightFinding } from './preflight.js';
import type { NameValue } from './setup-request.js';

/** What goes back to the buyer, exactly as it is stored and shown; made once per transmission. */
export interface TransferPayload {
  /** `…@host`; for OCI our own, since the protocol has none. */
  payloadId: string;
  kind: 'cxml' | 'oci' | 'repost';
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
  /** The session ends without a cart, and the buyer's system keeps what it has (RULES 7.8, OCI.md 8.10). */
  unchanged?: true;
  /** What the pre-flight found before it was sent (DESIGN decision 10); absent when nothing. For the engineer, never for the browser. */
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
  /** Sum of quantities (source 002 counts 2 + 1 as 3), decimal text. */
  itemsCount: string;
  /** Lines of the document: without parts that it has no place for, and promotions that cost nothing. */
  linesCount: number;
  /** Decimal text, the sum of the lines that are sent: without tax, and without shipping that is no line of its own. */
  totalAmount: string;
  currency: string;
}
