/** One line of a document that differs. Numbers begin with 1. */
export interface ChangedLine {
  /** Absent: the line is new. */
  before?: LinePart;
  /** Absent: the line is gone. */
  after?: LinePart;
}

export interface LinePart {
  number: number;
  text: string;
  /** The part that differs, as places in `text`: from the first, up to and without the second. */
  differs: [from: number, to: number];
}

/** How many lines ahead a common line is looked for. */
const WINDOW = 40;

/**
 * The lines that differ, in order. Where both documents have as many lines between two common ones, they are paired.
 * Linear in the number of lines; it may find more changes than the least possible.
 */
export function compareLines(before: readonly string[], after: readonly string[]): ChangedLine[] {
  const changes: ChangedLine[] = [];
  let old = 0;
  let fresh = 0;
  while (old < before.length || fresh < after.length) {
    if (old < before.length && fresh < after.length && before[old] === after[fresh]) {
      old += 1;
      fresh += 1;
      continue;
    }
    const [removed, added] = nextCommon(before, after, old, fresh);
    for (let place = 0; place < Math.max(removed, added); place += 1)
      changes.push(
        changedLine(
          place < removed ? { number: old + place + 1, text: before[old + place] ?? '' } : undefined,
          place < added ? { number: fresh + place + 1, text: after[fresh + place] ?? '' } : undefined,
        ),
      );
    old += removed;
    fresh += added;
  }
  return changes;
}

/** How many lines of each document stand before the nearest line that both have. */
function nextCommon(
  before: readonly string[],
  after: readonly string[],
  old: number,
  fresh: number,
): [removed: number, added: number] {
  const [left, right] = [before.length - old, after.length - fresh];
  for (let distance = 1; distance <= 2 * WINDOW; distance += 1) {
    // Pairs of lines first: a value that changes is more frequent than a line that is moved.
    for (let skew = distance % 2; skew <= distance; skew += 2) {
      const more = (distance + skew) / 2;
      const less = distance - more;
      for (const [removed, added] of [
        [less, more],
        [more, less],
      ] as const) {
        if (removed > left || added > right || removed > WINDOW || added > WINDOW) continue;
        if (removed === left && added === right) return [removed, added];
        if (removed < left && added < right && before[old + removed] === after[fresh + added]) return [removed, added];
      }
    }
  }
  return [Math.min(WINDOW, left), Math.min(WINDOW, right)];
}

type Line = Pick<LinePart, 'number' | 'text'>;

function changedLine(before: Line | undefined, after: Line | undefined): ChangedLine {
  if (before === undefined || after === undefined) {
    const whole = (line: Line): LinePart => ({ ...line, differs: [0, line.text.length] });
    return {
      ...(before === undefined ? {} : { before: whole(before) }),
      ...(after === undefined ? {} : { after: whole(after) }),
    };
  }
  const [a, b] = [before.text, after.text];
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  if (isInsidePair(a, start)) start -= 1;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  if (isInsidePair(a, a.length - end) || isInsidePair(b, b.length - end)) end -= 1;
  return {
    before: { ...before, differs: [start, a.length - end] },
    after: { ...after, differs: [start, b.length - end] },
  };
}

/** True between the two halves of one character. */
export function isInsidePair(text: string, place: number): boolean {
  return place > 0 && place < text.length && (text.codePointAt(place - 1) ?? 0) > 0xff_ff;
}
