import type { XmlLimits } from '../xml/read-xml.js';

/** What one document may hold; beyond it, REQUEST_TOO_LARGE (DESIGN section 5). */
export interface CxmlLimits extends XmlLimits {
  bytes: number;
  /** ItemOut of a setup request, ItemIn of an order message. */
  items: number;
}

/** Beside the items, which are taken out of the tree as they are read, a document is small; so is each item. */
const XML_LIMITS: XmlLimits = { depth: 32, attributesPerElement: 64, textLength: 65_536, elements: 10_000 };

export const SETUP_LIMITS: CxmlLimits = { ...XML_LIMITS, bytes: 5 * 1024 * 1024, items: 5_000 };
/** For carts that are posted to us. */
export const TRANSFER_LIMITS: CxmlLimits = { ...XML_LIMITS, bytes: 32 * 1024 * 1024, items: 10_000 };
/** For whole documents, which are held in memory to be judged: our own, and those that an engineer asks about. */
export const CHECK_LIMITS: XmlLimits = { ...XML_LIMITS, elements: 1_000_000 };
