import { Gauge, type Registry } from 'prom-client';
import type { HealthCheck } from '../../ports/health.js';

export interface Readiness {
  /** Degraded: all work is done, without something that is optional. */
  status: 'ready' | 'degraded' | 'unavailable';
  checks: Record<string, 'ok' | 'failed'>;
}

/** How long a result is reused: anyone may ask, and each check costs a query. */
const GOOD_FOR_MS = 500;

/** Asks everything that the process needs. */
export function readiness(health: readonly HealthCheck[]): () => Promise<Readiness> {
  let last: { result: Promise<Readiness>; until: number } | undefined;
  return () => {
    if (last !== undefined && performance.now() < last.until) return last.result;
    const current = { result: readinessOf(health), until: Infinity };
    last = current;
    void current.result.then(() => (current.until = performance.now() + GOOD_FOR_MS));
    return current.result;
  };
}

async function readinessOf(health: readonly HealthCheck[]): Promise<Readiness> {
  const answers = await Promise.allSettled(health.map((one) => one.check()));
  const failed = health.filter((_, index) => answers[index]?.status === 'rejected');
  return {
    status:
      failed.length === 0 ? 'ready' : failed.every(({ optional }) => optional === true) ? 'degraded' : 'unavailable',
    checks: Object.fromEntries(health.map((one) => [one.name, failed.includes(one) ? 'failed' : 'ok'])),
  };
}

/** `current` is called at each scrape. */
export function readinessMetrics(registry: Registry, current: () => Promise<Readiness>): void {
  const up = new Gauge({
    name: 'punchout_dependency_up',
    help: '1 if the database, or the store of browser sessions, answers.',
    labelNames: ['dependency'] as const,
    registers: [registry],
    async collect() {
      const { checks } = await current();
      for (const [dependency, state] of Object.entries(checks)) up.set({ dependency }, state === 'ok' ? 1 : 0);
    },
  });
}
