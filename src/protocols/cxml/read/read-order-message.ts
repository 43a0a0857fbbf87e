import type { XmlElement } from '../../xml/xml-element.js';
import { missingChild } from '../../xml/xml-fault.js';
import type { CxmlOrderLine, CxmlOrderMessage } from '../cxml-document.js';
import { readBuyerCookie } from './read-buyer-person.js';
import { readCharge, readMoney } from './read-decimal.js';
import { readPartyAddress } from './read-party-address.js';
import { KNOWN_MESSAGE, unreadParts } from './unread-parts.js';

/** PunchOutOrderMessage (RULES 7) without its ItemIn, which were taken before; `message` is the Message around it. */
export function readOrderMessage(element: XmlElement, message: XmlElement, lines: CxmlOrderLine[]): CxmlOrderMessage {
  const buyerCookie = readBuyerCookie(element);
  const header = element.child('PunchOutOrderMessageHeader');
  if (header === undefined) throw missingChild(element, 'PunchOutOrderMessageHeader');
  const total = header.child('Total');
  const shipTo = readPartyAddress(header.child('ShipTo'));
  const shipToLanguage = header.descendant('ShipTo', 'Address', 'Name')?.attribute('xml:lang');
  const shipping = readCharge(header.child('Shipping'));
  const tax = readCharge(header.child('Tax'));
  const operationAllowed = header.attribute('operationAllowed');
  const quoteStatus = header.attribute('quoteStatus');
  const inReplyTo = message.attribute('inReplyTo');
  const status = message.child('Status');
  const [code, text] = [status?.attribute('code'), status?.attribute('text')];
  const supplierOrderId = header.child('SupplierOrderInfo')?.attribute('orderID');
  const unread = unreadParts(element, KNOWN_MESSAGE);
  return {
    buyerCookie,
    ...(operationAllowed === undefined ? {} : { operationAllowed }),
    ...(quoteStatus === undefined ? {} : { quoteStatus }),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(code === undefined && text === undefined ? {} : { status: { code: code ?? '', text: text ?? '' } }),
    ...(total === undefined ? {} : { total: readMoney(total) }),
    ...(shipTo === undefined ? {} : { shipTo }),
    ...(shipTo === undefined || shipToLanguage === undefined ? {} : { shipToLanguage }),
    ...(shipping === undefined ? {} : { shipping }),
    ...(tax === undefined ? {} : { tax }),
    ...(supplierOrderId === undefined ? {} : { supplierOrderId }),
    lines,
    ...(unread.length === 0 ? {} : { unread }),
  };
}
