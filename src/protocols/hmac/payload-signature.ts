import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Shopware Connect's signature, PHP's `hash_hmac('sha512', $payload, $apiKey)`: lower-case hexadecimal, over the sent
 * bytes; none for a GET.
 */
export function payloadSignature(key: string | Uint8Array, payload: Uint8Array): string {
  return macOf(key, payload).toString('hex');
}

function macOf(key: string | Uint8Array, payload: Uint8Array): Buffer {
  return createHmac('sha512', key).update(payload).digest();
}

const SIGNATURE = /^[0-9a-f]{128}$/;
/** A shop has at most two keys. */
const LEAST_KEYS = 2;

/**
 * Whether one of the keys signed this payload. Only the spelling of `payloadSignature` is accepted. All keys are tried,
 * in constant time, and at least two signatures are computed even for one key or none. `mac`: for tests that count
 * them.
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

/** The facts that Shopware Connect's signature leaves out: method and address of a request. */
export interface RequestFacts {
  method: string;
  /** Path and query of the called address: `/sdk/hooks`. */
  path: string;
  payload: Uint8Array;
}

/** Maximum difference in seconds between the signed time and the clock, either way. */
const TOLERANCE_SECONDS = 300;
const LONGEST_HEADER = 1_000;

/** Value of the header `X-Punchout-Signature`: the time, and one signature per key. */
export function requestSignature(keys: readonly string[], request: RequestFacts, at: Date): string {
  const seconds = String(Math.floor(at.getTime() / 1000));
  return [`t=${seconds}`, ...keys.map((key) => `v1=${mac(key, seconds, request).toString('hex')}`)].join(',');
}

/** Whether one of the keys signed this request at a time near `now`. All keys are tried, in constant time. */
export function isRequestSigned(keys: readonly string[], request: RequestFacts, header: string, now: Date): boolean {
  if (header.length > LONGEST_HEADER) return false;
  const parts = header.split(',').map((part) => part.trim());
  const [seconds, again] = parts.flatMap((part) => /^t=(\d{1,12})$/.exec(part)?.[1] ?? []);
  if (seconds === undefined || again !== undefined) return false;
  if (Math.abs(now.getTime() / 1000 - Number(seconds)) > TOLERANCE_SECONDS) return false;
  const hexes = parts.flatMap((part) => /^v1=([\da-f]{64})$/.exec(part)?.[1] ?? []);
  const given = hexes.map((hex) => Buffer.from(hex, 'hex'));
  let found = false;
  for (const key of keys) {
    const good = mac(key, seconds, request);
    for (const one of given) found = timingSafeEqual(good, one) || found;
  }
  return found;
}

/** HMAC-SHA256 over five lines: `v1`, the time, the method, path and query, and the body. */
function mac(key: string, seconds: string, { method, path, payload }: RequestFacts): Buffer {
  return createHmac('sha256', key)
    .update(`v1\n${seconds}\n${method.toUpperCase()}\n${path}\n`)
    .update(payload)
    .digest();
}

/** Shopware Connect's headers; the shop is named in two spellings. */
export const SHOP_HEADER = 'X-Shopware-Connect-Shop';
const SHOP_HEADERS = ['x-shopware-connect-shop', 'x-shopware-connect-shopid'] as const;
export const KEY_HEADER = 'X-Shopware-Connect-Key';
export const EVENT_HEADER = 'X-Shopware-Connect-Event';
/** Our additional header: binds a request to its method, address and time. */
export const REQUEST_HEADER = 'X-Punchout-Signature';

interface SignatureHeaders {
  shop: string;
  signature: string;
  /** Value of REQUEST_HEADER, if present. */
  request?: string;
}

const READ: ReadonlySet<string> = new Set([KEY_HEADER.toLowerCase(), REQUEST_HEADER.toLowerCase(), ...SHOP_HEADERS]);

/**
 * Reads the headers from `rawHeaders` (name, value, name, value). Undefined: a header is missing or occurs more than
 * once, or the two spellings name different shops (T44).
 */
export function readSignatureHeaders(rawHeaders: readonly string[]): SignatureHeaders | undefined {
  const found = new Map<string, string>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    if (!READ.has(name)) continue;
    if (found.has(name)) return undefined;
    found.set(name, rawHeaders[index + 1] ?? '');
  }
  const signature = found.get(KEY_HEADER.toLowerCase());
  const shops = SHOP_HEADERS.flatMap((name) => found.get(name) ?? []);
  const [shop] = shops;
  if (signature === undefined || shop === undefined || shops.some((other) => other !== shop)) return undefined;
  const request = found.get(REQUEST_HEADER.toLowerCase());
  return { shop, signature, request };
}
