import type { XmlLimits } from '../xml/read-xml.js';

/** What one document may hold; beyond it, REQUEST_TOO_LARGE (DESIGN section 5). */
export interface CxmlLimits extends XmlLimits {
  bytes: number;
  /** ItemOut of a setup request, ItemIn of an order message. */
  items: number;
}

/** An item with everything that a DTD allows in it stays well below this. */
const ELEMENTS_PER_ITEM = 60;
const ELEMENTS_BESIDE_ITEMS = 2_000;

const XML_LIMITS = { depth: 32, attributesPerElement: 64, textLength: 65_536 };

export const SETUP_LIMITS: CxmlLimits = limits(5 * 1024 * 1024, 5_000);
/** For carts that are posted to us. */
export const TRANSFER_LIMITS: CxmlLimits = limits(32 * 1024 * 1024, 10_000);

function limits(bytes: number, items: number): CxmlLimits {
  return { ...XML_LIMITS, bytes, items, elements: items * ELEMENTS_PER_ITEM + ELEMENTS_BESIDE_ITEMS };
}
