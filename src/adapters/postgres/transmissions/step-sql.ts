import { type TransmissionStep, stepOf } from '../../../domain/transmission/transmission.js';

/** The statuses that a step may start from, as an SQL list: the domain's table is the only place that knows them. */
export function fromStatuses(step: TransmissionStep): string {
  return stepOf(step)
    .from.map((status) => `'${status}'`)
    .join(', ');
}

/** The status that a step leads to, as an SQL literal. */
export function toStatus(step: TransmissionStep): string {
  return `'${stepOf(step).to}'`;
}

/**
 * The end of a live `transmission t`. An `open` one ends with its start link. Same expression as in the index
 * (migrations/start-deadline.ts).
 */
export const DEADLINE = `least(t.expires_at, case when t.status = 'open' then t.start_expires_at end)`;

/**
 * `transmission t` is live and its time is over, in the words of the index for it: the last of them keeps that index from statements about one transmission
 * (migrations/transmission-key-last.ts).
 */
export const IS_DUE = `t.status in (${fromStatuses('time')}) and ${DEADLINE} <= now() and t.expires_at > '-infinity'`;

/** The time of a live `transmission t` is not over. */
export const IS_IN_TIME = `${DEADLINE} > now()`;

/** The end of `transmission t` that answers show: that of the start link, if it ran out unused. */
export const TOLD_END = `case when t.logged_in_at is null and t.start_expires_at <= now() then least(t.expires_at, t.start_expires_at) else t.expires_at end`;

/** `transmission t` is live and its time is not over. */
export function maySql(step: TransmissionStep): string {
  const { from } = stepOf(step);
  return `t.status in (${fromStatuses(step)}) and ${from.includes('open') ? IS_IN_TIME : 't.expires_at > now()'}`;
}
