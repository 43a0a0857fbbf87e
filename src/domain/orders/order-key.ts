import { digestOf } from '../digest.js';

/** No control characters; of a length that every shop and database can take for a key. */
// oxlint-disable-next-line no-control-regex
export const ORDER_KEY = /^[^\0-\x1f\x7f]{1,255}$/;

/**
 * The key under which a purchase order is recorded and placed, once: connection and number. cXML does not bound the
 * number: instead of one that makes no key its SHA-256 is used.
 */
export function orderKeyOf(connectionId: string, orderId: string): string {
  const key = `${connectionId}/${orderId}`;
  return ORDER_KEY.test(key) ? key : `${connectionId}/sha256:${digestOf(orderId)}`;
}
