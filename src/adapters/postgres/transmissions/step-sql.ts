import { type TransmissionStep, stepOf } from '../../../domain/transmission/transmission.js';
import type { SoldLine } from '../../../domain/cart/cart-total.js';

/** The statuses that a step may start from, as an SQL list, taken from the table in the domain. */
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
 * The end of a live `transmission t`. An `open` one ends with its start link. Must match the index expression
 * (migrations/start-deadline.ts).
 */
export const DEADLINE = `least(t.expires_at, case when t.status = 'open' then t.start_expires_at end)`;

/**
 * `transmission t` is live and its time is over. Must match the predicate of the index for due transmissions; the last
 * condition keeps that index out of statements about one transmission (migrations/transmission-key-last.ts).
 */
export const IS_DUE = `t.status in (${fromStatuses('time')}) and ${DEADLINE} <= now() and t.expires_at > '-infinity'`;

/** The time of a live `transmission t` is not over. */
export const IS_IN_TIME = `${DEADLINE} > now()`;

/** The end of `transmission t` in answers: that of the start link, if it expired unused. */
export const TOLD_END = `case when t.logged_in_at is null and t.start_expires_at <= now()
  then least(t.expires_at, t.start_expires_at) else t.expires_at end`;

/** `transmission t` is live and its time is not over. */
export function maySql(step: TransmissionStep): string {
  const { from } = stepOf(step);
  return `t.status in (${fromStatuses(step)}) and ${from.includes('open') ? IS_IN_TIME : 't.expires_at > now()'}`;
}

/**
 * `transmission t` of $1 is the one of row `r`, fulfils `condition`, and nobody else is writing it. The rows are locked
 * first and then read by their place: whatever the statistics say, each is found by the primary key.
 */
export function isOneOf(condition: string): string {
  return `t.ctid = any(array(
      select place.ctid from r cross join lateral (
        select t.ctid from transmission t where t.tenant_id = $1 and t.transmission_id = r.id and ${condition}
        for no key update skip locked
      ) place
    )) and t.tenant_id = $1 and t.transmission_id = r.id and ${condition}`;
}

/**
 * Call-ups that create an account. Only the shop knows whether it was created, because its answer may be lost
 * (ports/store/store-extras.ts).
 */
export const HAS_CLONE = `t.protocol = 'repost'`;

/** Tenant, kind and input of the job that removes the account of an ended `transmission t`. */
export const CLONE_REMOVAL = `t.tenant_id, 'remove-clone',
  jsonb_build_object('transmissionId', t.transmission_id, 'clone', t.clone)`;

/** The day of the call-up. The sale is counted on the same day, so no day has more sales than sessions. */
const DAY = `(created_at at time zone 'UTC')::date`;

/**
 * Counts the start of the session in the rows of `from`. Inserts a row: a shared counter would limit a tenant's
 * commits.
 */
export function countStart(from: string): string {
  return `
    insert into sales_fact (tenant_id, day, currency, sessions, completed, revenue)
      select tenant_id, ${DAY}, '', 1, 0, 0 from ${from}`;
}

/** Counts the sale in the rows of `from`, by their `summary`; `lines` is the parameter that `factLines` fills. */
export function countSale(from: string, lines: string): string {
  return `insert into sales_fact (tenant_id, day, currency, sessions, completed, revenue, lines)
      select tenant_id, ${DAY}, summary->>'currency', 0, 1, (summary->>'totalAmount')::numeric, ${lines}::jsonb
        from ${from}`;
}

/** Longer article numbers do not fit an index; real ones are shorter. */
const MAX_LENGTH = 255;

/** jsonb accepts neither U+0000 nor lone surrogates. */
export function factLines(lines: readonly SoldLine[]): string | null {
  if (lines.length === 0) return null;
  return JSON.stringify(
    lines.map(({ sku, name, quantity, revenue }) => [storable(sku), storable(name), quantity, revenue]),
  );
}

// PostgreSQL refuses NUL and halves of surrogate pairs. Texts without either, nearly all, are not copied.
// oxlint-disable-next-line no-control-regex
const MAY_BE_REFUSED = /[\0\ud800-\udfff]/;

function storable(text: string): string {
  if (text.length <= MAX_LENGTH && !MAY_BE_REFUSED.test(text)) return text;
  return Buffer.from(text.replaceAll('\0', '').slice(0, MAX_LENGTH), 'utf8').toString('utf8');
}
