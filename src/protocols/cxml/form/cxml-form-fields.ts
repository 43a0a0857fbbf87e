import type { CxmlSettings } from '../../../domain/access/connection.js';
import type { NameValue } from '../../../domain/transmission/setup-request.js';

/**
 * Hidden fields that carry a document (RULES 8). The document is pure US-ASCII, so `cXML-urlencoded` holds it as it is: the
 * page HTML-escapes it and the browser URL-encodes it. Base64 is of its bytes, without line breaks.
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
