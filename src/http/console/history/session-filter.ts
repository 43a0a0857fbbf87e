import { STATUS_WORDS, type SessionFilter } from '../../../console/pages/sessions/sessions-page.js';
import { notLater } from '../../../domain/last-moment.js';
import { PROTOCOLS } from '../../../domain/transmission/protocol.js';
import { sessionStatusOf } from '../../../domain/transmission/transmission.js';
import type { HistoryFilter, HistoryMark, PastSession } from '../../../ports/transmission/session-history.js';

const DAY = /^\d{4}-\d\d-\d\d$/;
const DAY_MS = 86_400_000;
const MOST_CHARACTERS = 200;

/** The filter of an address. What is unknown there is left out; a day that is none is told. */
export function filterOf(query: Record<string, unknown>): { filter: SessionFilter; hasBadDay: boolean } {
  const text = (name: string): string | undefined => {
    const value = query[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, MOST_CHARACTERS) : undefined;
  };
  const [from, to] = [text('from'), text('to')];
  return {
    filter: {
      q: text('q'),
      status: STATUS_WORDS.find((word) => word === text('status')),
      protocol: PROTOCOLS.find((protocol) => protocol === text('protocol')),
      connection: text('connection'),
      from: isDay(from) ? from : undefined,
      to: isDay(to) ? to : undefined,
    },
    hasBadDay: !isDay(from) || !isDay(to),
  };
}

export function historyFilterOf({ status, protocol, from, to }: SessionFilter): HistoryFilter {
  const filter: HistoryFilter = {};
  if (status !== undefined) filter.status = status;
  if (protocol !== undefined) filter.protocol = protocol;
  if (from !== undefined) filter.from = new Date(from);
  if (to !== undefined) filter.before = notLater(Date.parse(to) + DAY_MS);
  return filter;
}

export function isDay(day: string | undefined): boolean {
  return day === undefined || (DAY.test(day) && !Number.isNaN(Date.parse(day)));
}

/** The moments of two days, both inclusive: from the first on, before the second. */
export function dayRange(
  from: string | undefined,
  to: string | undefined,
): { from: Date | undefined; until: Date | undefined } {
  return {
    from: from === undefined ? undefined : new Date(from),
    until: to === undefined ? undefined : notLater(Date.parse(to) + DAY_MS),
  };
}

/** Whether a session that a search found fits the rest of the filter. */
export function fits(
  filter: HistoryFilter,
  { status, protocol, createdAt }: Omit<PastSession, 'lastSummary'>,
): boolean {
  return (
    (filter.status === undefined || sessionStatusOf(status) === filter.status) &&
    (filter.protocol === undefined || protocol === filter.protocol) &&
    (filter.from === undefined || createdAt >= filter.from) &&
    (filter.before === undefined || createdAt < filter.before)
  );
}

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)~([a-z0-9]{3,16}_[a-z2-7]{26})$/;

/** Where a page begins; undefined for the first one, and for a cursor that is none of ours. */
export function cursorOf(text: unknown): HistoryMark | undefined {
  const [, createdAt, transmissionId] = typeof text === 'string' ? (CURSOR.exec(text) ?? []) : [];
  return createdAt === undefined || transmissionId === undefined ? undefined : { createdAt, transmissionId };
}

export function cursorText({ createdAt, transmissionId }: HistoryMark): string {
  return `${createdAt}~${transmissionId}`;
}
