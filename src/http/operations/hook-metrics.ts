import { Counter, Gauge, type Registry } from 'prom-client';
import type { HookLag } from '../../ports/orders/hook-repository.js';

export interface HookMetrics {
  /** One turn of a hook. */
  turn(hook: unknown, turn: { events: number; error?: string; paused: boolean }): void;
}

/** `lags` is asked whenever somebody looks; without an answer the gauges are left out. */
export function hookMetrics(registry: Registry, lags: () => Promise<HookLag[]>): HookMetrics {
  const labelNames = ['tenant', 'shop', 'hook'] as const;
  const registers = [registry];
  const events = new Counter({
    name: 'punchout_hook_events_total',
    help: 'Order events that subscribers have received.',
    registers,
  });
  const failures = new Counter({
    name: 'punchout_hook_failures_total',
    help: 'Turns of a hook that ended with a fault.',
    registers,
  });
  const alarms = new Counter({
    name: 'punchout_hook_alarms_total',
    help: 'Hooks that were paused for a person to look at.',
    registers,
  });
  const paused = new Gauge({
    name: 'punchout_hook_paused',
    help: '1 for a hook that is paused.',
    labelNames,
    registers,
  });
  const lag = new Gauge({
    name: 'punchout_hook_lag_events',
    help: 'Events of the stream that a hook has not confirmed yet.',
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
