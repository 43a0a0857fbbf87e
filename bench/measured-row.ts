import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';

/** A row with a limit of its own, beside those that are ratios to a floor. */
export interface MeasuredRow {
  name: string;
  ours: string;
  /** What it is compared with; '' without. */
  floor: string;
  /** '' without. */
  target: string;
  /** Undefined: there is no target. */
  holds: boolean | undefined;
  /** The answers depend on the machine's speed, so that noise forbids a verdict. */
  isTimed: boolean;
}

/** A machine that is further from itself judges nothing. */
export const MOST_NOISE = 0.15;

/** Rows, and how far a fixed piece of work before them is from the same work after them: 0.1 is 10 %. */
export async function withNoise<Rows>(measure: () => Promise<Rows>): Promise<{ rows: Rows; noise: number }> {
  const before = fixedWorkMs();
  const rows = await measure();
  const after = fixedWorkMs();
  return { rows, noise: Math.max(before, after) / Math.min(before, after) - 1 };
}

export function printMeasured(
  title: string,
  { rows, noise }: { rows: readonly MeasuredRow[]; noise: number },
  print: (line: string) => void,
): { missed: boolean } {
  print(`\n| ${title} | ours | compared with | target | noise | |\n|---|---|---|---|---|---|`);
  let missed = false;
  for (const { name, ours, floor, target, holds, isTimed } of rows) {
    const isJudged = holds !== undefined && !(isTimed && noise > MOST_NOISE);
    missed ||= holds !== undefined && !(isJudged && holds);
    const verdict = holds === undefined ? '' : isJudged ? (holds ? 'ok' : 'MISSED') : 'NOT JUDGED: noise';
    print(
      `| ${name} | ${ours} | ${floor} | ${target} | ${isTimed ? `${(noise * 100).toFixed(0)} %` : ''} | ${verdict} |`,
    );
  }
  return { missed };
}

export function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}

function fixedWorkMs(): number {
  const bytes = Buffer.alloc(1_000_000, 'x');
  const times = Array.from({ length: 15 }, () => {
    const startedAt = performance.now();
    for (let turn = 0; turn < 10; turn += 1) createHash('sha256').update(bytes).digest();
    return performance.now() - startedAt;
  });
  return quantile(times, 0.5);
}
