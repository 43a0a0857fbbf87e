export type SpanAttributes = Record<string, string | number | boolean | undefined>;

export interface SpanOptions<T> {
  /** `client`: a call to another server. `producer`, `consumer`: work that waited in a queue. Default: our own work. */
  kind?: 'client' | 'producer' | 'consumer';
  /** Computed only if the span is recorded. No secret, no address with a query. */
  attributes?: () => SpanAttributes;
  /** The same, of the result. */
  outcome?: (value: T) => SpanAttributes;
  /** The trace that the work belongs to, if it runs in none: `traceparent`. In another trace it becomes a link. */
  parent?: string | undefined;
}

/**
 * Distributed tracing. Places in a trace are texts: the `traceparent` of W3C Trace Context (domain/trace-parent.ts).
 */
export interface Tracing {
  /** An SDK is registered in this process, so spans may be recorded. */
  isRegistered(): boolean;
  /** The place of the running work. Undefined outside of a trace. */
  current(): string | undefined;
  /** What a request to another server has: `traceparent`, and the `tracestate` that came with it. */
  headers(): Record<string, string>;
  /** Runs `act` at this place, unless it runs in a trace already. `state`: the `tracestate` of its caller. */
  follow<T>(parent: string | undefined, act: () => T, state?: string): T;
  /** Runs `act` as a span. A promise ends it when it settles. */
  span<T>(name: string, options: SpanOptions<Awaited<T>>, act: () => T): T;
}
