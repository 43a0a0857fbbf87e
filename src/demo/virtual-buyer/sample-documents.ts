import {
  escapeXmlAttribute,
  escapeXmlText,
  type Markup,
  markupElement,
  markupText,
} from '../../protocols/xml/escape-xml.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import { type CxmlOrderLine, TRANSFER_LIMITS } from '../../protocols/cxml/cxml-document.js';
import { parseCxml } from '../../protocols/cxml/parse-cxml.js';

/** Access data of the demo connections (architecture.md section 6); accepted on loopback only. */
const IDENTITY = 'buyer@company.com';
const SECRET = 'SecretPassword123';
const API_KEY = 'site-api-key-abc';

/** PunchFlow's call-up has no UserAgent, although the DTD requires one. */
const sampleHeader = (userAgent?: string): string => `  <Header>
    <From><Credential domain="NetworkId"><Identity>${IDENTITY}</Identity></Credential></From>
    <To><Credential domain="DUNS"><Identity>123456789</Identity></Credential></To>
    <Sender>
      <Credential domain="NetworkId">
        <Identity>${IDENTITY}</Identity>
        <SharedSecret>${SECRET}</SharedSecret>
      </Credential>${userAgent === undefined ? '' : `\n      <UserAgent>${escapeXmlText(userAgent)}</UserAgent>`}
    </Sender>
  </Header>
`;

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
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd">
<cXML payloadID="${escapeXmlAttribute(payloadId)}" timestamp="${escapeXmlAttribute(timestamp)}">
${sampleHeader()}  <Request>
    <PunchOutSetupRequest operation="create">
      <BuyerCookie>${escapeXmlText(buyerCookie)}</BuyerCookie>
      <Extrinsic name="UserEmail">user@company.com</Extrinsic>
      <Extrinsic name="UserName">Max Mustermann</Extrinsic>
      <Extrinsic name="CompanyCode">DE001</Extrinsic>
      <BrowserFormPost><URL>${escapeXmlText(returnUrl)}</URL></BrowserFormPost>
      <SupplierSetup><URL>${escapeXmlText(supplierUrl)}</URL></SupplierSetup>
    </PunchOutSetupRequest>
  </Request>
</cXML>
`;
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
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE cXML SYSTEM ` +
    '"http://xml.cxml.org/schemas/cXML/1.2.050/cXML.dtd">' +
    `\n${markupElement('cXML', { payloadID: payloadId, timestamp }, `\n${sampleHeader('virtual buyer')}  ${markupElement('Request', {}, request)}\n`)}\n`
  );
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
