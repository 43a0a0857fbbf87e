import type { CommandContext } from './open-directory.js';

interface List<Row> {
  rows: readonly Row[];
  /** Head and text of each column. */
  columns: readonly [head: string, text: (row: Row) => string][];
  /** Printed in place of an empty list. */
  none: string;
  /** As one JSON document, for programs. */
  json?: boolean | undefined;
}

/** Columns with heads, or JSON. */
export function printList<Row>(print: CommandContext['print'], { rows, columns, none, json }: List<Row>): void {
  if (json === true) {
    print(JSON.stringify(rows, null, 2));
    return;
  }
  if (rows.length === 0) {
    print(none);
    return;
  }
  const table = [columns.map(([head]) => head), ...rows.map((row) => columns.map(([, text]) => text(row)))];
  const widths = columns.map((_, index) => Math.max(...table.map((cells) => cells[index]?.length ?? 0)));
  for (const cells of table)
    print(
      cells
        .map((cell, index) => cell.padEnd((widths[index] ?? 0) + 2))
        .join('')
        .trimEnd(),
    );
}

/** Option of every command that lists or shows. */
export const JSON_OPTION = ['--json', 'print JSON, for programs'] as const;

/** `2026-01-31 10:30Z`. */
export function minuteText(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')}Z`;
}

/** How long ago, in the largest whole unit. */
export function ageText(at: Date, now = Date.now()): string {
  const minutes = Math.max(0, Math.floor((now - at.getTime()) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / 1440)} days`;
}
