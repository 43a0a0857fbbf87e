const MOST_LISTED = 20;

/** A list for a reader: `a, b and 3 more`, or `none`. */
export function listedText(entries: readonly string[]): string {
  const more = entries.length > MOST_LISTED ? ` and ${entries.length - MOST_LISTED} more` : '';
  return entries.length === 0 ? 'none' : `${entries.slice(0, MOST_LISTED).join(', ')}${more}`;
}
