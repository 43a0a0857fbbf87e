/** Line breaks as `\n`; a browser makes CRLF of it (SECURITY R19). */
export function lineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Trimmed, every line break and tab a blank. */
export function oneLine(text: string): string {
  return /[\t\r\n\u2028\u2029]/.test(text) ? text.replace(/[\t\r\n\u2028\u2029]+/g, ' ').trim() : text.trim();
}
