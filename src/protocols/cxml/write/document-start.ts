import type { CxmlVersion } from '../../../domain/access/connection.js';

/** XML declaration, and on line 2 the DOCTYPE of the version the document is valid by (RULES 1.1, 1.2, 1.4). */
export function documentStart(version: CxmlVersion): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/${version}/cXML.dtd">\n`;
}
