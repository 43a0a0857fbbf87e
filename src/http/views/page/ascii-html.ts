/**
 * Escapes a value for text and for double-quoted attributes, as pure ASCII (SECURITY T17).
 * Line breaks, tabs and characters beyond ASCII become numeric references, so they survive in any charset of the page and
 * are not eaten at the start of a value. What HTML cannot carry (NUL, C1 controls, lone surrogates) becomes U+FFFD.
 */
export function escapeHtml(value: unknown): string {
  const text = String(value);
  return UNSAFE.test(text) ? text.replace(UNSAFE_ALL, reference) : text;
}

/** Writes everything beyond ASCII in finished HTML as numeric references; markup stays as it is. */
export function asciiHtml(html: string): string {
  return BEYOND_ASCII.test(html) ? html.replace(BEYOND_ASCII_ALL, reference) : html;
}

/** All but printable ASCII without `&`, `<`, `>` and quotes. */
const UNSAFE = /[^ !#-%(-;=?-~]/u;
const UNSAFE_ALL = /[^ !#-%(-;=?-~]/gu;
const BEYOND_ASCII = /\P{ASCII}/u;
const BEYOND_ASCII_ALL = /\P{ASCII}/gu;

function reference(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const lost = code === 0 || (code >= 0x80 && code <= 0x9f) || (code >= 0xd800 && code <= 0xdfff);
  return `&#${lost ? 0xfffd : code};`;
}
