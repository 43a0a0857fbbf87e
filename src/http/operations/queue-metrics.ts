import { Counter, Gauge, type Registry } from 'prom-client';
import type { JobQueueAge } from '../../ports/job-queue.js';
import type { HookLag } from '../../ports/orders/connect-shops.js';

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

/** Jobs that wait, by kind. `ages` is called at each scrape. If it fails, the gauges are left out. */
export function jobMetrics(registry: Registry, ages: () => Promise<JobQueueAge[]>): void {
  const registers = [registry];
  const labelNames = ['kind'] as const;
  const failing = new Gauge({
    name: 'punchout_jobs_failing',
    help: 'Jobs that failed and will be tried again.',
    labelNames,
    registers,
  });
  const overdue = new Gauge({
    name: 'punchout_job_overdue_seconds',
    help: 'How long the oldest job that is due has waited for a worker.',
    labelNames,
    registers,
  });
  const waiting = new Gauge({
    name: 'punchout_jobs_waiting',
    help: 'Jobs that are not done.',
    labelNames,
    registers,
    async collect() {
      const found = await ages().catch((): JobQueueAge[] => []);
      for (const gauge of [waiting, failing, overdue]) gauge.reset();
      for (const { kind, jobs, failing: failed, overdueSeconds } of found) {
        waiting.set({ kind }, jobs);
        failing.set({ kind }, failed);
        overdue.set({ kind }, overdueSeconds);
      }
    },
  });
}
