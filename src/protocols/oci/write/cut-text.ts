/**
 * The first `max` characters (Unicode code points, oci.md 8.4). Never splits a surrogate pair, nor a grapheme (a letter
 * with its marks, a joined emoji) unless that one alone is longer than `max`.
 */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  let units = 0;
  let points = 0;
  while (units < text.length && points < max) {
    units += codePointLength(text, units);
    points += 1;
  }
  if (units === text.length) return text;
  if (isAscii(text.charCodeAt(units - 1)) && isAscii(text.charCodeAt(units))) return text.slice(0, units);
  const whole = graphemesUpTo(text, units);
  return text.slice(0, whole === 0 ? units : whole);
}

/** Length in Unicode code points. */
export function characterCount(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += codePointLength(text, at)) count += 1;
  return count;
}

function codePointLength(text: string, at: number): number {
  const high = text.charCodeAt(at);
  if (high < 0xd800 || high > 0xdbff) return 1;
  const low = text.charCodeAt(at + 1);
  return low >= 0xdc00 && low <= 0xdfff ? 2 : 1;
}

function isAscii(code: number): boolean {
  return code < 0x80;
}

const SEGMENTER = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** End of the last whole grapheme that ends at or before `limit` (UTF-16 units). */
function graphemesUpTo(text: string, limit: number): number {
  let end = 0;
  // One grapheme beyond the limit is enough context. 64 units after the limit hold any that people write.
  for (const { index, segment } of SEGMENTER.segment(text.slice(0, limit + 64))) {
    if (index + segment.length > limit) break;
    end = index + segment.length;
  }
  return end;
}

/** Line breaks as `\n`; a browser turns them into CRLF (T21). */
export function lineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Trimmed, with every line break and tab replaced by a blank. */
export function oneLine(text: string): string {
  return /[\t\r\n\u2028\u2029]/.test(text) ? text.replace(/[\t\r\n\u2028\u2029]+/g, ' ').trim() : text.trim();
}
