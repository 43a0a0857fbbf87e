import type { ConnectionFunnel } from '../../ports/transmission/session-search.js';
import type { Analytics } from '../../usecases/history/read-analytics.js';

const STEPS = ['connection_id', 'call_ups', 'logins', 'transfers', 'orders', 'last_transfer_at'] as const;

export function stepsView(steps: ConnectionFunnel): Record<(typeof STEPS)[number], string | number | null> {
  const { connectionId, callUps, logins, transfers, orders, lastTransfer } = steps;
  return {
    connection_id: connectionId,
    call_ups: callUps,
    logins,
    transfers,
    orders,
    last_transfer_at: lastTransfer?.toISOString() ?? null,
  };
}

/** The funnel of each connection. */
export function connectionsCsv(connections: readonly ConnectionFunnel[]): string {
  return csvText(
    STEPS,
    connections.map(stepsView).map((one) => STEPS.map((name) => one[name])),
  );
}

export function timelineCsv({ timeline }: Analytics): string {
  return csvText(
    ['date', 'sessions', 'completed', 'revenue'],
    timeline.map(({ date, sessions, completed, revenue }) => [date, sessions, completed, revenue]),
  );
}

export function productsCsv({ topProducts, currency }: Analytics): string {
  return csvText(
    ['sku', 'name', 'quantity', 'revenue', 'currency'],
    topProducts.map(({ sku, name, quantity, revenue }) => [sku, name, quantity, revenue, currency]),
  );
}

/**
 * Comma-separated values with a head (RFC 4180). A cell that a spreadsheet would compute is quoted by an apostrophe.
 */
function csvText(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  return [head, ...rows].map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('');
}

function cellText(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
