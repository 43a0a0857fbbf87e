import { Buffer } from 'node:buffer';
import { parseFlatForm, parseFlatQuery } from './form/parse-flat-form.js';
import { readRelated } from './mime/read-related.js';
import type { CallUpNames } from './oci/call-up/call-up-names.js';
import { findOciCredentials } from './oci/call-up/find-credentials.js';

/** A name that a caller gives itself. `domain` is empty for OCI. */
export interface PeekedName {
  domain: string;
  identity: string;
}

const MOST_NAMES = 20;
/** Longer names are nobody's; of tags no more is looked at. */
const LONGEST = 600;
const API_KEY = '"api_key"';

/** Names of the credentials at the beginning of a cXML document, or of the parts of a multipart body. They prove nothing: nothing is checked. */
export function peekCxmlNames(start: Buffer, contentType: string): PeekedName[] {
  const parts = /^\s*multipart\/related\b/i.test(contentType) ? readRelated(start, contentType) : undefined;
  const texts = parts?.ok === true ? parts.value.map(({ bytes }) => textOf(bytes)) : [textOf(start)];
  const names: PeekedName[] = [];
  for (const text of texts) {
    for (let at = text.indexOf('<Identity'); at >= 0 && names.length < MOST_NAMES; at = text.indexOf('<Identity', at + 1)) {
      const name = nameAt(text, at);
      if (name !== undefined) names.push(name);
    }
  }
  return names;
}

/** The user name of an OCI call-up, from its query and the beginning of its form; by the usual parameter names and by those that connections have chosen. */
export function peekOciNames(start: Buffer, query: string, chosen: readonly CallUpNames[]): PeekedName[] {
  // The last parameter may be cut off.
  const body = parseFlatForm(start.subarray(0, Math.max(0, start.lastIndexOf('&'))), 'utf-8');
  const asked = parseFlatQuery(query, 'utf-8');
  const pairs = [...(body.ok ? body.value : []), ...(asked.ok ? asked.value : [])];
  return [undefined, ...chosen].slice(0, MOST_NAMES).flatMap((names) => {
    const found = findOciCredentials(pairs, names);
    return found.ok && found.value.username !== undefined ? [{ domain: '', identity: found.value.username }] : [];
  });
}

/** The `api_key` of a JSON body, where it stands near the beginning. */
export function peekApiKey(start: Buffer): string | undefined {
  const text = start.toString('utf8');
  const at = text.indexOf(API_KEY);
  return at < 0 ? undefined : quotedAfter(text, at + API_KEY.length, ':');
}

function nameAt(text: string, at: number): PeekedName | undefined {
  const opened = text.indexOf('>', at);
  const closed = text.indexOf('</Identity', at);
  const credential = text.lastIndexOf('<Credential', at);
  if (opened < 0 || closed < opened || opened - at > LONGEST || closed - opened > LONGEST || credential < 0) return undefined;
  const tag = text.slice(credential, Math.min(at, credential + LONGEST));
  const attribute = tag.search(/\sdomain[\s=]/);
  const domain = attribute < 0 ? undefined : quotedAfter(tag, attribute + ' domain'.length, '=');
  return domain === undefined ? undefined : { domain: plain(domain), identity: plain(text.slice(opened + 1, closed)) };
}

/** What stands in quotes behind `sign`, blanks aside. */
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
  return text.replace(/<!\[CDATA\[|\]\]>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&').trim();
}

/** Documents in UTF-16 are read too, with their mark and without. */
function textOf(bytes: Buffer): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return bytes.toString('utf16le');
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16().toString('utf16le');
  return bytes.toString('utf8');
}
