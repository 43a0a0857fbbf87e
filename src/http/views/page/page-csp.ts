import { createHash } from 'node:crypto';
import { PAGE_STYLE } from './layout.js';
import { REPOST_FORM_ID, type SubmittedForm, submitScript, TRANSFER_FORM_ID } from './form.js';

/** CSP source of an inline block: hashes, not nonces, so that the same answer has the same bytes every time. */
export function hashSource(inline: string): string {
  return `'sha256-${createHash('sha256').update(inline, 'utf8').digest('base64')}'`;
}

export const PAGE_STYLE_SOURCE = hashSource(PAGE_STYLE);
export const SUBMIT_SCRIPT_SOURCE = hashSource(submitScript(TRANSFER_FORM_ID));
const REPOST_SCRIPT_SOURCE = hashSource(submitScript(REPOST_FORM_ID));

export interface PageCspOptions {
  /**
   * Where forms may go, redirects included: from the configuration, never from a received URL
   * (architecture.md decision 3, T16).
   */
  formAction: readonly string[];
  /** Who may frame the page. Empty: nobody. */
  frameAncestors: readonly string[];
  /** The form of a page that submits itself; true for the usual one. */
  script?: boolean | SubmittedForm;
}

/**
 * Value of `Content-Security-Policy` for our own pages (T17).
 * Sources are `'self'`, a scheme (`sapevent:`) or a URL, of which only the origin counts. Throws TypeError for anything else.
 */
export function pageCsp({ formAction, frameAncestors, script = false }: PageCspOptions): string {
  return [
    "default-src 'none'",
    `style-src ${PAGE_STYLE_SOURCE}`,
    `script-src ${script === false ? "'none'" : script === REPOST_FORM_ID ? REPOST_SCRIPT_SOURCE : SUBMIT_SCRIPT_SOURCE}`,
    'img-src data:',
    "base-uri 'none'",
    `form-action ${sourceList(formAction)}`,
    `frame-ancestors ${sourceList(frameAncestors)}`,
  ].join('; ');
}

/** A CSP source list out of configured addresses; `'none'` when there are none. Throws TypeError as `pageCsp` does. */
export function sourceList(entries: readonly string[]): string {
  return entries.length === 0 ? "'none'" : [...new Set(entries.map(sourceOf))].join(' ');
}

function sourceOf(entry: string): string {
  if (entry === "'self'" || /^[a-z][a-z0-9+.-]*:$/i.test(entry)) return entry;
  if (/^https?:\/\/[^\s;,'"]+$/i.test(entry) && URL.canParse(entry)) return new URL(entry).origin;
  throw new TypeError('not a CSP source');
}
