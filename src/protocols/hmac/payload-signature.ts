import { createHmac, timingSafeEqual } from 'node:crypto';

/** Source 003: PHP's `hash_hmac('sha512', $payload, $apiKey)`, lower-case hexadecimal, over the bytes as they are sent; none for a GET. */
export function payloadSignature(key: string | Uint8Array, payload: Uint8Array): string {
  return macOf(key, payload).toString('hex');
}

function macOf(key: string | Uint8Array, payload: Uint8Array): Buffer {
  return createHmac('sha512', key).update(payload).digest();
}

const SIGNATURE = /^[0-9a-f]{128}$/;
/** A shop has two keys at most. */
const LEAST_KEYS = 2;

/**
 * Whether one of the keys signed this payload. Only the spelling that `payloadSignature` gives counts; all keys are
 * tried, in constant time, and no fewer signatures are made for one key or none than for two. `mac`: for tests that
 * count them.
 */
export function isSignedByOneOf(
  keys: readonly (string | Uint8Array)[],
  payload: Uint8Array,
  signature: string,
  mac = macOf,
): boolean {
  if (!SIGNATURE.test(signature)) return false;
  const given = Buffer.from(signature, 'hex');
  let found = false;
  for (let index = 0; index < Math.max(LEAST_KEYS, keys.length); index += 1) {
    const key = keys[index];
    const equal = timingSafeEqual(mac(key ?? '', payload), given);
    found = (equal && key !== undefined) || found;
  }
  return found;
}
