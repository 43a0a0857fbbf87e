import type { SoldLine } from '../../../domain/cart/sold-line.js';

/** The day of a call-up, which its sale is counted on too: no day has more sales than sessions. */
const DAY = `(created_at at time zone 'UTC')::date`;

/** Counts the start of the session in the rows of `from`. A row of its own, never a shared counter: one would cap a tenant's commits. */
export function countStart(from: string): string {
  return `insert into sales_fact (tenant_id, day, currency, sessions, completed, revenue) select tenant_id, ${DAY}, '', 1, 0, 0 from ${from}`;
}

/** Counts the sale in the rows of `from`, by their `summary`; `lines` is the parameter that `factLines` fills. */
export function countSale(from: string, lines: string): string {
  return `insert into sales_fact (tenant_id, day, currency, sessions, completed, revenue, lines)
      select tenant_id, ${DAY}, summary->>'currency', 0, 1, (summary->>'totalAmount')::numeric, ${lines}::jsonb from ${from}`;
}

/** Longer ones do not fit an index; no article number is. */
const MAX_LENGTH = 255;

/** jsonb takes neither U+0000 nor half of a surrogate pair. */
export function factLines(lines: readonly SoldLine[]): string | null {
  if (lines.length === 0) return null;
  return JSON.stringify(
    lines.map(({ sku, name, quantity, revenue }) => [storable(sku), storable(name), quantity, revenue]),
  );
}

function storable(text: string): string {
  return Buffer.from(text.replaceAll('\0', '').slice(0, MAX_LENGTH), 'utf8').toString('utf8');
}
