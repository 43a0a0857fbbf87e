import { createHmac, timingSafeEqual } from 'node:crypto';

/** Source 003: PHP's `hash_hmac('sha512', $payload, $apiKey)`, lower-case hexadecimal, over the bytes as they are sent; none for a GET. */
export function payloadSignature(key: string | Uint8Array, payload: Uint8Array): string {
  return createHmac('sha512', key).update(payload).digest('hex');
}

const SIGNATURE = /^[0-9a-f]{128}$/;

/** Whether one of the keys signed this payload. Only the spelling that `payloadSignature` gives counts; all keys are tried, in constant time. */
export function isSignedByOneOf(keys: readonly (string | Uint8Array)[], payload: Uint8Array, signature: string): boolean {
  if (!SIGNATURE.test(signature)) return false;
  const given = Buffer.from(signature, 'hex');
  let found = false;
  for (const key of keys) found = timingSafeEqual(createHmac('sha512', key).update(payload).digest(), given) || found;
  return found;
}
