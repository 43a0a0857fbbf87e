/** Limit per minute for attempts of one kind. */
export interface AttemptBound<Subject> {
  key: string;
  rows: number;
  /** Bytes stored of the attempts. */
  bytes?: number;
  /**
   * Passed to `summarise`. It stays in memory for a minute, so it must not hold on to anything that the caller sent.
   */
  subject: Subject;
}

interface Deps<Subject> {
  /** Called when the minute of `subject` ends, if some attempts were not stored. */
  summarise: (subject: Subject, times: number) => void;
  /** Milliseconds of a monotonic clock. */
  now?: () => number;
}

interface Count<Subject> {
  until: number;
  rows: number;
  bytes: number;
  left: number;
  subject: Subject;
}

const WINDOW_MS = 60_000;
/** Maximum number of tracked kinds. Above it the oldest minute ends early. */
const MOST_KEYS = 10_000;

/**
 * Limits what attempts of unidentified callers store. The first attempts of a minute are stored; of the others only
 * their number, once. `admit` tells whether an attempt is stored: each of its bounds must have room. Bounds go from
 * narrow to wide. A dropped attempt counts at the first full bound, so there are at most as many summaries as full
 * bounds. The widest bound has no summary, because it covers several owners.
 */
export function limitAttempts<Subject>({ summarise, now = () => performance.now() }: Deps<Subject>): {
  admit(bytes: number, bounds: readonly [AttemptBound<Subject>, ...AttemptBound<Subject>[]]): boolean;
} {
  /** Ordered by the end of their minutes. */
  const counts = new Map<string, Count<Subject>>();
  let firstEnd = Infinity;
  let timer: NodeJS.Timeout | undefined;

  function end(key: string, { subject, left }: Count<Subject>): void {
    counts.delete(key);
    if (left > 0) summarise(subject, left);
  }

  /** Runs only when some minute is over, and then ends many at once: reading the first entry of a Map is expensive. */
  function sweep(): void {
    const at = now();
    if (at < firstEnd && counts.size < MOST_KEYS) return;
    const most = counts.size < MOST_KEYS ? MOST_KEYS : MOST_KEYS * 0.9;
    firstEnd = Infinity;
    for (const [key, count] of counts) {
      if (count.until > at && counts.size <= most) {
        firstEnd = count.until;
        return;
      }
      end(key, count);
    }
  }

  /** Writes the summary even if no other attempt follows. */
  function schedule(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      sweep();
      if ([...counts.values()].some(({ left }) => left > 0)) schedule();
    }, WINDOW_MS).unref();
  }

  function hasRoom({ key, rows, bytes: most = Infinity }: AttemptBound<Subject>, bytes: number): boolean {
    const count = counts.get(key);
    return (count?.rows ?? 0) < rows && (count?.bytes ?? 0) + bytes <= most;
  }

  function countOf({ key, subject }: AttemptBound<Subject>): Count<Subject> {
    const known = counts.get(key);
    if (known !== undefined) return known;
    const fresh = { until: now() + WINDOW_MS, rows: 0, bytes: 0, left: 0, subject };
    counts.set(key, fresh);
    firstEnd = Math.min(firstEnd, fresh.until);
    return fresh;
  }

  return {
    admit(bytes, bounds) {
      sweep();
      const full = bounds.findIndex((bound) => !hasRoom(bound, bytes));
      if (full >= 0) {
        const [narrowest] = bounds;
        countOf(bounds[Math.min(full, bounds.length - 2)] ?? narrowest).left += 1;
        schedule();
        return false;
      }
      for (const count of bounds.map(countOf)) {
        count.rows += 1;
        count.bytes += bytes;
      }
      return true;
    },
  };
}
