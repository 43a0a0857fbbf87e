/** How much of one kind is written down in a minute. */
export interface AttemptBound<Subject> {
  key: string;
  rows: number;
  /** Of what is kept of the attempts. */
  bytes?: number;
  /** What is told of those that are left out. It stays in memory for a minute, so nothing of what a caller sent hangs on it. */
  subject: Subject;
}

interface Deps<Subject> {
  /** Called when the minute of `subject` is over, if attempts of it were not written down. */
  summarise: (subject: Subject, times: number) => void;
  /** Milliseconds that only grow. */
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
/** So many kinds are told apart; beyond that the oldest minute ends early. */
const MOST_KEYS = 10_000;

/**
 * Bounds what attempts of callers who have proven nothing leave behind: the first of a minute are written down, of the others their number, once.
 * `admit` says whether an attempt is written; each of its bounds must have room. Bounds go from narrow to wide, and an attempt that is left out counts
 * at the first that has no room, so that there are no more numbers than full bounds; the widest has no number, since it counts for several owners.
 */
export function limitAttempts<Subject>({ summarise, now = () => performance.now() }: Deps<Subject>): {
  admit(bytes: number, bounds: readonly [AttemptBound<Subject>, ...AttemptBound<Subject>[]]): boolean;
} {
  /** In the order in which their minutes end. */
  const counts = new Map<string, Count<Subject>>();
  let firstEnd = Infinity;
  let timer: NodeJS.Timeout | undefined;

  function end(key: string, { subject, left }: Count<Subject>): void {
    counts.delete(key);
    if (left > 0) summarise(subject, left);
  }

  /** Looks through the counts only when there is something to end, and then for many at once: finding the first entry of a Map is not free. */
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

  /** The number is written down even if no other attempt follows. */
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
