import { digestOf } from '../../../domain/digest.js';

/** Bytes (UTF-8). An index entry of PostgreSQL has 2,704, which hold tenant and connection too. */
const LONGEST = 2_000;

/**
 * What stands for the number of an order in an index: the number, or the SHA-256 of a longer one. The content of the row
 * has the number whole.
 */
export function indexedNumber(orderId: string): string {
  return Buffer.byteLength(orderId) > LONGEST ? `sha256:${digestOf(orderId)}` : orderId;
}
