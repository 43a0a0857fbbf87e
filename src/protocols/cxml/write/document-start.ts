import type { CxmlVersion } from '../../../domain/access/connection.js';

/** XML declaration, and on line 2 the DOCTYPE of the version that the document conforms to (cxml.md 1.1, 1.2, 1.4). */
export function documentStart(version: CxmlVersion): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE cXML SYSTEM ` +
    `"http://xml.cxml.org/schemas/cXML/${version}/cXML.dtd">\n`
  );
}

/** `YYYY-MM-DDThh:mm:ss+00:00`: "Z" is not allowed (cxml.md 1.6). */
export function cxmlTimestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}+00:00`;
}

/**
 * `datetime.random@host` (cxml.md 1.5). `host` is a host name or URL host. `randomText` makes it unique. The caller
 * supplies `randomText` and the time.
 */
export function newPayloadId(host: string, date: Date, randomText: string): string {
  return `${date.getTime()}.${randomText}@${host}`;
}

/** The time in a payloadID of ours; 1970 in another one. */
export function timeOfPayloadId(payloadId: string): Date {
  const [, milliseconds = '0'] = /^(\d{1,15})\./.exec(payloadId) ?? [];
  return new Date(Number(milliseconds));
}
