import type { XmlElement } from '../../xml/xml-element.js';

/** Attributes that only label the content of an element: without content they mean nothing. */
const LABELS = new Set([
  'domain',
  'currency',
  'alternateCurrency',
  'name',
  'type',
  'role',
  'xml:lang',
  'xml:space',
  'xmlns',
]);

/** Elements that mean something even when they are empty: an opaque value, the signature of a document, and its frame. */
const COUNTED = new Set([
  'BuyerCookie',
  'ds:Signature',
  'Request',
  'Message',
  'Response',
  'PunchOutOrderMessageHeader',
]);

/** Elements around the payload: `<ProfileRequest/>` is a whole request. */
const AROUND_PAYLOAD = new Set(['Request', 'Message', 'Response']);

/**
 * Whether an element says nothing: it has no text, no child that says anything, and no attribute that means anything by
 * itself. Such an element counts as absent (RULES 1.3). Inner elements are asked first, and are removed by then.
 */
export function saysNothing(element: XmlElement, parent: XmlElement): boolean {
  if (element.first !== undefined || element.trimmedText() !== undefined) return false;
  for (const { name, value } of element.attributes) if (value.trim() !== '' && !LABELS.has(name)) return false;
  return !COUNTED.has(element.name) && !AROUND_PAYLOAD.has(parent.name);
}
