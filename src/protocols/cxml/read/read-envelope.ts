import type { PartyCredential } from '../../../domain/transmission/setup-request.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { missingAttribute, missingChild, type XmlFault } from '../../xml/xml-fault.js';
import type { CredentialMac, CxmlEnvelope, CxmlResponse } from '../cxml-document.js';

/**
 * Envelope of a document (cxml.md 1 and 2). `body` is its Request, Message or Response. From and Sender with their
 * identities are required only if `strict`: for documents that we act on, not for those that we only recognise.
 * UserAgent and To may be missing.
 */
export function readEnvelope(root: XmlElement, body: XmlElement | undefined, strict: boolean): CxmlEnvelope {
  const header = root.child('Header');
  if (header === undefined && strict) throw missingChild(root, 'Header');
  const from = header?.child('From');
  const sender = header?.child('Sender');
  if (header !== undefined && strict) {
    if (from === undefined) throw missingChild(header, 'From');
    if (sender === undefined) throw missingChild(header, 'Sender');
  }
  const senderCredentials = sender?.children.filter((child) => child.name === 'Credential') ?? [];
  const envelope: CxmlEnvelope = {
    deploymentMode: body?.attribute('deploymentMode')?.toLowerCase() === 'test' ? 'test' : 'production',
    from: readParty(from, strict),
    to: readParty(header?.child('To'), false),
    sender: readParty(sender, strict),
    sharedSecrets: [],
    credentialMacs: [],
    signed:
      root.child('ds:Signature') !== undefined ||
      senderCredentials.some((credential) => credential.child('DigitalSignature') !== undefined),
  };
  envelope.payloadId = root.attribute('payloadID');
  envelope.timestamp = root.attribute('timestamp');
  envelope.language = root.attribute('xml:lang');
  envelope.userAgent = sender?.childText('UserAgent');
  for (const credential of senderCredentials) {
    for (const child of credential.children) {
      const secret = child.name === 'SharedSecret' ? child.trimmedText() : undefined;
      if (secret !== undefined)
        envelope.sharedSecrets.push({
          domain: credential.attribute('domain') ?? '',
          identity: credential.child('Identity')?.wholeText() ?? '',
          secret,
        });
      if (child.name === 'CredentialMac') envelope.credentialMacs.push(readMac(child));
    }
  }
  return envelope;
}

function readParty(party: XmlElement | undefined, strict: boolean): PartyCredential[] {
  if (party === undefined) return [];
  const credentials: PartyCredential[] = [];
  let fault: XmlFault | undefined;
  for (const element of party.children) {
    if (element.name !== 'Credential') continue;
    const domain = element.attribute('domain');
    const identity = element.child('Identity')?.wholeText();
    if (domain === undefined || identity === undefined) {
      fault ??= domain === undefined ? missingAttribute(element, 'domain') : missingChild(element, 'Identity');
      continue;
    }
    const type = element.attribute('type');
    credentials.push(type === undefined ? { domain, identity } : { domain, identity, type });
  }
  // One complete Credential is enough. The incomplete ones are ignored.
  if (strict && credentials.length === 0) throw fault ?? missingChild(party, 'Credential');
  return credentials;
}

function readMac(element: XmlElement): CredentialMac {
  return {
    type: element.attribute('type') ?? '',
    algorithm: element.attribute('algorithm') ?? '',
    creationDate: element.attribute('creationDate') ?? '',
    expirationDate: element.attribute('expirationDate') ?? '',
    value: element.trimmedText() ?? '',
  };
}

/**
 * Response with its Status. A PunchOutSetupResponse is found next to Status and also inside it, where PunchFlow puts
 * it.
 */
export function readResponse(response: XmlElement): CxmlResponse {
  const status = response.child('Status');
  if (status === undefined) throw missingChild(response, 'Status');
  const code = status.attribute('code');
  if (code === undefined) throw missingAttribute(status, 'code');
  const setup = [response, status]
    .flatMap((parent) => parent.children)
    .find(({ name }) => /^PunchoutSetupResponse$/i.test(name));
  const reason = status.trimmedText();
  const startUrl = setup?.descendant('StartPage', 'URL')?.trimmedText();
  return {
    code,
    text: status.attribute('text') ?? status.attribute('Text') ?? '',
    reason,
    startUrl,
  };
}
