import type { RequestHandler } from 'express';
import { readTraceParent, readTraceState } from '../domain/trace-parent.js';
import type { Tracing } from '../ports/tracing.js';

/**
 * A request belongs to the trace that its caller names in `traceparent` (W3C Trace Context), if the header is valid.
 */
export function followTrace(tracing: Tracing): RequestHandler {
  return (req, _res, next) =>
    tracing.follow(readTraceParent(req.get('traceparent')), next, readTraceState(req.get('tracestate')));
}
