import { isUtf8 } from 'node:buffer';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { decodeCharacterReferences } from '../form/form-text.js';
import { isMultipart, type MimePart, readMultipart, type NewContent, rewriteParts } from '../mime/read-multipart.js';
import { encodingOfXml } from '../xml/decode-xml-bytes.js';
import { escapeXmlText } from '../xml/escape-xml.js';
import { readLooseTag } from '../xml/loose-tag.js';
import { maskSecretMarkup } from '../xml/mask-secret-markup.js';
import { type MimeBody, type UnwrappedDocument, parseUnwrapped } from './unwrap-body.js';

/** A document and its attachments, ready to be stored. */
export interface KeptCopy {
  document: Buffer;
  contentType: string;
}

const UTF_8 = 'text/xml; charset=UTF-8';

/**
 * The copy of a body that is stored if its document is well-formed: without the secrets in the document, and without
 * SharedSecret in its attachments. Each part keeps its encoding; all else is byte for byte. A document from a wrapping
 * (form, JSON, base64) is stored without the wrapping, in UTF-8. Refuses INVALID_REQUEST if a SharedSecret is left.
 */
export function withoutSecret(unwrapped: UnwrappedDocument, hasSecret: boolean): Outcome<KeptCopy> {
  const { source, mime, contentType, wrappings } = unwrapped;
  const masked = typeof source === 'string' ? maskDocument(source) : changed(source, contentType, maskDocument);
  if (hasSecret && isSecretLeft(unwrapped, masked))
    return refuse(
      'INVALID_REQUEST',
      'The SharedSecret of this document cannot be removed from the stored copy: send it in Sender, in a ' +
        'plain cXML document.',
    );
  if (mime !== undefined) return accept({ document: maskParts(mime, masked), contentType: mime.contentType });
  if (typeof masked === 'string') return accept({ document: asUtf8(masked), contentType: UTF_8 });
  return accept({ document: masked, contentType: contentType ?? (wrappings.length === 0 ? '' : 'text/xml') });
}

function isSecretLeft(unwrapped: UnwrappedDocument, masked: Buffer | string): boolean {
  const { source } = unwrapped;
  if (typeof masked === 'string' ? masked === source : masked.equals(Buffer.from(source))) return true;
  const read = parseUnwrapped({ ...unwrapped, source: masked });
  return read.ok && read.value.envelope.sharedSecrets.length > 0;
}

/** Masks markup, and markup inside it as escaped text (SOAP). */
function maskDocument(text: string): string {
  return maskEscaped(maskSecretMarkup(text, '', true));
}

const ESCAPED = /&(?:lt|#0*60|#x0*3c);/i;

function maskEscaped(text: string): string {
  if (!ESCAPED.test(text)) return text;
  const parts: string[] = [];
  let kept = 0;
  for (let at = text.indexOf('<'); at >= 0;) {
    const { end } = readLooseTag(text, at);
    const next = text.indexOf('<', Math.max(end, at + 1));
    const to = next < 0 ? text.length : next;
    const run = text.slice(end, to);
    if (ESCAPED.test(run)) {
      const plain = decodeCharacterReferences(run);
      const masked = maskSecretMarkup(plain, '', true);
      if (masked !== plain) {
        parts.push(text.slice(kept, end), escapeXmlText(masked));
        kept = to;
      }
    }
    at = next;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(kept);
}

/** `document` is the new content of the root of the innermost body. */
function maskParts({ body, parts, root, inner }: MimeBody, document: Buffer | string): Buffer {
  const rooted = (): NewContent => {
    if (inner !== undefined) return { part: root, bytes: maskParts(inner, document) };
    return typeof document === 'string'
      ? { part: root, bytes: asUtf8(document), contentType: UTF_8 }
      : { part: root, bytes: document };
  };
  const contents = parts.flatMap((part): NewContent[] => {
    const content = part === root ? rooted() : { part, bytes: maskAttachment(part.bytes, part.contentType) };
    return content.bytes.equals(part.bytes) ? [] : [content];
  });
  return rewriteParts(body, contents, (between) => changed(between, undefined, maskSharedSecret));
}

/** An attachment may hold any bytes, so only SharedSecret is masked in it. */
function maskAttachment(bytes: Buffer, contentType: string): Buffer {
  const parts: Outcome<MimePart[]> | undefined = isMultipart(contentType, bytes.toString('latin1', 0, 200))
    ? readMultipart(bytes, contentType)
    : undefined;
  if (parts?.ok !== true) return changed(bytes, contentType, maskSharedSecret);
  const contents = parts.value.flatMap((part): NewContent[] => {
    const masked = maskAttachment(part.bytes, part.contentType);
    return masked.equals(part.bytes) ? [] : [{ part, bytes: masked }];
  });
  return rewriteParts(bytes, contents, (between) => changed(between, undefined, maskSharedSecret));
}

const SECRET_START = /<(?:[\w.-]+:)?SharedSecret[^<>]*(?<!\/)>/gi;
const SECRET_END = /<\/(?:[\w.-]+:)?SharedSecret/gi;
const TEXT_END = /[<\r\n]|$/g;

/**
 * SharedSecret and its copies (SharedSecret1), up to the end tag. Without an end tag, up to the next tag or the end of
 * the line. Each character is read once (T67).
 */
function maskSharedSecret(text: string): string {
  const parts: string[] = [];
  let kept = 0;
  let lastEnd: number | undefined;
  for (let start = behind(SECRET_START, text, 0); start !== undefined; start = behind(SECRET_START, text, start)) {
    if (lastEnd === undefined || lastEnd < start) lastEnd = placeOf(SECRET_END, text, start) ?? text.length + 1;
    const end = lastEnd <= text.length ? lastEnd : (placeOf(TEXT_END, text, start) ?? text.length);
    parts.push(text.slice(kept, start));
    kept = end;
    start = end;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(kept);
}

function behind(pattern: RegExp, text: string, from: number): number | undefined {
  return placeOf(pattern, text, from) === undefined ? undefined : pattern.lastIndex;
}

function placeOf(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index;
}

/** Applies a change to the text of the bytes, in the same encoding. Returns the same bytes if nothing changes. */
function changed(bytes: Buffer, contentType: string | undefined, change: (text: string) => string): Buffer {
  const encoding = encodingOfXml(bytes, contentType);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
    const little = encoding === 'utf-16le' ? even : Buffer.from(even).swap16();
    const text = little.toString('utf16le');
    const after = change(text);
    if (after === text) return bytes;
    const written = Buffer.from(after, 'utf16le');
    return Buffer.concat([encoding === 'utf-16le' ? written : written.swap16(), bytes.subarray(even.length)]);
  }
  // In all other encodings that we read, markup is ASCII and never part of another character.
  const form = encoding === 'utf-8' && isUtf8(bytes) ? 'utf8' : 'latin1';
  const text = bytes.toString(form);
  const after = change(text);
  return after === text ? bytes : Buffer.from(after, form);
}

/** Text that is stored in UTF-8 declares UTF-8. */
function asUtf8(text: string): Buffer {
  return Buffer.from(text.replace(/^(\s*<\?xml[^<>]*?\sencoding\s*=\s*["'])[^"'<>]*/, '$1UTF-8'));
}
