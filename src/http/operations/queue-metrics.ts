import { Counter, Gauge, type Registry } from 'prom-client';
import type { JobQueueAge } from '../../ports/job-queue.js';
import type { HookLag } from '../../ports/orders/connect-shops.js';

interface HookMetrics {
  /** Records one delivery run of a hook. */
  turn(hook: unknown, turn: { events: number; error?: string; paused: boolean }): void;
}

/** `lags` is called at each scrape. If it fails, the gauges are left out. */
export function hookMetrics(registry: Registry, lags: () => Promise<HookLag[]>): HookMetrics {
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
  const found = readOnce(lags);
  const gauge = (name: string, help: string, valueOf: (lag: HookLag) => number): unknown =>
    new Gauge({
      name,
      help,
      labelNames: ['tenant', 'shop', 'hook'] as const,
      registers,
      async collect() {
        const hooks = await found();
        this.reset();
        for (const hook of hooks)
          this.set({ tenant: hook.tenantId, shop: String(hook.shopId), hook: hook.hookId }, valueOf(hook));
      },
    });
  gauge('punchout_hook_paused', '1 if the hook is paused.', ({ paused }) => (paused ? 1 : 0));
  gauge(
    'punchout_hook_lag_events',
    'Events of the stream that the hook has not confirmed yet.',
    ({ events }) => events,
  );
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
  const found = readOnce(ages);
  const gauge = (name: string, help: string, valueOf: (age: JobQueueAge) => number): unknown =>
    new Gauge({
      name,
      help,
      labelNames: ['kind'] as const,
      registers: [registry],
      async collect() {
        const kinds = await found();
        this.reset();
        for (const age of kinds) this.set({ kind: age.kind }, valueOf(age));
      },
    });
  gauge('punchout_jobs_failing', 'Jobs that failed and will be tried again.', ({ failing }) => failing);
  gauge(
    'punchout_jobs_given_up',
    'Jobs that have failed for three days and wait for a person.',
    ({ givenUp }) => givenUp,
  );
  gauge(
    'punchout_job_overdue_seconds',
    'How long the oldest job that is due has waited for a worker.',
    ({ overdueSeconds }) => overdueSeconds,
  );
  gauge('punchout_jobs_waiting', 'Jobs that are not done, without those that were given up.', ({ jobs }) => jobs);
}

/** One read for all gauges of a scrape, which starts their `collect` at the same time. Nothing if it fails. */
function readOnce<T>(read: () => Promise<T[]>): () => Promise<T[]> {
  let running: Promise<T[]> | undefined;
  return () =>
    (running ??= read()
      .catch((): T[] => [])
      .finally(() => (running = undefined)));
}
