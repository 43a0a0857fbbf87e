import { createHmac, timingSafeEqual } from 'node:crypto';

/** What source 003's signature leaves out: a request's method and address. */
export interface RequestFacts {
  method: string;
  /** Path and query as they stand in the address that is called: `/sdk/hooks`. */
  path: string;
  payload: Uint8Array;
}

/** Seconds that the time in a signature may differ from the clock, either way. */
const TOLERANCE_SECONDS = 300;
const LONGEST_HEADER = 1_000;

/** Value of the header `X-Punchout-Signature`: the time, and a signature with each of the keys. */
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
