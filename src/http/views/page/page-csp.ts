import { createHash } from 'node:crypto';
import { PAGE_STYLE } from './layout.js';
import { REPOST_FORM_ID, type SubmittedForm, submitScript, TRANSFER_FORM_ID } from './form.js';

/** CSP source of an inline block. Hashes instead of nonces, so that the same answer always has the same bytes. */
export function hashSource(inline: string): string {
  return `'sha256-${createHash('sha256').update(inline, 'utf8').digest('base64')}'`;
}

export const PAGE_STYLE_SOURCE = hashSource(PAGE_STYLE);
export const SUBMIT_SCRIPT_SOURCE = hashSource(submitScript(TRANSFER_FORM_ID));
const REPOST_SCRIPT_SOURCE = hashSource(submitScript(REPOST_FORM_ID));

export interface PageCspOptions {
  /**
   * Allowed form targets, including redirects. They come from the configuration, never from a received URL
   * (architecture.md decision 3, T16).
   */
  formAction: readonly string[];
  /** Origins that may frame the page. Empty: none. */
  frameAncestors: readonly string[];
  /** The form of a page that submits itself; true for the default form. */
  script?: boolean | SubmittedForm;
  /** Path to which browsers report what they refuse. */
  reportUri?: string;
}

/**
 * Value of `Content-Security-Policy` for our own pages (T17). Sources are `'self'`, a scheme (`sapevent:`) or a URL, of
 * which only the origin counts. Throws TypeError for anything else.
 */
export function pageCsp({ formAction, frameAncestors, script = false, reportUri }: PageCspOptions): string {
  return [
    "default-src 'none'",
    `style-src ${PAGE_STYLE_SOURCE}`,
    `script-src ${scriptSource(script)}`,
    'img-src data:',
    "base-uri 'none'",
    `form-action ${sourceList(formAction)}`,
    `frame-ancestors ${sourceList(frameAncestors)}`,
    // Not report-to: Chromium would then ignore report-uri, and other browsers do not know it.
    ...(reportUri === undefined ? [] : [`report-uri ${reportUri.replace(/[;,\s]/g, encodeURIComponent)}`]),
  ].join('; ');
}

function scriptSource(script: boolean | SubmittedForm): string {
  if (script === false) return "'none'";
  return script === REPOST_FORM_ID ? REPOST_SCRIPT_SOURCE : SUBMIT_SCRIPT_SOURCE;
}

/** A CSP source list of configured addresses; `'none'` if there are none. Throws TypeError like `pageCsp`. */
export function sourceList(entries: readonly string[]): string {
  return entries.length === 0 ? "'none'" : [...new Set(entries.map(sourceOf))].join(' ');
}

function sourceOf(entry: string): string {
  if (entry === "'self'" || /^[a-z][a-z0-9+.-]*:$/i.test(entry)) return entry;
  if (/^https?:\/\/[^\s;,'"]+$/i.test(entry) && URL.canParse(entry)) return new URL(entry).origin;
  throw new TypeError('not a CSP source');
}
