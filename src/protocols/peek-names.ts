import { Buffer } from 'node:buffer';
import { unwrapBody } from './cxml/unwrap-body.js';
import { decodeCharacterReferences } from './form/form-text.js';
import { formCharset, parseFlatForm, parseFlatQuery } from './form/parse-flat-form.js';
import { isMultipartForm, parseMultipartForm } from './form/parse-form-body.js';
import { type CallUpNames, findOciCredentials } from './oci/call-up/collect-call-up.js';
import { decodeXmlStart } from './xml/decode-xml-bytes.js';

/** A name that a caller claims. `domain` is empty for OCI. */
export interface PeekedName {
  domain: string;
  identity: string;
}

const MOST_NAMES = 20;
/** Maximum length of a name; no more of a tag is read. */
const LONGEST = 600;
const API_KEY = '"api_key"';
/** The start tag of a Credential or an Identity, and the text behind it. */
const TAG =
  /<(?:[\w.-]{1,40}:)?(Credential|Identity)\b([^<>]{0,600})>(?:\s{0,60}<!\[CDATA\[([^\]]{0,600})\]\]>|([^<]{0,600})(?=<))/gi;
const DOMAIN = /(?:^|\s)domain\s{0,20}=\s{0,20}(?:"([^"]{0,600})"|'([^']{0,600})')/i;

/**
 * Names of the credentials at the start of a cXML document, in any wrapping (`unwrapBody`). Nothing is verified, so
 * they prove nothing.
 */
export function peekCxmlNames(start: Buffer, contentType: string): PeekedName[] {
  const text = documentAt(start, contentType);
  const names = namesIn(text);
  // In SOAP the document may be escaped text.
  return names.length > 0 || !text.includes('&') ? names : namesIn(decodeCharacterReferences(text));
}

/**
 * The user name of an OCI call-up, from its query and the start of its form, by the usual parameter names and by those
 * of connections; as received, and also trimmed.
 */
export function peekOciNames(
  start: Buffer,
  query: string,
  chosen: readonly CallUpNames[],
  contentType = '',
): PeekedName[] {
  const charset = formCharset(contentType);
  const body = isMultipartForm(contentType)
    ? parseMultipartForm(start, contentType, charset, { mayBeCut: true })
    : // The last parameter may be cut off.
      parseFlatForm(start.subarray(0, Math.max(0, start.lastIndexOf('&'))), charset);
  const asked = parseFlatQuery(query, charset);
  const pairs = [...(body.ok ? body.value : []), ...(asked.ok ? asked.value : [])];
  return [undefined, ...chosen].slice(0, MOST_NAMES).flatMap((names) => {
    const found = findOciCredentials(pairs, names);
    if (!found.ok || found.value.username === undefined) return [];
    const { username } = found.value;
    return [...new Set([username, username.trim()])].map((identity) => ({ domain: '', identity }));
  });
}

/** The `api_key` near the start of a JSON body, if present. */
export function peekApiKey(start: Buffer): string | undefined {
  const text = start.toString('utf8');
  const at = text.indexOf(API_KEY);
  return at < 0 ? undefined : quotedAfter(text, at + API_KEY.length, ':');
}

/** Text of the document, or of its available part. */
function documentAt(start: Buffer, contentType: string): string {
  const whole = unwrapBody(start, contentType);
  const found = whole.ok ? whole : unwrapBody(closed(start), contentType);
  if (!found.ok) return start.toString('utf8');
  const { source, contentType: type } = found.value;
  return typeof source === 'string' ? source : (decodeXmlStart(source, type) ?? source.toString('utf8'));
}

/** JSON that was cut inside a string, completed. */
function closed(start: Buffer): Buffer {
  const text = start.toString('utf8').trimStart();
  const end = text.startsWith('{') ? '"}' : '"';
  return Buffer.from(text.replace(/\\[^"\\]{0,5}$/, '') + end);
}

function namesIn(text: string): PeekedName[] {
  const names: PeekedName[] = [];
  let domain: string | undefined;
  for (const [, element = '', attributes = '', literal, content = ''] of text.matchAll(TAG)) {
    if (element.toLowerCase() === 'credential') {
      const found = DOMAIN.exec(attributes);
      domain = found?.[1] ?? found?.[2];
    } else if (domain !== undefined) {
      names.push({ domain: plain(domain), identity: literal?.trim() ?? plain(content) });
      if (names.length === MOST_NAMES) break;
    }
  }
  return names;
}

/** The quoted text after `sign`, ignoring blanks. */
function quotedAfter(text: string, at: number, sign: string): string | undefined {
  const rest = text.slice(at, at + LONGEST).trimStart();
  if (!rest.startsWith(sign)) return undefined;
  const value = rest.slice(1).trimStart();
  const [quote] = value;
  if (quote !== '"' && quote !== "'") return undefined;
  const end = value.indexOf(quote, 1);
  return end < 0 ? undefined : value.slice(1, end);
}

function plain(text: string): string {
  return decodeCharacterReferences(text).trim();
}
