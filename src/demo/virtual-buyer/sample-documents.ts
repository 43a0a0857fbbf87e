import { addElement, addText, addValue, newDocument, type XmlNode, xmlText } from '../../protocols/xml/build-xml.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import { type CxmlOrderLine, TRANSFER_LIMITS } from '../../protocols/cxml/cxml-document.js';
import { parseCxml } from '../../protocols/cxml/parse-cxml.js';
import { documentStart } from '../../protocols/cxml/write/document-start.js';

/** Access data of the demo connections (architecture.md section 6); accepted on loopback only. */
const IDENTITY = 'buyer@company.com';
const SECRET = 'SecretPassword123';
const API_KEY = 'site-api-key-abc';

/** Of what the virtual buyer sends. PunchFlow's call-up has no UserAgent, which the DTD asks for. */
function addHeader(document: XmlNode, userAgent?: string): void {
  const header = addElement(document, 'Header');
  addCredential(addElement(header, 'From'), 'NetworkId', IDENTITY);
  addCredential(addElement(header, 'To'), 'DUNS', '123456789');
  const sender = addElement(header, 'Sender');
  addValue(addCredential(sender, 'NetworkId', IDENTITY), 'SharedSecret', SECRET);
  addText(sender, 'UserAgent', {}, userAgent);
}

function addCredential(parent: XmlNode, domain: string, identity: string): XmlNode {
  const credential = addElement(parent, 'Credential', { domain });
  addValue(credential, 'Identity', identity);
  return credential;
}

interface CxmlCallUp {
  payloadId: string;
  /** ISO 8601. */
  timestamp: string;
  buyerCookie: string;
  returnUrl: string;
  supplierUrl: string;
}

/** A PunchOutSetupRequest as in PunchFlow's documentation. */
export function cxmlCallUp({ payloadId, timestamp, buyerCookie, returnUrl, supplierUrl }: CxmlCallUp): string {
  const document = newDocument('cXML', { payloadID: payloadId, timestamp });
  addHeader(document);
  const setup = addElement(addElement(document, 'Request'), 'PunchOutSetupRequest', { operation: 'create' });
  addValue(setup, 'BuyerCookie', buyerCookie);
  addText(setup, 'Extrinsic', { name: 'UserEmail' }, 'user@company.com');
  addText(setup, 'Extrinsic', { name: 'UserName' }, 'Max Mustermann');
  addText(setup, 'Extrinsic', { name: 'CompanyCode' }, 'DE001');
  addValue(addElement(setup, 'BrowserFormPost'), 'URL', returnUrl);
  addValue(addElement(setup, 'SupplierSetup'), 'URL', supplierUrl);
  return `${documentStart('1.2.014')}${xmlText(document, true)}\n`;
}

/** An OCI call-up as in PunchFlow's documentation. */
export function ociCallUp(returnUrl: string): NameValue[] {
  return [
    { name: 'HOOK_URL', value: returnUrl },
    { name: 'USERNAME', value: IDENTITY },
    { name: 'PASSWORD', value: SECRET },
    { name: 'FUNCTION', value: 'CREATE_SESSION' },
    { name: 'LANGUAGE', value: 'de' },
    { name: 'CURRENCY', value: 'EUR' },
  ];
}

/** A clone request as in Punchout Rocket's documentation. */
export function cloneRequest({
  sessionToken,
  gatewayBaseUrl,
}: {
  sessionToken: string;
  gatewayBaseUrl: string;
}): string {
  return JSON.stringify(
    {
      username: 'buyer123',
      api_key: API_KEY,
      session_token: sessionToken,
      operation: 'create',
      end_customer_id: 2,
      gateway_base_url: gatewayBaseUrl,
    },
    null,
    2,
  );
}

/** For display: without the password, even though it is only the demo's. */
export function redacted(document: string): string {
  return [SECRET, API_KEY].reduce(
    (text, secret) => text.replaceAll(secret, '\u2022\u2022\u2022\u2022\u2022\u2022'),
    document,
  );
}

interface SampleOrder {
  payloadId: string;
  orderId: string;
  /** With a numeric offset (cxml.md 1.6). */
  timestamp: string;
}

/** An OrderRequest for a whole returned cart; undefined for anything but a PunchOutOrderMessage with lines. */
export function orderOfCart(document: string, { payloadId, orderId, timestamp }: SampleOrder): string | undefined {
  const parsed = parseCxml(document, undefined, TRANSFER_LIMITS);
  if (!parsed.ok || parsed.value.kind !== 'PunchOutOrderMessage') return undefined;
  const { message } = parsed.value;
  const [first] = message.lines;
  const total = message.total ?? first?.unitPrice;
  if (first === undefined || total === undefined) return undefined;
  const cxml = newDocument('cXML', { payloadID: payloadId, timestamp });
  addHeader(cxml, 'virtual buyer');
  const order = addElement(addElement(cxml, 'Request'), 'OrderRequest');
  const header = addElement(order, 'OrderRequestHeader', { orderID: orderId, orderDate: timestamp, type: 'new' });
  addMoney(header, 'Total', total);
  addText(addElement(addElement(header, 'BillTo'), 'Address'), 'Name', { 'xml:lang': 'de' }, 'Company GmbH');
  if (message.supplierOrderId !== undefined)
    addElement(header, 'SupplierOrderInfo', { orderID: message.supplierOrderId });
  for (const [index, line] of message.lines.entries()) addItemOut(order, line, index);
  return `${documentStart('1.2.050')}${xmlText(cxml, true)}\n`;
}

function addItemOut(order: XmlNode, line: CxmlOrderLine, index: number): void {
  const { quantity, lineNumber = String(index + 1), parentLineNumber, itemType, compositeItemType } = line;
  const numbers = { quantity, lineNumber, parentLineNumber, itemType, compositeItemType };
  const item = addElement(order, 'ItemOut', numbers);
  const id = addElement(item, 'ItemID');
  addText(id, 'SupplierPartID', {}, line.supplierPartId);
  addText(id, 'SupplierPartAuxiliaryID', {}, line.auxiliaryId);
  const detail = addElement(item, 'ItemDetail');
  addMoney(detail, 'UnitPrice', line.unitPrice);
  const [description] = line.descriptions;
  if (!addText(detail, 'Description', { 'xml:lang': description?.language ?? 'de' }, description?.text))
    addElement(detail, 'Description', { 'xml:lang': 'de' });
  addText(detail, 'UnitOfMeasure', {}, line.unit ?? 'EA');
  addPriceBasis(detail, line);
  const classified = line.classifications.filter(({ domain, code }) =>
    addText(detail, 'Classification', { domain }, code),
  );
  if (classified.length === 0) addText(detail, 'Classification', { domain: 'UNSPSC' }, '00000000');
}

function addPriceBasis(detail: XmlNode, { priceBasis: basis, unit = 'EA' }: CxmlOrderLine): void {
  if (basis === undefined) return;
  const { quantity, conversionFactor = '1' } = basis;
  const element = addElement(detail, 'PriceBasisQuantity', { quantity, conversionFactor });
  addText(element, 'UnitOfMeasure', {}, basis.unit ?? unit);
}

function addMoney(parent: XmlNode, name: string, { amount, currency }: { amount: string; currency: string }): void {
  addText(addElement(parent, name), 'Money', { currency }, amount);
}
