import { accept, type Outcome } from '../../domain/error-codes.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import { decodeCharacterReferences } from '../form/form-text.js';
import { formCharset, parseFlatForm } from '../form/parse-flat-form.js';
import { boundaryOf, isMultipart, type MimePart, readMultipart } from '../mime/read-multipart.js';
import { XmlFault } from '../xml/xml-fault.js';
import type { CxmlDocument, CxmlLimits } from './cxml-document.js';
import { parseCxml } from './parse-cxml.js';

export interface UnwrappedDocument {
  /** Bytes, with their encoding in `contentType` or in themselves, or text that was decoded with its wrapping. */
  source: Buffer | string;
  contentType?: string;
  /** The removed wrappings, the outermost first; empty if the document is the body. */
  wrappings: string[];
  /** The other parts of a MIME body. */
  attachments: MimePart[];
  /** The outermost MIME body around the document. */
  mime?: MimeBody;
}

export interface MimeBody {
  body: Buffer;
  contentType: string;
  parts: readonly MimePart[];
  /** The one of `parts` that holds the document. */
  root: MimePart;
  /** Set if the root is itself a MIME body. */
  inner?: MimeBody;
}

/** Maximum depth of wrappings: base64 in a form in a MIME part, and one more. */
const DEEPEST = 4;
const MOST_VALUES = 100;
const BLANK = /^[\s\ufeff]*/;
const BASE64 = /^[A-Za-z0-9+/_-]{16,}={0,2}$/;
/** Must not match the end of base64. */
const FORM_START = /^[\w.$~*-]{1,80}=(?!=?\s*$)/;
const ESCAPED_START = /^(?:%EF%BB%BF)?(?:%20|%0D|%0A|\+)*%3C/i;
const REFERENCE_START = /^&(?:lt|#0*60|#x0*3c);/i;

const SEND = 'Send the cXML document as the body, with Content-Type: text/xml';

/**
 * Finds the XML document in a body. It looks at the content, because the Content-Type is often wrong. The document may
 * be the body itself, a field of a form (`cXML-base64` and `cXML-urlencoded` first, cxml.md 8), a part of a MIME body,
 * a JSON string or a string in a JSON object. It may be in base64, percent escapes or character references. SOAP is
 * XML: `parseCxml` looks into it. An empty body is returned unchanged. Refuses a body without a document with
 * INVALID_XML (details: line 1, column 1) and explains what it found and what to send.
 */
export function unwrapBody(body: Buffer, contentType: string | undefined): Outcome<UnwrappedDocument> {
  return unwrapBytes(body, contentType, 0);
}

function unwrapBytes(bytes: Buffer, contentType: string | undefined, depth: number): Outcome<UnwrappedDocument> {
  const plain: UnwrappedDocument = {
    source: bytes,
    wrappings: [],
    attachments: [],
    contentType,
  };
  const start = bytes
    .toString('latin1', 0, 200)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  // The byte order marks and zero bytes of UTF-16.
  const isUtf16 = /^(?:\xff\xfe|\xfe\xff)/.test(start) || bytes[0] === 0 || bytes[1] === 0;
  if (isUtf16 || start === '' || start.startsWith('<')) return accept(plain);
  if (isMultipart(contentType, start)) return unwrapParts(bytes, contentType ?? '', depth);
  if (FORM_START.test(start)) return unwrapForm(bytes, contentType, depth);
  const whole = unwrapText(bytes.toString('utf8'), depth);
  // The field has an unusual name: only the Content-Type says that this is a form.
  return !whole.ok && /x-www-form-urlencoded/i.test(contentType ?? '') ? unwrapForm(bytes, contentType, depth) : whole;
}

/** Finds the document in the text of a field, of a JSON string, or of a body that is not XML. */
function unwrapText(text: string, depth: number): Outcome<UnwrappedDocument> {
  const start = text.replace(BLANK, '');
  if (start.startsWith('<')) return accept({ source: start, wrappings: [], attachments: [] });
  if (depth >= DEEPEST) return refused('The document has too many wrappings around it', SEND);
  if (/^["{[]/.test(start)) return unwrapJson(start, depth);
  if (REFERENCE_START.test(start))
    return within('character references', unwrapText(decodeCharacterReferences(text), depth + 1));
  if (ESCAPED_START.test(start))
    return within('percent escapes', unwrapBytes(percentDecoded(start), undefined, depth + 1));
  // A "+" that was not URL-encoded in a form arrives as a blank.
  const compact = start
    .trimEnd()
    .replace(/ /g, '+')
    .replace(/[\r\n\t]+/g, '');
  if (BASE64.test(compact)) {
    const inner = unwrapBytes(Buffer.from(compact, 'base64'), undefined, depth + 1);
    if (inner.ok) return within('base64', inner);
  }
  return refused(start === '' ? 'The value is empty' : 'The body is neither XML nor a known wrapping of it', SEND);
}

/** A "+" is a blank, unless blanks have another escape. */
function percentDecoded(text: string): Buffer {
  const bytes = Buffer.from(text.includes('%20') ? text : text.replaceAll('+', ' ')).toString('latin1');
  return Buffer.from(
    bytes.replace(/%([\dA-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    'latin1',
  );
}

function unwrapForm(bytes: Buffer, contentType: string | undefined, depth: number): Outcome<UnwrappedDocument> {
  const pairs = parseFlatForm(bytes, formCharset(contentType));
  if (!pairs.ok) return pairs;
  const inner = firstOf(
    [...pairs.value].sort((a, b) => rankOf(a) - rankOf(b)),
    'form field',
    depth,
  );
  if (inner !== undefined) return inner;
  const names = pairs.value
    .slice(0, 10)
    .map(({ name }) => `"${name.slice(0, 40)}"`)
    .join(', ');
  return refused(
    `The body is a form${names === '' ? '' : ` with the fields ${names}`}, and no field holds an XML document`,
    `${SEND}, or in the field cXML-urlencoded or cXML-base64`,
  );
}

/** Order of the fields (cxml.md 8): base64, urlencoded, then any other that holds a document. */
function rankOf({ name }: NameValue): number {
  const place = ['cxml-base64', 'cxml-urlencoded'].indexOf(name.trim().toLowerCase());
  return place < 0 ? 2 : place;
}

function firstOf(values: readonly NameValue[], kind: string, depth: number): Outcome<UnwrappedDocument> | undefined {
  for (const { name, value } of values.slice(0, MOST_VALUES)) {
    const inner = value === '' ? undefined : unwrapText(value, depth + 1);
    if (inner?.ok === true) return within(`${kind} "${name.slice(0, 40)}"`, inner);
  }
  return undefined;
}

function unwrapJson(text: string, depth: number): Outcome<UnwrappedDocument> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('The body looks like JSON, but cannot be read as JSON', SEND);
  }
  if (typeof value === 'string') return within('JSON string', unwrapText(value, depth + 1));
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  // A JSON call-up has a `protocol` and contains no document.
  const strings = members.some(([name]) => name === 'protocol')
    ? []
    : members.filter((member): member is [string, string] => typeof member[1] === 'string');
  const inner = firstOf(
    strings.map(([name, text]) => ({ name, value: text })),
    'JSON member',
    depth,
  );
  return (
    inner ??
    refused(
      'The body is JSON and holds no XML document',
      `${SEND}. A call-up by JSON needs Content-Type: application/json and an API key`,
    )
  );
}

function unwrapParts(bytes: Buffer, contentType: string, depth: number): Outcome<UnwrappedDocument> {
  const kind = /^\s*(multipart\/[\w.+-]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'multipart';
  if (depth >= DEEPEST) return refused('The document has too many wrappings around it', SEND);
  const parts = readMultipart(bytes, contentType);
  if (!parts.ok) return parts;
  // In MIME the first part should be the document. A form may have other fields first.
  for (const part of parts.value) {
    const inner = unwrapBytes(part.bytes, part.contentType, depth + 1);
    if (inner.ok && part.bytes.length > 0)
      return within(
        kind,
        accept({
          ...inner.value,
          attachments: [...parts.value.filter((other) => other !== part), ...inner.value.attachments],
          mime: {
            body: bytes,
            contentType: kind.includes('/')
              ? contentType
              : `multipart/mixed; boundary="${boundaryOf(bytes, '') ?? ''}"`,
            parts: parts.value,
            root: part,
            inner: inner.value.mime,
          },
        }),
      );
  }
  return refused(`The body is ${kind} with ${parts.value.length} parts, and none of them is an XML document`, SEND);
}

function within(wrapping: string, inner: Outcome<UnwrappedDocument>): Outcome<UnwrappedDocument> {
  return inner.ok ? accept({ ...inner.value, wrappings: [wrapping, ...inner.value.wrappings] }) : inner;
}

function refused(error: string, remedy: string): ReturnType<XmlFault['toRefusal']> {
  return new XmlFault(`${error}. ${remedy}`, 1, 1).toRefusal();
}

/**
 * `parseCxml` for a document that `unwrapBody` has found. A refusal names the wrapping, because its line numbers count
 * inside it.
 */
export function parseUnwrapped(
  { source, contentType, wrappings }: UnwrappedDocument,
  limits?: CxmlLimits,
): Outcome<CxmlDocument> {
  const parsed = parseCxml(source, contentType, limits);
  if (parsed.ok || wrappings.length === 0) return parsed;
  const { refusal } = parsed;
  const told = (text: unknown): string => `${String(text)} [in the document extracted from: ${wrappings.join(', ')}]`;
  return {
    ok: false,
    refusal: {
      ...refusal,
      reason: refusal.reason === undefined ? undefined : told(refusal.reason),
      details:
        refusal.details?.['error'] === undefined
          ? refusal.details
          : { ...refusal.details, error: told(refusal.details['error']) },
    },
  };
}
