import type { Outcome } from '../../domain/error-codes.js';
import type { CxmlDocument, CxmlLimits } from './cxml-document.js';
import { parseCxml } from './parse-cxml.js';
import type { UnwrappedDocument } from './unwrap-body.js';

/**
 * `parseCxml` for a document that `unwrapBody` has found. A refusal names the wrapping, because its line numbers count
 * inside it.
 */
export function parseUnwrapped(
  { source, contentType, wrappings }: UnwrappedDocument,
  limits?: CxmlLimits,
): Outcome<CxmlDocument> {
  const parsed = parseCxml(source, contentType, limits);
  if (parsed.ok || wrappings.length === 0) return parsed;
  const { refusal } = parsed;
  const told = (text: unknown): string => `${String(text)} [in the document extracted from: ${wrappings.join(', ')}]`;
  return {
    ok: false,
    refusal: {
      ...refusal,
      reason: refusal.reason === undefined ? undefined : told(refusal.reason),
      details:
        refusal.details?.['error'] === undefined
          ? refusal.details
          : { ...refusal.details, error: told(refusal.details['error']) },
    },
  };
}
