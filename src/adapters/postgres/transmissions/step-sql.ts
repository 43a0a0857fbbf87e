import { type TransmissionStep, stepOf } from '../../../domain/transmission/transmission.js';

/** The statuses that a step may start from, as an SQL list: the domain's table is the only place that knows them. */
export function fromStatuses(step: TransmissionStep): string {
  return stepOf(step).from.map((status) => `'${status}'`).join(', ');
}

/** The status that a step leads to, as an SQL literal. */
export function toStatus(step: TransmissionStep): string {
  return `'${stepOf(step).to}'`;
}

/**
 * `transmission t` is live and its time is over, in the words of the index for it: the last of them keeps that index from statements about one transmission
 * (migrations/transmission-key-last.ts).
 */
export const IS_DUE = `t.status in (${fromStatuses('time')}) and t.expires_at <= now() and t.expires_at > '-infinity'`;

/** `transmission t` is live and its time is not over. */
export function maySql(step: TransmissionStep): string {
  return `t.status in (${fromStatuses(step)}) and t.expires_at > now()`;
}
