import type { Outcome } from '../../domain/error-codes.js';
import type { NameValue } from '../../domain/transmission/setup-request.js';
import { formCharset, parseFlatForm } from './parse-flat-form.js';
import { isMultipartForm, parseMultipartForm } from './parse-multipart-form.js';

const FORM = /^\s*(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/** The pairs of a form body: multipart/form-data by its parts, anything else as application/x-www-form-urlencoded. */
export function parseFormBody(body: Buffer, contentType: string): Outcome<NameValue[]> {
  const charset = formCharset(contentType);
  return isMultipartForm(contentType) ? parseMultipartForm(body, contentType, charset) : parseFlatForm(body, charset);
}

/** A hint for refusing a body without the expected fields: what came, and what to send. Empty for a form. */
export function wrappingHint(contentType: string): string {
  if (FORM.test(contentType)) return '';
  const seen = /^[\w.+-]{1,40}\/[\w.+-]{1,60}/.exec(contentType.trim())?.[0] ?? 'no known type';
  return ` The body came as ${seen}; send application/x-www-form-urlencoded or multipart/form-data.`;
}
