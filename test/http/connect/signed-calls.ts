import { createHmac } from 'node:crypto';
import type { Answer, WebClient } from '../../support/web-client.js';

export const DEMO_KEY = 'demo-connect-key';

/** hash_hmac('sha512', $payload, $apiKey) */
export function signature(payload: string | Uint8Array, key: string = DEMO_KEY): string {
  return createHmac('sha512', key).update(payload).digest('hex');
}

/** docs/orders.md, "Signed calls": the second header. */
export function requestSignature(
  method: string,
  path: string,
  payload: string | Uint8Array,
  { key = DEMO_KEY, seconds = Math.floor(Date.now() / 1000) } = {},
): string {
  const mac = createHmac('sha256', key).update(`v1\n${seconds}\n${method}\n${path}\n`).update(payload);
  return `t=${seconds},v1=${mac.digest('hex')}`;
}

export interface SignedWish {
  method?: string;
  shop?: string;
  key?: string;
  headers?: Record<string, string | undefined>;
}

/** A signed call as in Shopware Connect's examples. An object is sent as JSON. */
export function signed(
  client: WebClient,
  path: string,
  payload: object | string | Uint8Array = '',
  { method = 'POST', shop = '1', key = DEMO_KEY, headers = {} }: SignedWish = {},
): Promise<Answer> {
  const body = typeof payload === 'string' || payload instanceof Uint8Array ? payload : JSON.stringify(payload);
  return client.send(path, {
    method,
    ...(method === 'GET' ? {} : { body }),
    headers: {
      'x-shopware-connect-shop': shop,
      'x-shopware-connect-key': signature(method === 'GET' ? '' : body, key),
      ...headers,
    },
  });
}
