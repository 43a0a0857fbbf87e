import { type Outcome, accept, refuse } from '../../../domain/error-codes.js';
import { notLater } from '../../../domain/last-moment.js';

/** `2024-01-15`, `2024-01-15T10:30:00Z` or with an offset. Default: UTC. Years 1970 to 9999. */
export const MOMENT_PATTERN =
  '^(19[7-9][0-9]|[2-9][0-9]{3})-[0-9]{2}-[0-9]{2}' +
  '(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+ -][0-9]{2}:[0-9]{2})?)?$';

const DAY_MS = 86_400_000;

export interface MomentRange {
  from?: Date;
  /** Exclusive. */
  before?: Date;
}

/** Both ends are included: a day as a whole, a moment to the millisecond. */
export function momentRange({
  from_date: from,
  to_date: to,
}: {
  from_date?: string;
  to_date?: string;
}): Outcome<MomentRange> {
  const range: MomentRange = {};
  if (from !== undefined) {
    const at = momentOf(from);
    if (at === undefined) return noMoment('from_date');
    range.from = notLater(at.getTime());
  }
  if (to !== undefined) {
    const at = momentOf(to);
    if (at === undefined) return noMoment('to_date');
    range.before = notLater(at.getTime() + (to.length === 10 ? DAY_MS : 1));
  }
  if (range.from !== undefined && range.before !== undefined && range.from >= range.before)
    return refuse('INVALID_REQUEST', 'from_date must not be later than to_date.', { field: 'from_date' });
  return accept(range);
}

function momentOf(text: string): Date | undefined {
  const [day = '', time] = text.split('T');
  // A plus sign that was not escaped arrives as a space.
  const zoned =
    time === undefined ? day : `${day}T${time.replace(' ', '+')}${/(Z|[+ -]\d{2}:\d{2})$/.test(time) ? '' : 'Z'}`;
  const at = new Date(zoned);
  const isDay = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || Number.isNaN(isDay.getTime()) || isDay.toISOString().slice(0, 10) !== day
    ? undefined
    : at;
}

function noMoment(field: string): Outcome<never> {
  return refuse('INVALID_REQUEST', `${field} is not a valid date: write 2026-01-31 or 2026-01-31T10:30:00Z.`, {
    field,
  });
}
