import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { newOrder } from '../../contracts/orders.js';
import { type Subscriber, startSubscriber } from '../../jobs/subscriber.js';
import { postXml, put, setupXml, shopping, startUrlOf } from '../../support/call-ups.js';
import { describeShop } from '../../support/running-shop.js';
import { until } from '../../support/until.js';
import { JSON_WANTED } from '../../support/web-client.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const TRACEPARENT = `00-${TRACE}-b7ad6b7169203331-01`;
const SUPPLIER = 7_101;
const MERCHANT = 7_102;

describeShop('OpenTelemetry', {}, (shop) => {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  let subscriber: Subscriber;

  const register = (): void => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    trace.setGlobalTracerProvider(provider);
  };
  beforeAll(async () => {
    subscriber = await startSubscriber();
    const { connectShops } = shop().connector.directory;
    for (const [shopId, role] of [
      [SUPPLIER, 'supplier'],
      [MERCHANT, 'merchant'],
    ] as const) {
      await connectShops.save({ tenantId: 'demo', shopId, role, name: role, demo: false });
      await connectShops.addKey('demo', shopId, `key-of-${role}`);
    }
  });
  afterAll(() => {
    subscriber.close();
    trace.disable();
    context.disable();
  });

  it('without an SDK: the trace of a request stands in its log lines and messages', async () => {
    const before = shop().logged.length;
    const answer = await postXml(shop().browser(), setupXml({ secret: 'WRONG' }), { traceparent: TRACEPARENT });
    const reference = answer.headers['x-request-id'];
    await until(async () => (await shop().knex('message_log').where({ reference, trace_id: TRACE })).length === 2);
    expect(
      shop()
        .logged.slice(before)
        .filter((line) => line.includes(TRACE)),
    ).toHaveLength(2);
    const other = await postXml(shop().browser(), setupXml(), { traceparent: `${TRACEPARENT}-x` });
    expect(startUrlOf(other)).toContain('http');
    expect(shop().logged.filter((line) => line.includes('"trace"'))).toHaveLength(2);
  });

  it('a whole punchout, its order and its delivery are one trace', async () => {
    register();
    const answer = await postXml(shop().browser(), setupXml(), { traceparent: TRACEPARENT });
    const startUrl = startUrlOf(answer);
    const client = shop().browser();
    await client.get(startUrl, JSON_WANTED);
    await put(client, 'SKU-001', 2);
    await client.post('/agiqon/connector/session/logout?transferred=1', '', { accept: 'text/html' });
    const transmissionId = new URL(startUrl).pathname.split('/').at(-1) ?? '';
    const [part] = newOrder('x').parts;
    if (part === undefined) throw new Error('the order has no part');
    await shop().knex('connect_hook').delete();
    await shop()
      .knex('connect_hook')
      .insert({
        tenant_id: 'demo',
        hook_id: '7d4c3c2e-3f0b-4f5e-9f8e-5d3a1b2c4d5e',
        shop_id: SUPPLIER,
        url: subscriber.url,
        events: ['order_created'],
      });
    const recorded = await shop().connector.orders.record({
      ...newOrder('traced'),
      transmission: { tenantId: 'demo', transmissionId },
      merchant: { shopId: MERCHANT },
      parts: [{ ...part, supplierShop: SUPPLIER }],
    });
    expect(recorded.ok).toBe(true);
    const worker = shop().connector.startWorker();
    const named = (name: string): ReadableSpan[] => exporter.getFinishedSpans().filter((span) => span.name === name);
    await until(() => Promise.resolve(named('process clear-cart').length > 0 && named('send order event').length > 0));
    await worker.stop();

    const spans = exporter.getFinishedSpans();
    expect([...new Set(spans.map(({ name }) => name))].toSorted()).toEqual(
      expect.arrayContaining([
        'POST',
        'process clear-cart',
        'punchout.call_up',
        'punchout.cart_write',
        'punchout.commit',
        'punchout.encode',
        'punchout.login',
        'punchout.transfer',
        'send order event',
        'store.addLines',
        'store.deleteCart',
        'store.openCart',
        'store.readCart',
      ]),
    );
    const punchout = spans.filter((span) => span.spanContext().traceId === TRACE);
    const ids = new Set(punchout.map((span) => span.spanContext().spanId));
    // Each hangs on another one, and the first on the caller.
    const loose = punchout.filter(({ parentSpanContext }) => !ids.has(parentSpanContext?.spanId ?? ''));
    expect(loose.map(({ name, parentSpanContext }) => [name, parentSpanContext?.spanId])).toEqual([
      ['punchout.call_up', 'b7ad6b7169203331'],
    ]);
    for (const name of ['punchout.login', 'punchout.cart_write', 'punchout.transfer', 'send order event'])
      expect([name, named(name)[0]?.spanContext().traceId]).toEqual([name, TRACE]);
    expect(named('process clear-cart').map((span) => span.spanContext().traceId)).toContain(TRACE);
    // The subscriber is told.
    const [delivery] = named('send order event');
    const [post] = spans.filter((span) => span.parentSpanContext?.spanId === delivery?.spanContext().spanId);
    expect(subscriber.seen.find(({ method }) => method === 'POST')?.headers['traceparent']).toBe(
      `00-${TRACE}-${post?.spanContext().spanId}-01`,
    );
  });

  it('docs/metrics.md names every span and attribute', () => {
    const page = readFileSync('docs/metrics.md', 'utf8').split('## Traces')[1] ?? '';
    for (const { name, attributes } of exporter.getFinishedSpans()) {
      const shown = name.replace(/^store\..*/, 'store.<call>').replace(/^process .*/, 'process <kind>');
      expect(page).toContain(`\`${shown}\``);
      for (const attribute of Object.keys(attributes)) expect(page).toContain(`\`${attribute}\``);
    }
  });

  it('no attribute holds a secret, an address with a query or a document', () => {
    const told = JSON.stringify(exporter.getFinishedSpans().map(({ name, attributes }) => ({ name, attributes })));
    expect(told).not.toMatch(/SecretPassword|token=|key-of|<\?xml|BUYER_COOKIE|user@company|cookie"/i);
    expect(told).toMatch(/"punchout\.tenant\.id":"demo"/);
  });

  it('a step in a trace of its own links to the punchout', async () => {
    exporter.reset();
    const { client } = await shopping(shop());
    const [callUp] = exporter.getFinishedSpans().filter(({ name }) => name === 'punchout.call_up');
    exporter.reset();
    await client.post('/agiqon/connector/session/logout?transferred=1', '', {
      accept: 'text/html',
      traceparent: TRACEPARENT,
    });
    const [transfer] = exporter.getFinishedSpans().filter(({ name }) => name === 'punchout.transfer');
    expect(transfer?.spanContext().traceId).toBe(TRACE);
    expect(transfer?.links.map((link) => link.context.traceId)).toEqual([callUp?.spanContext().traceId]);
  });
});
