/** `YYYY-MM-DDThh:mm:ss+00:00`: "Z" is not allowed (RULES 1.6). */
export function cxmlTimestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}+00:00`;
}
