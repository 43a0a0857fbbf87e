import { Counter, Histogram, Registry, collectDefaultMetrics, Gauge } from 'prom-client';
import type { RequestHandler } from 'express';
import type { HookLag } from '../../ports/orders/connect-shops.js';

export interface Metrics {
  registry: Registry;
  /** Punchouts by event: setup, setup-refused, login, transfer, logout. */
  events: Counter<'event'>;
  /** Measures the duration of the connector's own routes. */
  measure: RequestHandler;
}

/** Prometheus metrics, served on a separate listener (T69). */
export function metrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: 'punchout_events_total',
    help: 'Punchouts by event.',
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

interface HookMetrics {
  /** Records one delivery run of a hook. */
  turn(hook: unknown, turn: { events: number; error?: string; paused: boolean }): void;
}

/** `lags` is called at each scrape. If it fails, the gauges are left out. */
export function hookMetrics(registry: Registry, lags: () => Promise<HookLag[]>): HookMetrics {
  const labelNames = ['tenant', 'shop', 'hook'] as const;
  const registers = [registry];
  const events = new Counter({
    name: 'punchout_hook_events_total',
    help: 'Order events received by subscribers.',
    registers,
  });
  const failures = new Counter({
    name: 'punchout_hook_failures_total',
    help: 'Failed delivery runs of a hook.',
    registers,
  });
  const alarms = new Counter({
    name: 'punchout_hook_alarms_total',
    help: 'Hooks that were paused until a person resumes them.',
    registers,
  });
  const paused = new Gauge({
    name: 'punchout_hook_paused',
    help: '1 if the hook is paused.',
    labelNames,
    registers,
  });
  const lag = new Gauge({
    name: 'punchout_hook_lag_events',
    help: 'Events of the stream that the hook has not confirmed yet.',
    labelNames,
    registers,
    async collect() {
      const found = await lags().catch((): HookLag[] => []);
      lag.reset();
      paused.reset();
      for (const { tenantId, shopId, hookId, events: behind, paused: isPaused } of found) {
        const labels = { tenant: tenantId, shop: String(shopId), hook: hookId };
        lag.set(labels, behind);
        paused.set(labels, isPaused ? 1 : 0);
      }
    },
  });
  return {
    turn(_hook, { events: delivered, error, paused: isPaused }) {
      events.inc(delivered);
      if (error !== undefined) failures.inc();
      if (isPaused) alarms.inc();
    },
  };
}
