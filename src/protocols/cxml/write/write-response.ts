import type { CxmlVersion } from '../../../domain/access/connection.js';
import { addElement, addText, newDocument, type XmlAttributes, type XmlNode, xmlText } from '../../xml/build-xml.js';
import { markupElement, markupText } from '../../xml/escape-xml.js';
import { documentStart, cxmlTimestamp } from './document-start.js';

export interface ResponseEnvelope {
  /** `…@host`, see `newPayloadId`. */
  payloadId: string;
  at: Date;
  /** Language of the request (BCP 47, cxml.md 1.8). */
  language?: string;
  version?: CxmlVersion;
}

/**
 * Answer to an accepted call-up: Status 200 and, beside it, the page to send the browser to. The one response on a hot
 * path, hence written as text (adr/0001).
 */
export function writePunchOutSetupResponse(envelope: ResponseEnvelope, startUrl: string): string {
  const startPage = markupElement('StartPage', {}, markupText('URL', {}, startUrl));
  const status = markupElement('Status', { code: '200', text: statusText(200) });
  const response = markupElement('Response', {}, status + markupElement('PunchOutSetupResponse', {}, startPage));
  return startOf(envelope) + markupElement('cXML', rootAttributes(envelope), response);
}

/** Status only. `reason` tells the integration engineer what is wrong (cxml.md 3) and never contains a secret. */
export function writeStatusResponse(envelope: ResponseEnvelope, code: number, reason?: string): string {
  return writeResponse(envelope, code, reason);
}

/** Answer to HTTP GET on a cXML address (cxml.md 3). */
export function writePingResponse(envelope: ResponseEnvelope): string {
  return writeResponse(envelope, 200, 'Ping Response Message');
}

interface SupportedTransaction {
  /** E.g. `PunchOutSetupRequest`. */
  requestName: string;
  url: string;
  /** E.g. `operationAllowed` -> `create inspect edit` (cxml.md 4). */
  options?: Record<string, string>;
}

/** `effectiveDate` is the time of the answer, so it is never in the future (cxml.md 4). At least one transaction. */
export function writeProfileResponse(
  envelope: ResponseEnvelope,
  transactions: readonly [SupportedTransaction, ...SupportedTransaction[]],
): string {
  return writeResponse(envelope, 200, undefined, (response) => {
    const profile = addElement(response, 'ProfileResponse', { effectiveDate: cxmlTimestamp(envelope.at) });
    for (const { requestName, url, options = {} } of transactions) {
      const transaction = addElement(profile, 'Transaction', { requestName });
      addText(transaction, 'URL', {}, url);
      for (const [name, value] of Object.entries(options)) addText(transaction, 'Option', { name }, value);
    }
  });
}

function writeResponse(
  envelope: ResponseEnvelope,
  code: number,
  reason: string | undefined,
  addPayload?: (response: XmlNode) => void,
): string {
  const document = newDocument('cXML', rootAttributes(envelope));
  const response = addElement(document, 'Response');
  const status = { code: String(code), text: statusText(code) };
  if (!addText(response, 'Status', { ...status, 'xml:lang': 'en-US' }, reason)) addElement(response, 'Status', status);
  addPayload?.(response);
  return startOf(envelope) + xmlText(document);
}

function startOf({ version = '1.2.014' }: ResponseEnvelope): string {
  return documentStart(version);
}

function rootAttributes({ payloadId, at, language }: ResponseEnvelope): XmlAttributes {
  return { payloadID: payloadId, timestamp: cxmlTimestamp(at), 'xml:lang': language };
}

/** Canonical texts of the codes that we send (cxml.md 3). 405 and 478 are in no cXML table and are never sent. */
const STATUS_TEXTS = new Map<number, string>([
  [200, 'OK'],
  [201, 'Accepted'],
  [204, 'No Content'],
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [402, 'Payment Required'],
  [403, 'Forbidden'],
  [406, 'Not Acceptable'],
  [409, 'Conflict'],
  [412, 'Precondition Failed'],
  [417, 'Expectation Failed'],
  [450, 'Not Implemented'],
  [475, 'Signature Required'],
  [476, 'Signature Verification Failed'],
  [477, 'Signature Unacceptable'],
  [500, 'Internal Server Error'],
  [550, 'Unable to reach cXML server'],
  [551, 'Unable to forward request'],
  [560, 'Temporary server error'],
]);

/** Unknown codes use the text of their class (cxml.md 3). */
export function statusText(code: number): string {
  return STATUS_TEXTS.get(code) ?? STATUS_TEXTS.get(code < 300 ? 200 : code < 500 ? 400 : 500) ?? 'OK';
}
