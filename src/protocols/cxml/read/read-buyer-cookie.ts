import type { XmlElement } from '../../xml/xml-element.js';
import { XmlFault } from '../../xml/xml-fault.js';

/**
 * BuyerCookie of a setup request or a cart, unchanged even if empty or blank: it is opaque and goes back byte for byte
 * (RULES 5). Only a missing one is refused, with INVALID_REQUEST (RULES 3: Status 400).
 */
export function readBuyerCookie(parent: XmlElement): string {
  const cookie = parent.child('BuyerCookie');
  if (cookie !== undefined) return cookie.text;
  throw new XmlFault(
    `Element '${parent.name}': Missing child element 'BuyerCookie'`,
    parent.line,
    parent.column,
    'INVALID_REQUEST',
  );
}
