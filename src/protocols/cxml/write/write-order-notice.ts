import type { CxmlVersion } from '../../../domain/access/connection.js';
import type { OrderNotice } from '../../../domain/orders/order-notice.js';
import type { PartyCredential } from '../../../domain/transmission/setup-request.js';
import { hasXmlText, type Markup, markupElement, markupText } from '../../xml/escape-xml.js';
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
  const { notice, version, supplier, buyer, sharedSecret } = input;
  const sender =
    credential(supplier, markupText('SharedSecret', {}, sharedSecret)) +
    (markupText('UserAgent', {}, input.userAgent) || markupElement('UserAgent', {}));
  const header =
    markupElement('From', {}, credential(supplier)) +
    markupElement('To', {}, credential(buyer)) +
    markupElement('Sender', {}, sender);
  const request = markupElement('Request', {}, notice.status === 'shipped' ? shipNotice(input) : confirmation(input));
  const root = { payloadID: input.payloadId, timestamp: cxmlTimestamp(input.at), 'xml:lang': input.language };
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE cXML SYSTEM ` +
    `"http://xml.cxml.org/schemas/cXML/${version}/Fulfill.dtd">` +
    `\n${markupElement('cXML', root, markupElement('Header', {}, header) + request)}\n`
  );
}

function confirmation({ notice, replaces }: OrderNoticeInput): Markup {
  const attributes = {
    confirmID: notice.supplierOrderId,
    operation: replaces === undefined ? 'new' : 'update',
    type: notice.status === 'canceled' ? 'reject' : 'accept',
    noticeDate: cxmlTimestamp(notice.noticedAt),
  };
  const replaced = replaces === undefined ? '' : markupElement('DocumentReference', { payloadID: replaces });
  return markupElement(
    'ConfirmationRequest',
    {},
    markupElement('ConfirmationHeader', attributes, replaced) + orderReference(notice),
  );
}

function shipNotice({ notice, version, language }: OrderNoticeInput): Markup {
  const { tracking = {}, supplierOrderId, noticedAt } = notice;
  const [id, url, vendor] = [tracking.id, tracking.url, tracking.vendor].map((text) =>
    hasXmlText(text) ? text : undefined,
  );
  const followed = WITH_TRACKING_URL.includes(version);
  const header = {
    shipmentID: id ?? supplierOrderId,
    operation: 'new',
    noticeDate: cxmlTimestamp(noticedAt),
    shipmentDate: cxmlTimestamp(noticedAt),
  };
  const comment = followed ? '' : markupText('Comments', { 'xml:lang': language }, url);
  // ShipControl requires a carrier.
  const control =
    id === undefined
      ? ''
      : markupElement(
          'ShipControl',
          {},
          markupText('CarrierIdentifier', { domain: 'companyName' }, vendor ?? 'unknown') +
            markupText('ShipmentIdentifier', followed ? { trackingURL: url } : {}, id),
        );
  return markupElement(
    'ShipNoticeRequest',
    {},
    markupElement('ShipNoticeHeader', header, comment) +
      control +
      markupElement('ShipNoticePortion', {}, orderReference(notice)),
  );
}

function orderReference({ orderId, orderDate, orderPayloadId }: OrderNotice): Markup {
  return markupElement(
    'OrderReference',
    { orderID: orderId, orderDate },
    markupElement('DocumentReference', { payloadID: orderPayloadId }),
  );
}

/** The DTD requires an Identity, which may be empty, and allows one type. */
function credential({ domain, identity, type }: PartyCredential, proof: Markup = ''): Markup {
  return markupElement(
    'Credential',
    { domain, type: type === 'marketplace' ? type : undefined },
    (markupText('Identity', {}, identity) || markupElement('Identity', {})) + proof,
  );
}
