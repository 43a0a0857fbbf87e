import type { CxmlVersion } from '../../../domain/access/connection.js';
import type { OrderNotice } from '../../../domain/orders/order-notice.js';
import type { PartyCredential } from '../../../domain/transmission/setup-request.js';
import { addElement, addText, newDocument, type XmlNode, xmlText } from '../../xml/build-xml.js';
import { hasXmlText } from '../../xml/escape-xml.js';
import { cxmlTimestamp } from './document-start.js';

export interface OrderNoticeInput {
  notice: OrderNotice;
  /** See `noticePayloadId`. */
  payloadId: string;
  at: Date;
  language: string;
  version: CxmlVersion;
  /** Our credential, in From and Sender. */
  supplier: PartyCredential;
  buyer: PartyCredential;
  /** Authenticates us to the buyer. Allowed because the document goes from server to server. */
  sharedSecret?: string;
  userAgent: string;
  /** Payload id of the confirmation that this notice replaces. */
  replaces?: string;
}

/** Versions whose ShipmentIdentifier can hold a tracking URL. */
const WITH_TRACKING_URL: readonly CxmlVersion[] = ['1.2.050', '1.2.071'];

/**
 * ConfirmationRequest (accepted, rejected) or ShipNoticeRequest for a whole purchase order, valid by Fulfill.dtd. All
 * versions know these elements, except trackingURL, which goes into a comment in older versions.
 */
export function writeOrderNotice(input: OrderNoticeInput): string {
  const { notice, version, supplier, buyer, sharedSecret, userAgent } = input;
  const document = newDocument('cXML', {
    payloadID: input.payloadId,
    timestamp: cxmlTimestamp(input.at),
    'xml:lang': input.language,
  });
  const header = addElement(document, 'Header');
  addCredential(addElement(header, 'From'), supplier);
  addCredential(addElement(header, 'To'), buyer);
  const sender = addElement(header, 'Sender');
  addText(addCredential(sender, supplier), 'SharedSecret', {}, sharedSecret);
  addDemanded(sender, 'UserAgent', userAgent);
  const request = addElement(document, 'Request');
  if (notice.status === 'shipped') addShipNotice(request, input);
  else addConfirmation(request, input);
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/${version}/Fulfill.dtd">\n` +
    `${xmlText(document)}\n`
  );
}

function addConfirmation(request: XmlNode, { notice, replaces }: OrderNoticeInput): void {
  const confirmation = addElement(request, 'ConfirmationRequest');
  const header = addElement(confirmation, 'ConfirmationHeader', {
    confirmID: notice.supplierOrderId,
    operation: replaces === undefined ? 'new' : 'update',
    type: notice.status === 'canceled' ? 'reject' : 'accept',
    noticeDate: cxmlTimestamp(notice.noticedAt),
  });
  if (replaces !== undefined) addElement(header, 'DocumentReference', { payloadID: replaces });
  addOrderReference(confirmation, notice);
}

function addShipNotice(request: XmlNode, { notice, version, language }: OrderNoticeInput): void {
  const { tracking = {}, supplierOrderId, noticedAt } = notice;
  const [id, url, vendor] = [tracking.id, tracking.url, tracking.vendor].map((text) =>
    hasXmlText(text) ? text : undefined,
  );
  const followed = WITH_TRACKING_URL.includes(version);
  const shipNotice = addElement(request, 'ShipNoticeRequest');
  const header = addElement(shipNotice, 'ShipNoticeHeader', {
    shipmentID: id ?? supplierOrderId,
    operation: 'new',
    noticeDate: cxmlTimestamp(noticedAt),
    shipmentDate: cxmlTimestamp(noticedAt),
  });
  if (!followed) addText(header, 'Comments', { 'xml:lang': language }, url);
  if (id !== undefined) {
    const control = addElement(shipNotice, 'ShipControl');
    // ShipControl demands a carrier.
    addText(control, 'CarrierIdentifier', { domain: 'companyName' }, vendor ?? 'unknown');
    addText(control, 'ShipmentIdentifier', followed ? { trackingURL: url } : {}, id);
  }
  addOrderReference(addElement(shipNotice, 'ShipNoticePortion'), notice);
}

function addOrderReference(parent: XmlNode, { orderId, orderDate, orderPayloadId }: OrderNotice): void {
  const reference = addElement(parent, 'OrderReference', { orderID: orderId, orderDate });
  addElement(reference, 'DocumentReference', { payloadID: orderPayloadId });
}

/** The DTD allows one type. */
function addCredential(parent: XmlNode, { domain, identity, type }: PartyCredential): XmlNode {
  const attributes = { domain, type: type === 'marketplace' ? type : undefined };
  const credential = addElement(parent, 'Credential', attributes);
  addDemanded(credential, 'Identity', identity);
  return credential;
}

/** The DTD demands the element, which may be empty. */
function addDemanded(parent: XmlNode, name: string, text: string): void {
  if (!addText(parent, name, {}, text)) addElement(parent, name);
}
