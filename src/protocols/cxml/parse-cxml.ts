import { accept, type Outcome, refuse } from '../../domain/error-codes.js';
import { decodeXmlBytes } from '../xml/decode-xml-bytes.js';
import { readXml } from '../xml/read-xml.js';
import type { XmlElement } from '../xml/xml-element.js';
import { missingChild, XmlFault } from '../xml/xml-fault.js';
import {
  type CxmlDocument,
  type CxmlLimits,
  SETUP_LIMITS,
  type CxmlOrderLine,
  type CxmlOrderMessage,
} from './cxml-document.js';
import { readEnvelope, readResponse } from './read/read-envelope.js';
import { readPurchaseOrder, readPurchaseLine } from './read/read-purchase-order.js';
import { readSetupRequest, faultOfItemKey, readRequestedItem } from './read/read-setup-request.js';
import { saysNothing, KNOWN_MESSAGE, unreadParts } from './read/unread-parts.js';
import type { RequestedItem } from '../../domain/transmission/setup-request.js';
import type { PurchaseLine } from '../../domain/orders/purchase-order.js';
import { readOrderLine } from './read/read-order-line.js';
import { readBuyerCookie } from './read/read-buyer-person.js';
import { readCharge, readMoney } from './read/read-decimal.js';
import { readPartyAddress } from './read/read-party-address.js';

/**
 * Parses a buyer's document tolerantly (cxml.md, "In"): by name instead of position, with any or no DTD version, with
 * empty treated as absent. Finds a document inside another one (SOAP), as an element or as text. `source` is the body
 * as received with its Content-Type, or text that is already decoded (a form field). Refuses with INVALID_XML (details:
 * line, column, error) or REQUEST_TOO_LARGE.
 */
export function parseCxml(
  source: Uint8Array | string,
  contentType?: string,
  limits: CxmlLimits = SETUP_LIMITS,
): Outcome<CxmlDocument> {
  return parse(source, contentType, limits, true);
}

function parse(
  source: Uint8Array | string,
  contentType: string | undefined,
  limits: CxmlLimits,
  mayWrap: boolean,
): Outcome<CxmlDocument> {
  const size = typeof source === 'string' ? source.length : source.byteLength;
  if (size > limits.bytes) return refuse('REQUEST_TOO_LARGE', `The document is larger than ${limits.bytes} bytes`);
  const decoded = typeof source === 'string' ? accept(source.trimStart()) : decodeXmlBytes(source, contentType);
  if (!decoded.ok) return decoded;
  const items = new ItemTaker(limits.items);
  const tree = readXml(decoded.value, limits, { take: items.take, isAbsent: saysNothing });
  if (!tree.ok) return tree;
  const root = documentIn(tree.value);
  if (typeof root === 'string' && mayWrap) return parse(root, undefined, limits, false);
  try {
    return accept(readDocument(typeof root === 'string' ? tree.value : root, items));
  } catch (thrown) {
    if (thrown instanceof XmlFault) return thrown.toRefusal();
    throw thrown;
  }
}

function readDocument(root: XmlElement, items: ItemTaker): CxmlDocument {
  if (root.name.toLowerCase() !== 'cxml')
    throw new XmlFault(
      `The root element is not 'cXML' but '${root.name.slice(0, 60)}', and it contains no cXML document`,
      root.line,
      root.column,
    );
  const body = root.child('Request') ?? root.child('Message') ?? root.child('Response');
  if (body === undefined) throw missingChild(root, root.child('Header') === undefined ? 'Header' : 'Request');
  if (body.name === 'Response')
    return { kind: 'Response', envelope: readEnvelope(root, body, false), response: readResponse(body) };
  const payload = body.children.find((child) => child.name !== 'Status');
  if (payload !== undefined && isNamed(payload, 'PunchOutSetupRequest')) {
    const envelope = readEnvelope(root, body, true);
    return { kind: 'PunchOutSetupRequest', envelope, setup: readSetupRequest(payload, envelope, items) };
  }
  if (payload !== undefined && isNamed(payload, 'PunchOutOrderMessage')) {
    // The Header is not used: session and caller are authenticated in another way.
    return {
      kind: 'PunchOutOrderMessage',
      envelope: readEnvelope(root, body, false),
      message: readOrderMessage(payload, body, items.orderLines),
    };
  }
  const name = payload?.name ?? '';
  if (name === 'ProfileRequest') return { kind: name, envelope: readEnvelope(root, body, true) };
  if (payload !== undefined && name === 'OrderRequest')
    return {
      kind: name,
      envelope: readEnvelope(root, body, false),
      order: readPurchaseOrder(payload, body, items.purchaseLines),
    };
  return { kind: 'unknown', name, envelope: readEnvelope(root, body, false) };
}

/**
 * Reads the items while the document is parsed and removes them from the tree, so thousands of them never exist at the
 * same time.
 */
class ItemTaker {
  /** ItemOut of a setup request. */
  readonly requestedItems: RequestedItem[] = [];
  /** Fault of the first item without a part number. */
  itemFault: XmlFault | undefined;
  /** ItemIn of an order message. */
  readonly orderLines: CxmlOrderLine[] = [];
  /** ItemOut of an order. */
  readonly purchaseLines: PurchaseLine[] = [];
  private taken = 0;

  constructor(private readonly maxItems: number) {}

  /** For `readXml`. Throws an XmlFault, which `readXml` turns into a refusal. */
  readonly take = (element: XmlElement, parent: XmlElement): boolean => {
    if (element.name === 'ItemIn' && isNamed(parent, 'PunchOutOrderMessage')) {
      this.count(element);
      this.orderLines.push(readOrderLine(element, this.taken));
      return true;
    }
    if (element.name === 'ItemOut' && isNamed(parent, 'PunchOutSetupRequest')) {
      this.count(element);
      this.itemFault ??= faultOfItemKey(element);
      this.requestedItems.push(readRequestedItem(element, this.taken));
      return true;
    }
    if (element.name === 'ItemOut' && parent.name === 'OrderRequest') {
      this.count(element);
      this.purchaseLines.push(readPurchaseLine(element, this.taken));
      return true;
    }
    return false;
  };

  private count(element: XmlElement): void {
    this.taken += 1;
    if (this.taken <= this.maxItems) return;
    const { name, line, column } = element;
    throw new XmlFault(`There are more than ${this.maxItems} elements '${name}'`, line, column, 'REQUEST_TOO_LARGE');
  }
}

/** Even the official guide uses the casing `Punchout...` (cxml.md 1.11). */
function isNamed({ name }: XmlElement, expected: `PunchOut${string}`): boolean {
  return name === expected || (name.startsWith('Punchout') && `PunchOut${name.slice(8)}` === expected);
}

/**
 * Finds the cXML document in a tree: the root, else (SOAP) the first `cXML` element below it, else the first text that
 * is XML (escaped, or in CDATA). Returns the root if there is none.
 */
function documentIn(root: XmlElement): XmlElement | string {
  return isCxml(root) ? root : (find(root) ?? root);
}

function find(element: XmlElement): XmlElement | string | undefined {
  for (const child of element.children) {
    if (isCxml(child)) return child;
    const text = child.text.trimStart();
    if (text.startsWith('<')) return text;
    const found = find(child);
    if (found !== undefined) return found;
  }
  const own = element.text.trimStart();
  return own.startsWith('<') ? own : undefined;
}

function isCxml({ name }: XmlElement): boolean {
  return name.toLowerCase() === 'cxml';
}

/**
 * PunchOutOrderMessage (cxml.md 7) without its ItemIn elements, which were already removed. `message` is the Message
 * around it.
 */
function readOrderMessage(element: XmlElement, message: XmlElement, lines: CxmlOrderLine[]): CxmlOrderMessage {
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
    operationAllowed,
    quoteStatus,
    inReplyTo,
    status: code === undefined && text === undefined ? undefined : { code: code ?? '', text: text ?? '' },
    total: total === undefined ? undefined : readMoney(total),
    shipTo,
    shipToLanguage: shipTo === undefined ? undefined : shipToLanguage,
    shipping,
    tax,
    supplierOrderId,
    lines,
    unread: unread.length === 0 ? undefined : unread,
  };
}
