/** Named references of the Latin-1 block, from U+00A0, in their order. */
const LATIN_1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute ' +
  'micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest ' +
  'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH ' +
  'Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig ' +
  'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ' +
  'ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

const NAMED = new Map<string, string>([
  ...Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    euro: '€',
    hellip: '…',
    ndash: '–',
    mdash: '—',
    lsquo: '‘',
    rsquo: '’',
    sbquo: '‚',
  }),
  ...Object.entries({
    ldquo: '“',
    rdquo: '”',
    bdquo: '„',
    lsaquo: '‹',
    rsaquo: '›',
    bull: '•',
    trade: '™',
    OElig: 'Œ',
    oelig: 'œ',
    Scaron: 'Š',
    scaron: 'š',
    Yuml: 'Ÿ',
  }),
  ...Object.entries({
    le: '≤',
    ge: '≥',
    ne: '≠',
    asymp: '≈',
    minus: '−',
    permil: '‰',
    dagger: '†',
    Omega: 'Ω',
    mu: 'μ',
    colon: ':',
    lbrack: '[',
    rbrack: ']',
    num: '#',
    NewLine: '\n',
    Tab: '\t',
  }),
  ...LATIN_1.split(' ').map((name, place): [string, string] => [name, String.fromCharCode(0xa0 + place)]),
]);

const REFERENCE = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));/g;

/**
 * Decodes HTML character references that end in a semicolon: numbers (128 to 159 as windows-1252, as in HTML), and the
 * names of Latin-1 and of common typography. Others, and references without a semicolon, stay unchanged.
 */
export function decodeCharacterReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    REFERENCE,
    (reference, decimal: string | undefined, hexadecimal: string | undefined, name: string | undefined) => {
      if (name !== undefined) return NAMED.get(name) ?? reference;
      return fromNumber(decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10));
    },
  );
}

function fromNumber(code: number): string {
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\ufffd';
  return code >= 0x80 && code <= 0x9f ? decodeWindows1252(String.fromCharCode(code)) : String.fromCodePoint(code);
}

/**
 * The 27 printable characters that windows-1252 has where ISO-8859-1 has control codes, by byte (0x80 to 0x9F). The
 * five bytes that windows-1252 does not define map to the control code of the same number, as in the WHATWG standard.
 */
const PRINTABLE = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

const HIGH_CONTROLS = /[\x80-\x9f]/g;

/** Characters of U+0100 and above that windows-1252 can carry. */
export const WINDOWS_1252_ONLY: ReadonlySet<string> = new Set(
  PRINTABLE.split('').filter((character) => character > '\x9f'),
);

/**
 * Decodes windows-1252 from text that holds one byte per character. Also correct for bytes declared as ISO-8859-1,
 * because browsers write windows-1252 under that name (T21).
 */
export function decodeWindows1252(byteText: string): string {
  return byteText.replace(HIGH_CONTROLS, (byte) => PRINTABLE.charAt(byte.charCodeAt(0) - 0x80));
}
