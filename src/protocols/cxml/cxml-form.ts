import { accept, type Outcome, refuse } from '../../domain/error-codes.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import type { CxmlSettings } from '../../domain/access/connection.js';

/**
 * Finds the document in a posted form. Names are case-insensitive, base64 comes before urlencoded, and blanks and line
 * breaks in base64 and at the start are ignored (cxml.md 8). Returns bytes for base64, to be decoded as they declare,
 * and text for urlencoded, whose XML encoding declaration must be ignored. Pass either to `parseCxml` without a
 * Content-Type. Refuses with INVALID_REQUEST.
 */
export function readCxmlForm(fields: readonly NameValue[]): Outcome<Uint8Array | string> {
  const base64 = valueOf(fields, 'cxml-base64');
  if (base64 !== undefined) {
    // A "+" that was not URL-encoded arrives as a blank.
    const compact = base64
      .trim()
      .replace(/ /g, '+')
      .replace(/[\r\n\t]+/g, '');
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact))
      return refuse('INVALID_REQUEST', "The field 'cXML-base64' is not base64");
    return accept(Buffer.from(compact, 'base64'));
  }
  const text = valueOf(fields, 'cxml-urlencoded');
  return text === undefined
    ? refuse('INVALID_REQUEST', "The form has no field 'cXML-urlencoded' or 'cXML-base64'")
    : accept(text.trimStart());
}

function valueOf(fields: readonly NameValue[], name: string): string | undefined {
  const value = fields.find((field) => field.name.trim().toLowerCase() === name)?.value;
  return value === undefined || value.trim() === '' ? undefined : value;
}

/**
 * Hidden fields for a document (cxml.md 8). The document is pure US-ASCII, so `cXML-urlencoded` holds it unchanged: the
 * page HTML-escapes it and the browser URL-encodes it. Base64 has no line breaks.
 */
export function cxmlFormFields(
  document: string,
  { encoding, fieldNames }: Pick<CxmlSettings, 'encoding' | 'fieldNames'>,
): NameValue[] {
  const fields: NameValue[] = [];
  if (encoding !== 'urlencoded')
    fields.push({ name: fieldName('base64', fieldNames), value: Buffer.from(document, 'utf8').toString('base64') });
  if (encoding !== 'base64') fields.push({ name: fieldName('urlencoded', fieldNames), value: document });
  return fields;
}

function fieldName(kind: 'base64' | 'urlencoded', letters: CxmlSettings['fieldNames']): string {
  const name = `cXML-${kind}`;
  if (letters === 'cxml') return name.toLowerCase();
  return letters === 'CXML' ? name.toUpperCase() : name;
}
