/** How much of one kind is written down in a minute. */
export interface AttemptBound {
  key: string;
  rows: number;
  /** Of what is kept of the attempts. */
  bytes?: number;
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
 * `admit` says whether an attempt is written; each of its bounds must have room, and the first one counts what is left out.
 */
export function limitAttempts<Subject>({ summarise, now = () => performance.now() }: Deps<Subject>): { admit(subject: Subject, bytes: number, bounds: readonly [AttemptBound, ...AttemptBound[]]): boolean } {
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

  function countOf(key: string, subject: Subject): Count<Subject> {
    const known = counts.get(key);
    if (known !== undefined) return known;
    const fresh = { until: now() + WINDOW_MS, rows: 0, bytes: 0, left: 0, subject };
    counts.set(key, fresh);
    firstEnd = Math.min(firstEnd, fresh.until);
    return fresh;
  }

  return {
    admit(subject, bytes, bounds) {
      sweep();
      const judged = bounds.map((bound) => ({ bound, count: countOf(bound.key, subject) }));
      const hasRoom = judged.every(({ bound, count }) => count.rows < bound.rows && count.bytes + bytes <= (bound.bytes ?? Infinity));
      if (hasRoom) {
        for (const { count } of judged) {
          count.rows += 1;
          count.bytes += bytes;
        }
        return true;
      }
      const [first] = judged;
      if (first !== undefined) first.count.left += 1;
      schedule();
      return false;
    },
  };
}
