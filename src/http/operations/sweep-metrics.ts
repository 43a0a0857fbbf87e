import { Counter, Gauge, type Registry } from 'prom-client';
import type { SweepFault } from '../../ports/sweep-faults.js';

/**
 * Counts what the clean-up does in this process. `faults` is called at each scrape. If it fails, the gauge is left out.
 */
export function sweepMetrics(
  registry: Registry,
  faults: () => Promise<SweepFault[]>,
): (sweep: string, batch: { rows: number } | 'failed') => void {
  const registers = [registry];
  const labelNames = ['sweep'] as const;
  const rows = new Counter({
    name: 'punchout_sweep_rows_total',
    help: 'Rows that the clean-up has handled, by sweep.',
    labelNames,
    registers,
  });
  const failures = new Counter({
    name: 'punchout_sweep_failures_total',
    help: 'Batches of the clean-up that failed, by sweep.',
    labelNames,
    registers,
  });
  const failing = new Gauge({
    name: 'punchout_sweep_failing',
    help: '1 if the last batch of this sweep failed, in any process.',
    labelNames,
    registers,
    async collect() {
      const found = await faults().catch((): SweepFault[] => []);
      failing.reset();
      for (const { sweep } of found) failing.set({ sweep }, 1);
    },
  });
  return (sweep, batch) => {
    if (batch === 'failed') failures.inc({ sweep });
    else rows.inc({ sweep }, batch.rows);
  };
}
