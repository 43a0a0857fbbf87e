import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  ROOT_CONTEXT,
  TraceFlags,
  context,
  createContextKey,
  createTraceState,
  trace,
} from '@opentelemetry/api';
import { traceParentOf, tracePlaceOf } from '../../domain/trace-parent.js';
import type { SpanAttributes, SpanOptions, Tracing } from '../../ports/tracing.js';

const KINDS = { client: SpanKind.CLIENT, producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER };

const PROBE = ROOT_CONTEXT.setValue(createContextKey('probe'), true);

/** A place in a trace, and the `tracestate` of who named it. */
interface Followed {
  parent: string;
  state: string | undefined;
}

/**
 * Tracing by OpenTelemetry's API: spans go where the app has registered an SDK to. Without one nothing is recorded,
 * and the place that a caller names (`follow`) is kept by ourselves.
 */
export function openTelemetry(): Tracing {
  const tracer = trace.getTracer('headless-punchout');
  const followed = new AsyncLocalStorage<Followed>();

  function current(): string | undefined {
    const active = trace.getSpanContext(context.active());
    return active === undefined ? followed.getStore()?.parent : traceParentOf(placeOf(active));
  }

  function headers(): Record<string, string> {
    const traceparent = current();
    if (traceparent === undefined) return {};
    const active = trace.getSpanContext(context.active());
    const tracestate = active === undefined ? followed.getStore()?.state : active.traceState?.serialize();
    return tracestate === undefined || tracestate === '' ? { traceparent } : { traceparent, tracestate };
  }

  // Only an SDK brings a context that lasts.
  const isRegistered = (): boolean => context.with(PROBE, () => context.active() === PROBE);

  const follow: Tracing['follow'] = (parent, act, state) => {
    if (parent === undefined || trace.getSpanContext(context.active()) !== undefined) return act();
    if (isRegistered()) return context.with(remote(parent, state), act);
    const around = followed.getStore();
    const isSame = around !== undefined && tracePlaceOf(around.parent).traceId === tracePlaceOf(parent).traceId;
    return followed.run({ parent, state: state ?? (isSame ? around.state : undefined) }, act);
  };

  return {
    isRegistered,
    current,
    headers,
    follow,
    span<T>(name: string, { kind, parent, attributes, outcome }: SpanOptions<Awaited<T>>, act: () => T): T {
      if (!isRegistered()) return follow(parent, act);
      const active = context.active();
      const from = trace.getSpanContext(active);
      const elsewhere = parent !== undefined && from !== undefined && tracePlaceOf(parent).traceId !== from.traceId;
      const within = parent === undefined || from !== undefined ? active : remote(parent);
      const span = tracer.startSpan(
        name,
        {
          ...(kind === undefined ? {} : { kind: KINDS[kind] }),
          ...(elsewhere ? { links: [{ context: spanContextOf(parent) }] } : {}),
        },
        within,
      );
      if (span.isRecording() && attributes !== undefined) span.setAttributes(plain(attributes()));
      return context.with(trace.setSpan(within, span), () => ended(span, act, outcome));
    },
  };
}

function ended<T>(span: Span, act: () => T, outcome: SpanOptions<Awaited<T>>['outcome']): T {
  const succeed = (value: Awaited<T>): void => {
    if (outcome !== undefined && span.isRecording()) span.setAttributes(plain(outcome(value)));
    span.end();
  };
  // Its message may name what must not leave the process.
  const fail = (error: unknown): void => {
    span.setAttribute('error.type', typeOf(error)).setStatus({ code: SpanStatusCode.ERROR }).end();
  };
  try {
    const value = act();
    if (value instanceof Promise) value.then(succeed, fail);
    else succeed(value as Awaited<T>);
    return value;
  } catch (error) {
    fail(error);
    throw error;
  }
}

function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return '_OTHER';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function plain(attributes: SpanAttributes): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function remote(parent: string, state?: string): Context {
  const place = spanContextOf(parent);
  return trace.setSpanContext(
    context.active(),
    state === undefined ? place : { ...place, traceState: createTraceState(state) },
  );
}

function spanContextOf(parent: string): SpanContext {
  const { traceId, spanId, sampled } = tracePlaceOf(parent);
  return { traceId, spanId, traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true };
}

function placeOf({ traceId, spanId, traceFlags }: SpanContext): Parameters<typeof traceParentOf>[0] {
  return { traceId, spanId, sampled: (traceFlags & TraceFlags.SAMPLED) !== 0 };
}
