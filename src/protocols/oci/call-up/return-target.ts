import type { NameValue } from '../../../domain/transmission/setup-request.js';
import { parseFlatQuery } from '../../form/parse-flat-form.js';

const KEYWORDS = new Set(['_top', '_parent', '_self']);
const FRAME = /^[A-Za-z][\w-]{0,63}$/;

/**
 * T19: the text if it is a frame name that is allowed in a form's `target`, else undefined. Keywords of HTML are
 * case-insensitive.
 */
export function frameName(text: string): string | undefined {
  const keyword = text.toLowerCase();
  if (KEYWORDS.has(keyword)) return keyword;
  return FRAME.test(text) ? text : undefined;
}

/** The frame that a call-up names for its return form; `_top` if that is not a frame name. */
export function frameTarget(text: string): string {
  return frameName(text) ?? '_top';
}

/** The address of the return form, and hidden fields that must be sent with it. */
interface HookTarget {
  action: string;
  fields: NameValue[];
}

/**
 * The default (oci.md 1 b): the form is posted to the URL exactly as received. A browser keeps the query of a POST
 * action.
 */
export function hookUrlAsReceived(url: string): HookTarget {
  return { action: url, fields: [] };
}

/**
 * SAP's 4.0 rule (oci.md 1 a): the query of HOOK_URL becomes hidden fields, as a form sent by GET needs. Parameters
 * that look like item fields (`NEW_ITEM-…`) are left out, because only the cart may write those (T18). `SAPEVENT:POST`
 * has no query and stays unchanged. Decoded as UTF-8, else windows-1252.
 */
export function splitHookUrl(url: string): HookTarget {
  const mark = url.indexOf('?');
  if (mark < 0) return hookUrlAsReceived(url);
  const pairs = parseFlatQuery(url.slice(mark + 1), 'utf-8');
  // A query that cannot be split (it has a NUL) is safer in its original place.
  if (!pairs.ok) return hookUrlAsReceived(url);
  return { action: url.slice(0, mark), fields: pairs.value.filter(({ name }) => !/^NEW_ITEM-/i.test(name)) };
}
