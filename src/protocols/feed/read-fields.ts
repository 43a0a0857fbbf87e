import { parse } from 'csv-parse/sync';
import type { FeedRecord } from './feed-records.js';

/** The fields of each record, trimmed; undefined for one whose quotes are in the wrong place. One bad record spoils no other. */
export function readFields(records: readonly FeedRecord[], delimiter: string): (string[] | undefined)[] {
  const together = tryParse(records.map(({ text }) => text).join('\n'), delimiter);
  if (together?.length === records.length) return together;
  return records.map(({ text }) => {
    const alone = tryParse(text, delimiter);
    return alone?.length === 1 ? alone[0] : undefined;
  });
}

function tryParse(text: string, delimiter: string): string[][] | undefined {
  try {
    return parse(text, { delimiter, record_delimiter: '\n', relax_column_count: true }).map((fields) =>
      fields.map((field) => field.trim()),
    );
  } catch {
    return undefined;
  }
}
