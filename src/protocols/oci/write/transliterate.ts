import type { OciCharset, OciSettings } from '../../../domain/access/connection.js';
import { WINDOWS_1252_ONLY } from '../../form/form-text.js';
import type { SetupRequest } from '../../../domain/transmission/setup-request.js';

/**
 * Replaces a character that neither the table nor a decomposition covers: visible, and part of both one-byte charsets.
 */
const REPLACEMENT = '¿';

const PLAIN = /^[\t\n\r\x20-\x7e]*$/;
const LATIN_1 = /^[\t\n\r\x20-\x7e\xa0-\xff]*$/;
/** Control characters except tab and line breaks: not text, and some receivers stop at them. */
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;
const NO_TEXT = /[\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const INVISIBLE = /^\p{Default_Ignorable_Code_Point}$/u;
const MARK = /^\p{M}$/u;
const LATIN_LETTER = /^\p{Script=Latin}$/u;

/**
 * Converts any text to one that `charset` can hold (oci.md 8.1, T21): encoded in the charset and decoded again it is
 * unchanged, so no browser ever replaces characters by `?` or `&#321;`.
 * - UTF-8: only non-text is changed (control characters are removed, lone surrogates become U+FFFD).
 * - One-byte charsets: composed first, then by table (Ł -> L, € -> EUR, ≤ -> <=), then by decomposition of Latin
 * letters and compatibility forms (ź -> z, ﬁ -> fi, ⅓ -> 1/3), else `¿`. Invisible characters are removed.
 * - `iso-8859-1` is for strict receivers: no character of 0x80 to 0x9F, although browsers would write windows-1252.
 * Line breaks stay unchanged.
 */
export function transliterate(text: string, charset: OciCharset): string {
  if (PLAIN.test(text)) return text;
  const clean = text.replace(CONTROLS, '').replace(NO_TEXT, '\ufffd');
  if (charset === 'utf-8') return clean;
  const composed = clean.normalize('NFC');
  if (LATIN_1.test(composed)) return composed;
  let out = '';
  let afterLatin = false;
  for (const character of composed) {
    if (carries(character, charset)) {
      out += character;
      afterLatin = LATIN_LETTER.test(character);
    } else if (!INVISIBLE.test(character) && !(afterLatin && MARK.test(character))) {
      const spelled = spell(character, charset);
      // 2⅓ must not become 21/3.
      out += spelled.includes('/') && /\d$/.test(out) ? ` ${spelled}` : spelled;
      afterLatin = spelled !== REPLACEMENT && LATIN_LETTER.test(spelled.slice(-1));
    }
  }
  return out;
}

/**
 * Whether `charset` can hold the text unchanged: the reader's counterpart of `transliterate`. Control characters and
 * lone surrogates do not count as held.
 */
export function encodable(text: string, charset: OciCharset): boolean {
  if (PLAIN.test(text)) return true;
  if (text.search(CONTROLS) >= 0 || text.search(NO_TEXT) >= 0) return false;
  if (charset === 'utf-8' || LATIN_1.test(text)) return true;
  for (const character of text) if (!carries(character, charset)) return false;
  return true;
}

function carries(character: string, charset: OciCharset): boolean {
  return LATIN_1.test(character) || (charset === 'windows-1252' && WINDOWS_1252_ONLY.has(character));
}

function spell(character: string, charset: OciCharset): string {
  const known = CHARACTER_TABLE.get(character);
  if (known !== undefined) return known;
  let out = '';
  let afterLatin = false;
  for (const part of character.normalize('NFKD')) {
    if (afterLatin && MARK.test(part)) continue;
    const spelled = carries(part, charset) ? part : part === character ? undefined : CHARACTER_TABLE.get(part);
    if (spelled === undefined) return REPLACEMENT;
    out += spelled;
    afterLatin = LATIN_LETTER.test(part);
  }
  return out === '' ? REPLACEMENT : out;
}

/**
 * Replacements for characters that ISO-8859-1 or windows-1252 lack and that a decomposition would change (10⁴ must not
 * become 104, nor ≠ become =). Used only if the charset has no such character.
 */
export const CHARACTER_TABLE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    // letters without decomposition
    Ł: 'L',
    ł: 'l',
    Đ: 'D',
    đ: 'd',
    Ħ: 'H',
    ħ: 'h',
    Ŧ: 'T',
    ŧ: 't',
    Ŋ: 'NG',
    ŋ: 'ng',
    ı: 'i',
    ĸ: 'k',
    Ə: 'E',
    ə: 'e',
    ẞ: 'SS',
    ſ: 's',
    ŉ: "'n",
    Œ: 'OE',
    œ: 'oe',
    ƒ: 'f',
    Ø: 'O',
    ø: 'o',
    // quotes, dashes, points, blanks
    '‘': "'",
    '’': "'",
    '‚': "'",
    '‛': "'",
    '“': '"',
    '”': '"',
    '„': '"',
    '‟': '"',
    '‹': '<',
    '›': '>',
    '′': "'",
    '″': '"',
    '‴': "'''",
    ʼ: "'",
    ʹ: "'",
    '‐': '-',
    '‑': '-',
    '‒': '-',
    '–': '-',
    '—': '-',
    '―': '-',
    '−': '-',
    '…': '...',
    '•': '·',
    '‣': '·',
    '●': '·',
    '‧': '·',
    '∙': '·',
    '⋅': '·',
    '\u2002': ' ',
    '\u2003': ' ',
    '\u2004': ' ',
    '\u2005': ' ',
    '\u2006': ' ',
    '\u2007': ' ',
    '\u2008': ' ',
    '\u2009': ' ',
    '\u200a': ' ',
    '\u202f': ' ',
    '\u205f': ' ',
    '\u3000': ' ',
    '\u2028': '\n',
    '\u2029': '\n',
    '⁄': '/',
    '∕': '/',
    '∶': ':',
    // signs of catalogues
    '€': 'EUR',
    '™': '(TM)',
    '℠': '(SM)',
    '‰': '0/00',
    '†': '+',
    '‡': '++',
    ˆ: '^',
    '˜': '~',
    '№': 'No.',
    Ω: 'Ohm',
    μ: 'µ',
    '⌀': 'Ø',
    '∅': 'Ø',
    '≤': '<=',
    '≥': '>=',
    '⩽': '<=',
    '⩾': '>=',
    '≠': '<>',
    '≈': '~',
    '∼': '~',
    '→': '->',
    '←': '<-',
    '↔': '<->',
    '⇒': '=>',
    '∞': 'inf.',
    '√': 'sqrt',
    '⁰': '^0',
    '⁴': '^4',
    '⁵': '^5',
    '⁶': '^6',
    '⁷': '^7',
    '⁸': '^8',
    '⁹': '^9',
    '⁺': '^+',
    '⁻': '^-',
  }),
);

const CHARSETS: ReadonlyMap<string, OciCharset> = new Map<string, OciCharset>([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['iso-8859-1', 'iso-8859-1'],
  ['iso8859-1', 'iso-8859-1'],
  ['iso_8859-1', 'iso-8859-1'],
  ['latin1', 'iso-8859-1'],
  ['latin-1', 'iso-8859-1'],
  ['windows-1252', 'windows-1252'],
  ['cp1252', 'windows-1252'],
]);

/**
 * Charset of the return form (oci.md 8.1): `http_content_charset` of the call-up if we can write it, else the
 * connection's.
 */
export function chooseOciCharset(request: SetupRequest, settings: Pick<OciSettings, 'charset'>): OciCharset {
  return CHARSETS.get(request.oci?.charset?.toLowerCase() ?? '') ?? settings.charset;
}
