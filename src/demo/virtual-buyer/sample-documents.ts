import { addElement, addText, addValue, newDocument, type XmlNode, xmlText } from '../../protocols/xml/build-xml.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import { cartTotal } from '../../domain/cart/cart-total.js';
import { compare, isDecimalText, parseDecimal } from '../../domain/decimal.js';
import { bundlesOfMessage } from '../../protocols/cxml/bundles-of-message.js';
import { type CxmlMoney, type CxmlOrderLine, TRANSFER_LIMITS } from '../../protocols/cxml/cxml-document.js';
import { parseCxml } from '../../protocols/cxml/parse-cxml.js';
import { documentStart } from '../../protocols/cxml/write/document-start.js';

/** Access data of the demo connections (architecture.md section 6); accepted on loopback only. */
const IDENTITY = 'buyer@company.com';
const SECRET = 'SecretPassword123';
const API_KEY = 'site-api-key-abc';

/** Who calls up: a demo connection, by default the one of PunchFlow's documentation. */
export interface CallingParty {
  identity?: string;
  secret?: string;
}

/** Of what the virtual buyer sends. PunchFlow's call-up has no UserAgent, which the DTD asks for. */
function addHeader(
  document: XmlNode,
  { identity = IDENTITY, secret = SECRET }: CallingParty,
  userAgent?: string,
): void {
  const header = addElement(document, 'Header');
  addCredential(addElement(header, 'From'), 'NetworkId', identity);
  addCredential(addElement(header, 'To'), 'DUNS', '123456789');
  const sender = addElement(header, 'Sender');
  addValue(addCredential(sender, 'NetworkId', identity), 'SharedSecret', secret);
  addText(sender, 'UserAgent', {}, userAgent);
}

function addCredential(parent: XmlNode, domain: string, identity: string): XmlNode {
  const credential = addElement(parent, 'Credential', { domain });
  addValue(credential, 'Identity', identity);
  return credential;
}

interface Person {
  name: string;
  email: string;
  companyCode: string;
}

/** The person in PunchFlow's documentation. */
const PERSON: Person = { name: 'Max Mustermann', email: 'user@company.com', companyCode: 'DE001' };

interface CxmlCallUp {
  payloadId: string;
  /** ISO 8601. */
  timestamp: string;
  buyerCookie: string;
  returnUrl: string;
  supplierUrl: string;
  /** Of the buyer's browser. */
  language?: string;
  person?: Person;
  party?: CallingParty;
}

/** A PunchOutSetupRequest as in PunchFlow's documentation. */
export function cxmlCallUp(callUp: CxmlCallUp): string {
  const { payloadId, timestamp, buyerCookie, returnUrl, supplierUrl, language, person = PERSON, party = {} } = callUp;
  const spoken = language === undefined ? {} : { 'xml:lang': language };
  const document = newDocument('cXML', { payloadID: payloadId, timestamp, ...spoken });
  addHeader(document, party);
  const setup = addElement(addElement(document, 'Request'), 'PunchOutSetupRequest', { operation: 'create' });
  addValue(setup, 'BuyerCookie', buyerCookie);
  addText(setup, 'Extrinsic', { name: 'UserEmail' }, person.email);
  addText(setup, 'Extrinsic', { name: 'UserName' }, person.name);
  addText(setup, 'Extrinsic', { name: 'CompanyCode' }, person.companyCode);
  addValue(addElement(setup, 'BrowserFormPost'), 'URL', returnUrl);
  addValue(addElement(setup, 'SupplierSetup'), 'URL', supplierUrl);
  return `${documentStart('1.2.014')}${xmlText(document, true)}\n`;
}

/** An OCI call-up as in PunchFlow's documentation. */
export function ociCallUp(
  returnUrl: string,
  { language = 'de', secret = SECRET }: { language?: string; secret?: string } = {},
): NameValue[] {
  return [
    { name: 'HOOK_URL', value: returnUrl },
    { name: 'USERNAME', value: IDENTITY },
    { name: 'PASSWORD', value: secret },
    { name: 'FUNCTION', value: 'CREATE_SESSION' },
    { name: 'LANGUAGE', value: language },
    { name: 'CURRENCY', value: 'EUR' },
  ];
}

/** A clone request as in Punchout Rocket's documentation. */
export function cloneRequest({
  sessionToken,
  gatewayBaseUrl,
  endCustomerId = 2,
}: {
  sessionToken: string;
  gatewayBaseUrl: string;
  endCustomerId?: number;
}): string {
  return JSON.stringify(
    {
      username: 'buyer123',
      api_key: API_KEY,
      session_token: sessionToken,
      operation: 'create',
      end_customer_id: endCustomerId,
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
  party?: CallingParty;
  /** What is ordered of each line; as in the cart where there is none. Quantity 0: the line is not ordered. */
  wishes?: readonly LineWish[];
}

interface LineWish {
  quantity?: string | undefined;
  price?: string | undefined;
}

/** An OrderRequest for a returned cart; undefined for anything but a PunchOutOrderMessage with ordered lines. */
export function orderOfCart(
  document: string,
  { payloadId, orderId, timestamp, party = {}, wishes = [] }: SampleOrder,
): string | undefined {
  const parsed = parseCxml(document, undefined, TRANSFER_LIMITS);
  if (!parsed.ok || parsed.value.kind !== 'PunchOutOrderMessage') return undefined;
  const { message } = parsed.value;
  const lines = message.lines.flatMap((line, index) => wishedLine(line, wishes[index]));
  const [first] = lines;
  if (first === undefined) return undefined;
  const isAsSent = lines.every((line) => message.lines.includes(line)) && lines.length === message.lines.length;
  const total = (isAsSent ? message.total : undefined) ?? totalOf(lines, first.unitPrice.currency);
  const cxml = newDocument('cXML', { payloadID: payloadId, timestamp });
  addHeader(cxml, party, 'virtual buyer');
  const order = addElement(addElement(cxml, 'Request'), 'OrderRequest');
  const header = addElement(order, 'OrderRequestHeader', { orderID: orderId, orderDate: timestamp, type: 'new' });
  addMoney(header, 'Total', total);
  addText(addElement(addElement(header, 'BillTo'), 'Address'), 'Name', { 'xml:lang': 'de' }, 'Company GmbH');
  if (message.supplierOrderId !== undefined)
    addElement(header, 'SupplierOrderInfo', { orderID: message.supplierOrderId });
  for (const [index, line] of lines.entries()) addItemOut(order, line, index);
  return `${documentStart('1.2.050')}${xmlText(cxml, true)}\n`;
}

/** The line itself where nothing else is wished, no line for quantity 0. */
function wishedLine(line: CxmlOrderLine, { quantity, price }: LineWish = {}): CxmlOrderLine[] {
  const differs = (wish: string | undefined, was: string): wish is string =>
    wish !== undefined && isDecimalText(wish) && compare(parseDecimal(wish), parseDecimal(was)) !== 0;
  const unitPrice = differs(price, line.unitPrice.amount) ? { ...line.unitPrice, amount: price } : line.unitPrice;
  if (!differs(quantity, line.quantity)) return [unitPrice === line.unitPrice ? line : { ...line, unitPrice }];
  return parseDecimal(quantity).units <= 0n ? [] : [{ ...line, quantity, unitPrice }];
}

function totalOf(lines: readonly CxmlOrderLine[], currency: string): CxmlMoney {
  const places = bundlesOfMessage(lines);
  const priced = lines.map((line, index) => ({
    quantity: line.quantity,
    unitPrice: line.unitPrice.amount,
    priceBasis: line.priceBasis?.quantity ?? '1',
    conversionFactor: line.priceBasis?.conversionFactor,
    ...places[index],
  }));
  return { amount: cartTotal(priced, currency), currency };
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
