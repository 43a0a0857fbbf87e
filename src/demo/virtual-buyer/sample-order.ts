import type { CxmlOrderLine } from '../../protocols/cxml/cxml-document.js';
import { TRANSFER_LIMITS } from '../../protocols/cxml/cxml-limits.js';
import { parseCxml } from '../../protocols/cxml/parse-cxml.js';
import { type Markup, markupElement, markupText } from '../../protocols/xml/xml-markup.js';
import { sampleHeader } from './sample-call-up.js';

export interface SampleOrder {
  payloadId: string;
  orderId: string;
  /** With a numeric offset (RULES 1.6). */
  timestamp: string;
}

/** An OrderRequest for a whole cart as it came back; undefined for what is no PunchOutOrderMessage with lines. */
export function orderOfCart(document: string, { payloadId, orderId, timestamp }: SampleOrder): string | undefined {
  const parsed = parseCxml(document, undefined, TRANSFER_LIMITS);
  if (!parsed.ok || parsed.value.kind !== 'PunchOutOrderMessage') return undefined;
  const { message } = parsed.value;
  const [first] = message.lines;
  const total = message.total ?? first?.unitPrice;
  if (first === undefined || total === undefined) return undefined;
  const billTo = markupElement(
    'BillTo',
    {},
    markupElement('Address', {}, markupText('Name', { 'xml:lang': 'de' }, 'Company GmbH')),
  );
  const quote =
    message.supplierOrderId === undefined
      ? ''
      : markupElement('SupplierOrderInfo', { orderID: message.supplierOrderId });
  const header = markupElement(
    'OrderRequestHeader',
    { orderID: orderId, orderDate: timestamp, type: 'new' },
    markupElement('Total', {}, money(total)) + billTo + quote,
  );
  const request = markupElement('OrderRequest', {}, header + message.lines.map(itemOut).join(''));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.050/cXML.dtd">\n${markupElement('cXML', { payloadID: payloadId, timestamp }, `\n${sampleHeader('virtual buyer')}  ${markupElement('Request', {}, request)}\n`)}\n`;
}

function itemOut(line: CxmlOrderLine, index: number): Markup {
  const id =
    markupText('SupplierPartID', {}, line.supplierPartId) + markupText('SupplierPartAuxiliaryID', {}, line.auxiliaryId);
  const [description] = line.descriptions;
  const detail =
    markupElement('UnitPrice', {}, money(line.unitPrice)) +
    (markupText('Description', { 'xml:lang': description?.language ?? 'de' }, description?.text) ||
      markupElement('Description', { 'xml:lang': 'de' })) +
    markupText('UnitOfMeasure', {}, line.unit ?? 'EA') +
    priceBasis(line) +
    (line.classifications.map(({ domain, code }) => markupText('Classification', { domain }, code)).join('') ||
      markupText('Classification', { domain: 'UNSPSC' }, '00000000'));
  const { quantity, lineNumber = String(index + 1), parentLineNumber, itemType, compositeItemType } = line;
  return markupElement(
    'ItemOut',
    { quantity, lineNumber, parentLineNumber, itemType, compositeItemType },
    markupElement('ItemID', {}, id) + markupElement('ItemDetail', {}, detail),
  );
}

function priceBasis({ priceBasis: basis, unit = 'EA' }: CxmlOrderLine): Markup {
  if (basis === undefined) return '';
  return markupElement(
    'PriceBasisQuantity',
    { quantity: basis.quantity, conversionFactor: basis.conversionFactor ?? '1' },
    markupText('UnitOfMeasure', {}, basis.unit ?? unit),
  );
}

function money({ amount, currency }: { amount: string; currency: string }): Markup {
  return markupElement('Money', { currency }, amount);
}
