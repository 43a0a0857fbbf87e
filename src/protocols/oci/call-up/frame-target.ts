const KEYWORDS = new Set(['_top', '_parent', '_self']);
const FRAME = /^[A-Za-z][\w-]{0,63}$/;

/**
 * SECURITY T19: the text if it is a frame name that may stand in a form's `target`, else undefined. Keywords of HTML are
 * read in any case.
 */
export function frameName(text: string): string | undefined {
  const keyword = text.toLowerCase();
  if (KEYWORDS.has(keyword)) return keyword;
  return FRAME.test(text) ? text : undefined;
}

/** The frame that a call-up names for its return form; `_top` where that is no frame name. */
export function frameTarget(text: string): string {
  return frameName(text) ?? '_top';
}
