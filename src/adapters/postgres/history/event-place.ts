/** A snapshot of PostgreSQL as text, `xmin:xmax:running,…`, and the database's time before it, in microseconds. */
export interface Seen {
  snapshot: string;
  micros: string;
}

/** Where an event stands among those that became visible together. `a`: audit row, `m`: message. */
export interface EventPlace {
  micros: string;
  source: 'a' | 'm';
  id: string;
}

/**
 * How far a reader is. All events that `seen` could see were read. `batch`: of the events that `until` could see and
 * `seen` could not, those up to `last` were read too.
 */
export interface ReadingPlace {
  seen: Seen;
  batch?: { until: Seen; last: EventPlace };
}

/** `<seen>@<time>`, or `<seen>@<time>/<until>@<time>/<time><source><id>`. */
export function writePlace({ seen, batch }: ReadingPlace): string {
  const start = seenText(seen);
  if (batch === undefined) return start;
  const { micros, source, id } = batch.last;
  return `${start}/${seenText(batch.until)}/${micros}${source}${id}`;
}

function seenText({ snapshot, micros }: Seen): string {
  return `${snapshot}@${micros}`;
}

/** A snapshot of a server with thousands of open transactions. */
const MOST_CHARACTERS = 12_000;

/** Undefined: not a place that `writePlace` has written. Callers send it, so nothing in it is taken on trust. */
export function readPlace(text: string): ReadingPlace | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const [start = '', end, last, ...others] = text.split('/');
  const seen = readSeen(start);
  if (seen === undefined || others.length > 0) return undefined;
  if (end === undefined) return { seen };
  const until = readSeen(end);
  const [, micros = '', source, id = ''] = /^(\d{1,17})([am])(\d{1,18})$/.exec(last ?? '') ?? [];
  if (until === undefined || source === undefined) return undefined;
  return { seen, batch: { until, last: { micros, source: source === 'a' ? 'a' : 'm', id } } };
}

function readSeen(text: string): Seen | undefined {
  const [, xmin = '', xmax = '', running = '', micros] = /^(\d{1,18}):(\d{1,18}):([\d,]*)@(\d{1,17})$/.exec(text) ?? [];
  if (micros === undefined) return undefined;
  const ids = running === '' ? [] : running.split(',');
  if (ids.some((id) => !/^\d{1,18}$/.test(id))) return undefined;
  // As PostgreSQL itself checks them: from xmin on, in ascending order, below xmax.
  const numbers = [1n, BigInt(xmin), ...ids.map(BigInt)];
  const isOrdered = numbers.every((number, index) => index === 0 || number >= (numbers[index - 1] ?? 0n));
  const end = BigInt(xmax);
  return isOrdered && BigInt(xmin) <= end && ids.every((id) => BigInt(id) < end)
    ? { snapshot: `${xmin}:${xmax}:${running}`, micros }
    : undefined;
}
