import { afterEach, expect, it } from '@jest/globals';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { cartEncoder } from '../../../src/adapters/cart-encoder/cart-encoder.js';
import { sampleCart, sampleTransmission } from '../../../src/adapters/cart-encoder/sample-cart.js';
import { openTelemetry } from '../../../src/adapters/tracing/open-telemetry.js';
import { tracedEncoder } from '../../../src/adapters/tracing/traced-parts.js';
import type { Connection } from '../../../src/domain/access/connection.js';
import type { ConnectorTransferEvent } from '../../../src/domain/transmission/connector-event.js';
import type { Tracing } from '../../../src/ports/tracing.js';
import { settingsWith } from '../../protocols/oci/sample-cart.js';

afterEach(() => {
  trace.disable();
  context.disable();
});

/** A transfer with so many lines. */
function eventOf(lines: number): ConnectorTransferEvent {
  const settings = settingsWith();
  const connection: Connection = {
    tenantId: 't',
    connectionId: 'c',
    name: 'c',
    protocol: 'cxml',
    demo: false,
    settings,
  };
  const cart = sampleCart();
  const [line] = cart.lines;
  if (line === undefined) throw new Error('the sample has no line');
  const many = Array.from({ length: lines }, (_, index) => ({ ...line, lineId: String(index) }));
  return { transmission: sampleTransmission(connection), connection, cart: { ...cart, lines: many } };
}

/** How often spans asked for something while carts of these sizes were encoded. */
function askedBy(sizes: readonly number[]): number {
  const tracing = openTelemetry();
  let asked = 0;
  const counting = <F extends (...given: never[]) => unknown>(act: F | undefined): F | undefined =>
    act === undefined
      ? undefined
      : (((...given: never[]) => {
          asked += 1;
          return act(...given);
        }) as F);
  const watched: Tracing = {
    ...tracing,
    span: (name, { attributes, outcome, ...options }, act) =>
      tracing.span(name, { ...options, attributes: counting(attributes), outcome: counting(outcome) }, act),
  };
  const encoder = tracedEncoder(cartEncoder('https://shop.example'), watched);
  for (const size of sizes) expect(encoder.encode(eventOf(size)).ok).toBe(true);
  return asked;
}

it('without an SDK encoding a cart computes no attribute', () => {
  expect(askedBy([1, 10, 1_000])).toBe(0);
});

it('with one it makes one span for a cart, however many lines it has', () => {
  const exporter = new InMemorySpanExporter();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  expect(askedBy([1, 10, 1_000])).toBe(6);
  expect(exporter.getFinishedSpans().map(({ attributes }) => attributes['punchout.cart.lines'])).toEqual([
    1, 10, 1_000,
  ]);
});
