import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { UndiciHttp } from '../../src/adapters/outbound-http/undici-http.js';
import { hookClient } from '../../src/jobs/hook-client.js';
import { isRequestSigned } from '../../src/protocols/hmac/payload-signature.js';
import { webhookSecret } from '../../src/protocols/hmac/webhook-signature.js';
import { signature } from '../http/connect/signed-calls.js';
import { type Subscriber, startSubscriber } from './subscriber.js';

const KEY = 'key-of-the-shop';
const SECRET = webhookSecret(KEY);
const EVENT = {
  revision: '1',
  name: 'order_created',
  document: '<order-event><revision>1</revision></order-event>',
} as const;

describe('T46: requests to a hook', () => {
  const http = new UndiciHttp();
  let subscriber: Subscriber;
  beforeEach(async () => {
    subscriber = await startSubscriber();
  });
  afterEach(() => subscriber.close());
  afterAll(() => http.close());

  async function deliver(deliveryKey: 'own' | 'shared', keys = [KEY]): Promise<void> {
    const client = hookClient(http.send);
    const to = { url: `${subscriber.url}/a%20b?x=1&y=%2F`, shopId: 7, keys, deliveryKey };
    await client.ask(to);
    await client.push(to, EVENT);
    expect(subscriber.seen.map(({ method }) => method)).toEqual(['GET', 'POST']);
  }

  it.each([
    ['own', SECRET],
    ['shared', KEY],
  ] as const)(
    '%s: the header that Shopware Connect documents is made with the hook secret, or with the key itself',
    async (deliveryKey, key) => {
      await deliver(deliveryKey);
      for (const { headers, body } of subscriber.seen)
        expect(headers['x-shopware-connect-key']).toBe(signature(body, key));
    },
  );

  it.each(['own', 'shared'] as const)(
    '%s: X-Punchout-Signature binds method, address and body, and is no signature of a call',
    async (deliveryKey) => {
      await deliver(deliveryKey, [KEY, 'newer-key']);
      for (const { method, headers, body } of subscriber.seen) {
        const facts = { method, path: '/hook/a%20b?x=1&y=%2F', payload: Buffer.from(body) };
        const holds = (change: Partial<typeof facts>, key = SECRET): boolean =>
          isRequestSigned([key], { ...facts, ...change }, String(headers['x-punchout-signature']), new Date());
        expect([holds({}), holds({}, webhookSecret('newer-key'))]).toEqual([true, true]);
        expect([
          holds({ method: 'PUT' }),
          holds({ path: '/hook' }),
          holds({ payload: Buffer.from('x') }),
          holds({}, KEY),
        ]).toEqual([false, false, false, false]);
      }
    },
  );

  it('a hook secret is derived once, not twice', () => {
    expect(SECRET).toMatch(/^whsec_/);
    expect(webhookSecret(SECRET)).toBe(SECRET);
  });
});
