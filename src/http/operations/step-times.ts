import { Histogram, type Registry } from 'prom-client';
import { MEASURED_STEPS, type MeasuredStep, type StepTime, type StepTimes } from '../../ports/step-times.js';
import { STORE_SECONDS } from './store-metrics.js';

const STEP_SECONDS = 'punchout_step_seconds';

/** Measures the steps of punchouts, and reads what was measured. */
export function stepTimes(registry: Registry): StepTimes & { observe(step: MeasuredStep, seconds: number): void } {
  const seconds = new Histogram({
    name: STEP_SECONDS,
    help: 'Time to answer a step of a punchout that was accepted: call_up, login, transfer.',
    labelNames: ['step'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10],
    registers: [registry],
  });
  return {
    since: new Date(),
    observe: (step, value) => seconds.observe({ step }, value),
    async read() {
      const steps = await timesOf(registry, STEP_SECONDS, 'step', 'server');
      const calls = await timesOf(registry, STORE_SECONDS, 'call', 'shop');
      return [...steps.filter(({ step }) => MEASURED_STEPS.some((name) => name === step)), ...calls];
    },
  };
}

async function timesOf(registry: Registry, name: string, label: string, of: StepTime['of']): Promise<StepTime[]> {
  const metric = registry.getSingleMetric(name);
  const { values = [] } = (await metric?.get()) ?? {};
  const buckets = new Map<string, [bound: number, count: number][]>();
  for (const { labels, value } of values as { labels: Record<string, string | number>; value: number }[]) {
    const step = String(labels[label]);
    const { le } = labels;
    if (le === undefined) continue;
    const bound = le === '+Inf' ? Infinity : Number(le);
    buckets.set(step, [...(buckets.get(step) ?? []), [bound, value]]);
  }
  return [...buckets].flatMap(([step, counts]) => {
    const sorted = counts.toSorted(([a], [b]) => a - b);
    const times = sorted.at(-1)?.[1] ?? 0;
    if (times === 0) return [];
    return [{ step, of, times, halfMs: withinMs(sorted, 0.5), mostMs: withinMs(sorted, 0.95) }];
  });
}

/**
 * The time within which a share of the observations lies, as Prometheus' histogram_quantile estimates it: evenly within
 * a bucket; beyond the last bound, that bound.
 */
export function withinMs(buckets: readonly (readonly [bound: number, count: number])[], share: number): number {
  const total = buckets.at(-1)?.[1] ?? 0;
  const wanted = total * share;
  let [lower, before] = [0, 0];
  for (const [bound, count] of buckets) {
    if (count >= wanted && count > before) {
      if (bound === Infinity) return lower * 1000;
      return (lower + ((bound - lower) * (wanted - before)) / (count - before)) * 1000;
    }
    if (bound !== Infinity) lower = bound;
    before = count;
  }
  return lower * 1000;
}
