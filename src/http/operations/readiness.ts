import { Gauge, type Registry } from 'prom-client';
import type { HealthCheck } from '../../ports/health.js';
import type { Logger } from '../../ports/logger.js';

export interface Readiness {
  /** Degraded: all work is done, without something that is optional. */
  status: 'ready' | 'degraded' | 'unavailable';
  checks: Record<string, 'ok' | 'failed'>;
}

/** How long a result is reused: anyone may ask, and each check costs a query. */
const GOOD_FOR_MS = 500;

/** Asks everything that the process needs. Logs when a part stops answering, with the reason, and when it is back. */
export function readiness(health: readonly HealthCheck[], log: Logger): () => Promise<Readiness> {
  let last: { result: Promise<Readiness>; until: number } | undefined;
  const away = new Set<string>();
  const check = async (one: HealthCheck): Promise<boolean> => {
    try {
      await one.check();
      if (away.delete(one.name)) log.info({ dependency: one.name }, 'a dependency answers again');
      return true;
    } catch (error) {
      if (!away.has(one.name)) log.warn({ dependency: one.name, err: error }, 'a dependency does not answer');
      away.add(one.name);
      return false;
    }
  };
  return () => {
    if (last !== undefined && performance.now() < last.until) return last.result;
    const current = { result: readinessOf(health, check), until: Infinity };
    last = current;
    void current.result.then(() => (current.until = performance.now() + GOOD_FOR_MS));
    return current.result;
  };
}

async function readinessOf(
  health: readonly HealthCheck[],
  check: (one: HealthCheck) => Promise<boolean>,
): Promise<Readiness> {
  const answers = await Promise.all(health.map(check));
  const failed = health.filter((_, index) => answers[index] === false);
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
