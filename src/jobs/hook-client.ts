import { randomUUID } from 'node:crypto';
import type { ShopSigning } from '../domain/orders/connect-shop.js';
import type { OrderEvent } from '../domain/orders/connect-order.js';
import type { OutboundHttp } from '../ports/outbound-http.js';
import {
  payloadSignature,
  requestSignature,
  EVENT_HEADER,
  KEY_HEADER,
  REQUEST_HEADER,
  SHOP_HEADER,
} from '../protocols/hmac/payload-signature.js';
import { webhookHeaders, webhookSecret } from '../protocols/hmac/webhook-signature.js';
import { LAST_REVISION_MAX_BYTES, readLastRevision } from '../protocols/order-xml/read-order-event.js';

/** T49: from the first byte to the last. */
export const HOOK_TIMEOUT_MS = 10_000;
/** The answer to an event is optional; at most this many bytes of it are read. */
const MOST_ANSWER_BYTES = 65_536;

export interface Subscriber {
  url: string;
  shopId: number;
  /** Active keys of the shop. Shopware Connect's header uses the first, all other headers use all keys. */
  keys: readonly string[];
  /** `shared`: Shopware Connect's header is signed with the key itself instead of the hook secret. */
  deliveryKey: ShopSigning['deliveryKey'];
}

/**
 * The two requests of Shopware Connect's replication. Both reject with an error text for the engineer if the answer is
 * not valid.
 */
export interface HookClient {
  /** GET: the last revision of the subscriber. */
  ask(to: Subscriber): Promise<bigint>;
  /** POST: one event. Returns the subscriber's last revision, if the answer contains it. */
  push(to: Subscriber, event: OrderEvent): Promise<bigint | undefined>;
}

export function hookClient(send: OutboundHttp, timeoutMs: number = HOOK_TIMEOUT_MS): HookClient {
  return {
    async ask(to) {
      const { status, body } = await send({
        method: 'GET',
        url: to.url,
        headers: signedHeaders(to, 'GET', `ask_${randomUUID()}`, ''),
        timeoutMs,
        maxAnswerBytes: LAST_REVISION_MAX_BYTES,
      });
      if (status !== 200) throw new Error(`GET was answered with status ${status}`);
      const revision = readLastRevision(body);
      if (revision === undefined) throw new Error('GET was not answered with <last-revision>number</last-revision>');
      return revision;
    },
    async push(to, { revision, name, document }) {
      const headers = signedHeaders(to, 'POST', `evt_${to.shopId}_${revision}`, document, {
        'content-type': 'text/xml; charset=UTF-8',
        [EVENT_HEADER]: name,
      });
      const { status, body } = await send({
        method: 'POST',
        url: to.url,
        headers,
        body: document,
        timeoutMs,
        maxAnswerBytes: MOST_ANSWER_BYTES,
      });
      if (status < 200 || status > 299)
        throw new Error(`POST of revision ${revision} was answered with status ${status}`);
      return readLastRevision(body);
    },
  };
}

function signedHeaders(
  { url, shopId, keys, deliveryKey }: Subscriber,
  method: string,
  id: string,
  payload: string,
  further: Record<string, string> = {},
): Record<string, string> {
  const [key = ''] = keys;
  const { pathname, search } = new URL(url);
  const body = Buffer.from(payload);
  const now = new Date();
  return {
    [SHOP_HEADER]: String(shopId),
    [KEY_HEADER]: payloadSignature(deliveryKey === 'shared' ? key : webhookSecret(key), body),
    [REQUEST_HEADER]: requestSignature(
      keys.map(webhookSecret),
      { method, path: pathname + search, payload: body },
      now,
    ),
    accept: 'text/xml, application/xml;q=0.9, */*;q=0.1',
    'user-agent': 'headless-punchout',
    ...webhookHeaders(keys, id, now, payload),
    ...further,
  };
}
