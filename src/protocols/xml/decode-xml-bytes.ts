import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { accept, type Outcome } from '../../domain/error-codes.js';
import { XmlFault } from './xml-fault.js';

/**
 * Names of SECURITY T26's list -> decoder. ISO-8859-1 is read as its superset windows-1252, as browsers do, because real
 * documents mix them up; UTF-16 without a byte order mark is taken for a lie about UTF-8 (seen in RULES 1.4's corpus).
 */
const DECODERS = new Map<string, string>([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['utf-16', 'utf-8'],
  ['utf-16le', 'utf-8'],
  ['utf-16be', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['ascii', 'utf-8'],
  ['iso-8859-1', 'windows-1252'],
  ['latin1', 'windows-1252'],
  ['windows-1252', 'windows-1252'],
]);

const BYTE_ORDER_MARK = 0xfeff;

const HTTP_CHARSET = /;\s*charset\s*=\s*["']?([^\s;"']+)/i;
const DECLARED = /^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([^"']{0,40})["']/;

/**
 * Text of an XML document: by its byte order mark, else the charset of `contentType`, else its XML declaration, else UTF-8
 * (RULES 1.4). A byte order mark and leading blanks are dropped (RULES 1.1).
 * Refuses with INVALID_XML other charsets, and bytes that the charset does not have.
 */
export function decodeXmlBytes(bytes: Uint8Array, contentType?: string): Outcome<string> {
  const marked = decoderOfMark(bytes);
  const name = marked ?? (contentType === undefined ? undefined : HTTP_CHARSET.exec(contentType)?.[1]) ?? declaredCharset(bytes) ?? 'utf-8';
  const decoder = marked ?? DECODERS.get(name.toLowerCase());
  if (decoder === undefined) return refused(`The encoding '${name.replace(/[^\w.-]/g, '').slice(0, 40)}' is not supported`);
  if (marked === undefined && bytes.length > 1 && (bytes[0] === 0 || bytes[1] === 0)) return refused('UTF-16 needs a byte order mark');
  if (decoder === 'utf-8' && /ascii$/i.test(name) && bytes.some((byte) => byte > 0x7f)) {
    return refused('The document says that it is US-ASCII and holds other bytes');
  }
  try {
    const text = decoder === 'utf-8' ? decodeUtf8(bytes) : decoder === 'windows-1252' ? decodeWindows1252(bytes) : decoderOf(decoder).decode(bytes);
    return accept(text.trimStart());
  } catch {
    return refused(`The bytes are not ${decoder}`);
  }
}

/** Twice as quick as a fatal TextDecoder, and one byte a character where the document is ASCII. */
function decodeUtf8(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isAscii(buffer)) return buffer.toString('latin1');
  if (!isUtf8(buffer)) throw new TypeError('not UTF-8');
  const text = buffer.toString('utf8');
  return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
}

const decoders = new Map<string, TextDecoder>();

/** `fatal`: a byte that is not of the charset refuses the document instead of becoming U+FFFD. Without `stream` they keep no state. */
function decoderOf(name: string): TextDecoder {
  let decoder = decoders.get(name);
  if (decoder === undefined) {
    decoder = new TextDecoder(name, { fatal: true });
    decoders.set(name, decoder);
  }
  return decoder;
}

/** Characters of the bytes 80 to 9F; those that windows-1252 leaves open stay control characters. */
const WINDOWS_1252 = '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** By hand, because the TextDecoder of Node 20 reads windows-1252 as if it were Latin-1: 80 is not the euro sign there. */
function decodeWindows1252(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return text.replace(/[\u0080-\u009f]/g, (control) => WINDOWS_1252.charAt(control.charCodeAt(0) - 0x80));
}

function decoderOfMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function declaredCharset(bytes: Uint8Array): string | undefined {
  return DECLARED.exec(Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 400)).toString('latin1'))?.[1];
}

function refused(error: string): ReturnType<XmlFault['toRefusal']> {
  return new XmlFault(error, 1, 1).toRefusal();
}
