import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { RequestHandler } from 'express';

export interface Metrics {
  registry: Registry;
  /** Punchouts by what happened to them: setup, setup-refused, login, transfer, logout. */
  events: Counter<'event'>;
  /** Times the connector's own routes. */
  measure: RequestHandler;
}

/** Prometheus metrics, served on a listener of their own (SECURITY T69). */
export function metrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: 'punchout_events_total',
    help: 'Punchouts by what happened to them.',
    labelNames: ['event'] as const,
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'punchout_http_request_seconds',
    help: 'Time to answer, by method and status class.',
    labelNames: ['method', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
    registers: [registry],
  });
  return {
    registry,
    events,
    measure: (req, res, next) => {
      const started = process.hrtime.bigint();
      res.once('finish', () => {
        seconds.observe(
          { method: req.method, status: `${Math.floor(res.statusCode / 100)}xx` },
          Number(process.hrtime.bigint() - started) / 1e9,
        );
      });
      next();
    },
  };
}
