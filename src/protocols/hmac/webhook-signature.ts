import { createHmac, timingSafeEqual } from 'node:crypto';

const SECRET_START = 'whsec_';

/** A separate key for this direction, derived from the shop's key (T46): its signatures are not valid at our API. */
function webhookKey(key: string): Buffer {
  if (key.startsWith(SECRET_START)) return Buffer.from(key.slice(SECRET_START.length), 'base64');
  return createHmac('sha256', key).update('headless-punchout webhook v1').digest();
}

/**
 * The hook secret of a shop's key. It signs what we send and gives no access. Also the secret for the libraries of
 * standard-webhooks. A hook secret is returned unchanged.
 */
export function webhookSecret(key: string): string {
  return `${SECRET_START}${webhookKey(key).toString('base64')}`;
}

/** Maximum difference in seconds between a timestamp and the clock. */
const TOLERANCE_SECONDS = 300;

/**
 * Headers of the Standard Webhooks specification, signed with every active key. Keys here and below are keys of a shop
 * or hook secrets.
 */
export function webhookHeaders(
  shopKeys: readonly string[],
  id: string,
  at: Date,
  payload: string,
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': shopKeys.map((key) => `v1,${mac(key, id, timestamp, payload).toString('base64')}`).join(' '),
  };
}

/** Whether the headers are present, recent, and signed with one of the keys. */
export function areWebhookHeadersGood(
  shopKeys: readonly string[],
  headers: Record<string, string | string[] | undefined>,
  payload: Uint8Array,
  now: Date,
): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signature !== 'string') return false;
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS)
    return false;
  const expected = shopKeys.map((key) => mac(key, id, timestamp, payload));
  return signature.split(' ').some((one) => {
    const given = one.startsWith('v1,') ? Buffer.from(one.slice(3), 'base64') : Buffer.alloc(0);
    return expected.some((good) => given.length === good.length && timingSafeEqual(given, good));
  });
}

function mac(shopKey: string, id: string, timestamp: string, payload: string | Uint8Array): Buffer {
  return createHmac('sha256', webhookKey(shopKey)).update(`${id}.${timestamp}.`).update(payload).digest();
}
