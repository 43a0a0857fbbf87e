/**
 * An id of a request that its caller may choose: 16 to 64 letters, digits, `.`, `_` and `-`, as proxies and UUIDs have.
 */
const REQUEST_ID = /^[0-9A-Za-z][0-9A-Za-z._-]{15,63}$/;

export function isRequestId(text: string): boolean {
  return REQUEST_ID.test(text);
}

/** A reference as it is stored: our own are of ten upper-case letters and digits, which people type as they like. */
export function referenceAsKept(typed: string): string {
  return isRequestId(typed) ? typed : typed.toUpperCase();
}
