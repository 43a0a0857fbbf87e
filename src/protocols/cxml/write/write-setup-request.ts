import type { PartyCredential } from '../../../domain/transmission/setup-request.js';
import { addElement, addText, addValue, newDocument, type XmlNode, xmlText } from '../../xml/build-xml.js';
import { documentStart } from './document-start.js';

export interface WrittenSetupRequest {
  payloadId: string;
  /** `cxmlTimestamp`. */
  timestamp: string;
  from: PartyCredential;
  to: PartyCredential;
  sharedSecret: string;
  userAgent: string;
  buyerCookie: string;
  returnUrl: string;
  /** Of the person who shops. */
  email: string;
  name: string;
}

/** A PunchOutSetupRequest as a buyer's system sends it (cxml.md 3), valid by DTD 1.2.014. */
export function writeSetupRequest(request: WrittenSetupRequest): string {
  const { payloadId, timestamp, from, to, email, name } = request;
  const document = newDocument('cXML', { payloadID: payloadId, timestamp });
  const header = addElement(document, 'Header');
  addCredential(addElement(header, 'From'), from);
  addCredential(addElement(header, 'To'), to);
  const sender = addElement(header, 'Sender');
  addValue(addCredential(sender, from), 'SharedSecret', request.sharedSecret);
  addText(sender, 'UserAgent', {}, request.userAgent);
  const setup = addElement(addElement(document, 'Request', { deploymentMode: 'test' }), 'PunchOutSetupRequest', {
    operation: 'create',
  });
  addValue(setup, 'BuyerCookie', request.buyerCookie);
  addText(setup, 'Extrinsic', { name: 'UserEmail' }, email);
  addText(setup, 'Extrinsic', { name: 'UserPrintableName' }, name);
  addValue(addElement(setup, 'BrowserFormPost'), 'URL', request.returnUrl);
  return `${documentStart('1.2.014')}${xmlText(document, true)}\n`;
}

function addCredential(parent: XmlNode, { domain, identity }: PartyCredential): XmlNode {
  const credential = addElement(parent, 'Credential', { domain });
  addValue(credential, 'Identity', identity);
  return credential;
}
