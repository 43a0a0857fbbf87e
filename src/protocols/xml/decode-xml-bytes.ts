import { accept, type Outcome } from '../../domain/error-codes.js';
import { decodeBytes, firstWrongByte } from '../encodings/decode-bytes.js';
import { charsetParameter, type Encoding, encodingOfLabel } from '../encodings/encoding-of-label.js';
import { XmlFault } from './xml-fault.js';

const DECLARED = /^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([^"']{0,40})["']/;

/** The encoding that a document names. */
interface Named {
  encoding: Encoding;
  /** For a refusal: why this encoding was chosen. */
  because: string;
}

/**
 * Decodes an XML document by its byte order mark, else the charset of `contentType`, else its XML declaration, else as
 * UTF-8 (cxml.md 1.4). UTF-16 is also recognised by the zero bytes of its first character. A document that declares
 * UTF-16 but has no zero bytes is read as UTF-8 (found in the corpus of cxml.md 1.4). A byte order mark and leading
 * blanks are removed (cxml.md 1.1). Refuses with INVALID_XML an unsupported encoding, and invalid bytes with the place
 * of the first.
 */
export function decodeXmlBytes(bytes: Uint8Array, contentType?: string): Outcome<string> {
  const named = encodingOfMark(bytes) ?? encodingByName(bytes, contentType);
  if (!('encoding' in named)) return named;
  const { encoding, because } = named;
  const text = decodeBytes(bytes, encoding);
  if (text !== undefined) return accept(text.trimStart());
  const { line, column, byte, offset } = firstWrongByte(bytes, encoding);
  const seen = byte === undefined ? 'These bytes are' : `Byte 0x${byte} at offset ${offset} is`;
  const name = encoding.toUpperCase();
  const remedy =
    encoding === 'utf-8'
      ? 'Write the document in UTF-8, or declare its encoding: <?xml version="1.0" encoding="ISO-8859-1"?>.'
      : `Declare the encoding in which the document is written, or write it in ${name}.`;
  return new XmlFault(
    `${seen} not ${name}, and the document is read as ${name} because ${because}. ${remedy}`,
    line,
    column,
  ).toRefusal();
}

/** Text of the start of a document, whose last character may be cut; undefined if `decodeXmlBytes` refuses. */
export function decodeXmlStart(start: Uint8Array, contentType?: string): string | undefined {
  for (let cut = 0; cut < 4; cut += 1) {
    const decoded = decodeXmlBytes(start.subarray(0, start.length - cut), contentType);
    if (decoded.ok) return decoded.value;
  }
  return undefined;
}

/** Whether the encoding of the bytes is supported, well-formed or not. */
export function hasKnownEncoding(bytes: Uint8Array, contentType?: string): boolean {
  return encodingOfXml(bytes, contentType) !== undefined;
}

/** The encoding that `decodeXmlBytes` uses; undefined if unsupported. */
export function encodingOfXml(bytes: Uint8Array, contentType?: string): Encoding | undefined {
  const named = encodingOfMark(bytes) ?? encodingByName(bytes, contentType);
  return 'encoding' in named ? named.encoding : undefined;
}

function encodingByName(bytes: Uint8Array, contentType: string | undefined): Named | ReturnType<XmlFault['toRefusal']> {
  const charset = charsetParameter(contentType);
  const declared = charset === undefined ? declaredEncoding(bytes) : undefined;
  const label = charset ?? declared ?? 'utf-8';
  const encoding = encodingOfLabel(label);
  if (encoding === undefined) {
    if (label.trim() === '')
      return new XmlFault(
        'The XML declaration names no encoding (encoding=""): write encoding="UTF-8", or leave it out',
        1,
        1,
      ).toRefusal();
    const shown = label.replace(/[^\w.:-]/g, '').slice(0, 40);
    return new XmlFault(
      `The encoding '${shown}' that ${charset === undefined ? 'the XML declaration' : 'Content-Type'} names is ` +
        'not supported. Send UTF-8.',
      1,
      1,
    ).toRefusal();
  }
  const because =
    charset === undefined
      ? declared === undefined
        ? 'nothing says otherwise'
        : 'its XML declaration says so'
      : 'the charset of Content-Type says so';
  return { encoding: encoding.startsWith('utf-16') ? 'utf-8' : encoding, because };
}

function encodingOfMark(bytes: Uint8Array): Named | undefined {
  const [first, second, third, fourth] = bytes;
  const named = (encoding: Encoding, because: string): Named => ({ encoding, because });
  if (first === 0xef && second === 0xbb && third === 0xbf) return named('utf-8', 'of its byte order mark');
  if (first === 0xff && second === 0xfe) return named('utf-16le', 'of its byte order mark');
  if (first === 0xfe && second === 0xff) return named('utf-16be', 'of its byte order mark');
  // Two zero bytes in a row are UTF-32, or UTF-16 that is not XML.
  if (first !== 0 && second === 0 && third !== 0) return named('utf-16le', 'of its zero bytes');
  if (first === 0 && second !== 0 && fourth !== 0) return named('utf-16be', 'of its zero bytes');
  return undefined;
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  return DECLARED.exec(
    Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 400)).toString('latin1'),
  )?.[1];
}
