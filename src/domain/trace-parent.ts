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

/** One member of `tracestate`: a vendor's key, and its value without comma and equals sign. */
const TRACE_STATE_MEMBER = /^[a-z0-9][a-z0-9_\-*/@]{0,255}=[ -+\--<>-~]{0,255}[!-+\--<>-~]$/;
const MOST_OF_TRACE_STATE = 512;
const MOST_MEMBERS = 32;

/**
 * A `tracestate` header (W3C Trace Context), which belongs to a `traceparent` and is passed on unread. Undefined for
 * one that is malformed or longer than every participant must take.
 */
export function readTraceState(header: string | undefined): string | undefined {
  if (header === undefined || header.length > MOST_OF_TRACE_STATE) return undefined;
  const members = header
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
  const isRight = members.length <= MOST_MEMBERS && members.every((member) => TRACE_STATE_MEMBER.test(member));
  return isRight && members.length > 0 ? members.join(',') : undefined;
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
