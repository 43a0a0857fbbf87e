/** Version, trace id, id of the parent's span, flags. An id of zeros is no id. */
const TRACE_PARENT = /^([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/**
 * A `traceparent` header (W3C Trace Context), rewritten as version 00. Of a higher version the known part counts.
 * Undefined for anything else: the request then belongs to no trace.
 */
export function readTraceParent(header: string | undefined): string | undefined {
  const [, version, traceId, spanId, flags = '', more] = TRACE_PARENT.exec(header ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || version === 'ff') return undefined;
  if (version === '00' && more !== undefined) return undefined;
  return traceParentOf({ traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 });
}

export interface TracePlace {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits. */
  spanId: string;
  /** The caller records this trace. */
  sampled: boolean;
}

export function traceParentOf({ traceId, spanId, sampled }: TracePlace): string {
  return `00-${traceId}-${spanId}-0${sampled ? 1 : 0}`;
}

/** Of a text that `readTraceParent` gave. */
export function tracePlaceOf(traceParent: string): TracePlace {
  return { traceId: traceParent.slice(3, 35), spanId: traceParent.slice(36, 52), sampled: traceParent.endsWith('1') };
}
