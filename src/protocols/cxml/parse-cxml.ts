import { accept, type Outcome, refuse } from '../../domain/error-codes.js';
import { documentIn } from './unwrap/document-in.js';
import { decodeXmlBytes } from '../xml/decode-xml-bytes.js';
import { readXml } from '../xml/read-xml.js';
import type { XmlElement } from '../xml/xml-element.js';
import { missingChild, XmlFault } from '../xml/xml-fault.js';
import type { CxmlDocument } from './cxml-document.js';
import { type CxmlLimits, SETUP_LIMITS } from './cxml-limits.js';
import { isNamed, ItemTaker } from './read/item-taker.js';
import { readEnvelope } from './read/read-envelope.js';
import { readPurchaseOrder } from './read/read-purchase-order.js';
import { readOrderMessage } from './read/read-order-message.js';
import { readResponse } from './read/read-response.js';
import { readSetupRequest } from './read/read-setup-request.js';
import { saysNothing } from './read/says-nothing.js';

/**
 * Reads what a buyer sends, liberally (RULES, "IN"): by name and not by position, any or no DTD version, empty as absent.
 * A document inside another one (SOAP) is found, as an element or as text.
 * `source` is the body as received with its Content-Type, or text that was decoded already (a form field).
 * Refuses with INVALID_XML (details: line, column, error) or REQUEST_TOO_LARGE.
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
      `The root element is not 'cXML' but '${root.name.slice(0, 60)}', and no cXML document stands in it`,
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
    // Nothing of its Header is used: session and caller are proven otherwise.
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
