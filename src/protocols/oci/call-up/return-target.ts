import type { NameValue } from '../../../domain/transmission/setup-request.js';
import { parseFlatQuery } from '../../form/parse-flat-form.js';

const KEYWORDS = new Set(['_top', '_parent', '_self']);
const FRAME = /^[A-Za-z][\w-]{0,63}$/;

/**
 * T19: the text if it is a frame name that may stand in a form's `target`, else undefined. Keywords of HTML are
 * read in any case.
 */
export function frameName(text: string): string | undefined {
  const keyword = text.toLowerCase();
  if (KEYWORDS.has(keyword)) return keyword;
  return FRAME.test(text) ? text : undefined;
}

/** The frame that a call-up names for its return form; `_top` where that is no frame name. */
export function frameTarget(text: string): string {
  return frameName(text) ?? '_top';
}

/** Where the return form is sent, and hidden fields that must go with it. */
interface HookTarget {
  action: string;
  fields: NameValue[];
}

/** The default (oci.md 1 b): posted to exactly as received; a browser keeps the query of a POST action. */
export function hookUrlAsReceived(url: string): HookTarget {
  return { action: url, fields: [] };
}

/**
 * SAP's 4.0 text (oci.md 1 a): the query of HOOK_URL becomes hidden fields, needed for a form sent by GET.
 * Parameters that pose as item fields (`NEW_ITEM-…`) are left out: nobody but the cart writes those (T18).
 * `SAPEVENT:POST` has no query and stays as it is. Decoded as UTF-8, else windows-1252.
 */
export function splitHookUrl(url: string): HookTarget {
  const mark = url.indexOf('?');
  if (mark < 0) return hookUrlAsReceived(url);
  const pairs = parseFlatQuery(url.slice(mark + 1), 'utf-8');
  // A query that cannot be split (a NUL in it) is safer left where the buyer put it.
  if (!pairs.ok) return hookUrlAsReceived(url);
  return { action: url.slice(0, mark), fields: pairs.value.filter(({ name }) => !/^NEW_ITEM-/i.test(name)) };
}
