import { Eta } from 'eta';

const eta = new Eta({ autoEscape: true, escapeFunction: escapeHtml, autoTrim: [false, 'nl'], cache: false });

type Template<Data extends object> = (data: Data) => string;

/**
 * Compiles an eta template once. `<%= %>` escapes; `<%~ %>` is for HTML that another template made, never for a value.
 */
export function template<Data extends object>(source: string): Template<Data> {
  const compiled = eta.compile(source);
  return (data) => eta.render(compiled, data);
}

/**
 * Escapes a value for text and for double-quoted attributes, as pure ASCII (T17).
 * Line breaks, tabs and characters beyond ASCII become numeric references, so they survive in any charset of the page and
 * are not eaten at the start of a value. What HTML cannot carry (NUL, C1 controls, lone surrogates) becomes U+FFFD.
 */
function escapeHtml(value: unknown): string {
  const text = String(value);
  if (!UNSAFE.test(text)) return text;
  let escaped = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x7f) {
      const written = WRITTEN[code];
      if (written === undefined) continue;
      escaped += text.slice(from, at) + written;
    } else {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      escaped += text.slice(from, at) + reference(character);
      at += character.length - 1;
    }
    from = at + 1;
  }
  return escaped + text.slice(from);
}

/** Writes everything beyond ASCII in finished HTML as numeric references; markup stays as it is. */
export function asciiHtml(html: string): string {
  return BEYOND_ASCII.test(html) ? html.replace(BEYOND_ASCII_ALL, reference) : html;
}

/** All but printable ASCII without `&`, `<`, `>` and quotes. */
const UNSAFE = /[^ !#-%(-;=?-~]/;
/** By code, for those of ASCII that do not stand for themselves: a cart's document is full of them. */
const WRITTEN = Array.from({ length: 0x7f }, (_, code) =>
  UNSAFE.test(String.fromCharCode(code)) ? reference(String.fromCharCode(code)) : undefined,
);
const BEYOND_ASCII = /[\u0080-\uffff]/;
const BEYOND_ASCII_ALL = /\P{ASCII}/gu;

function reference(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const lost = code === 0 || (code >= 0x80 && code <= 0x9f) || (code >= 0xd800 && code <= 0xdfff);
  return `&#${lost ? 0xfffd : code};`;
}
