import { TextDecoder } from 'node:util';

/** WHATWG name of an encoding (`windows-1252`, `utf-16le`), or `us-ascii`, which WHATWG does not distinguish. */
export type Encoding = string;

/** Labels of US-ASCII. A byte above 7F is then a fault. */
const ASCII = new Set([
  'ascii',
  'usascii',
  'ansix341968',
  'ansix341986',
  'iso646us',
  'iso646irv1991',
  'isoir6',
  'csascii',
  'us',
  '646',
  '20127',
  'cp367',
  'ibm367',
]);

/**
 * Names that Java, .NET, SAP and people use in addition to the labels of the WHATWG Encoding standard, in lower case
 * and without punctuation. The numbers are code pages of Windows (1252, 28591, 65001) and of SAP (1100, 4110).
 */
const ALIASES: Readonly<Record<string, Encoding>> = {
  utf: 'utf-8',
  utf8mb4: 'utf-8',
  utf8bom: 'utf-8',
  utf8n: 'utf-8',
  cp65001: 'utf-8',
  65001: 'utf-8',
  4110: 'utf-8',
  unicodelittle: 'utf-16le',
  unicodebig: 'utf-16be',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  utf16: 'utf-16le',
  cp1200: 'utf-16le',
  1200: 'utf-16le',
  4103: 'utf-16le',
  cp1201: 'utf-16be',
  1201: 'utf-16be',
  4102: 'utf-16be',
  ansi: 'windows-1252',
  winlatin1: 'windows-1252',
  win1252: 'windows-1252',
  mswin1252: 'windows-1252',
  windows1252: 'windows-1252',
  ibm1252: 'windows-1252',
  ms1252: 'windows-1252',
  1252: 'windows-1252',
  1160: 'windows-1252',
  28591: 'windows-1252',
  windows28591: 'windows-1252',
  cp28591: 'windows-1252',
  1100: 'windows-1252',
  iso8859: 'windows-1252',
  latin: 'windows-1252',
  isolatin1: 'windows-1252',
  88591: 'windows-1252',
  latin9: 'iso-8859-15',
  isolatin9: 'iso-8859-15',
  28605: 'iso-8859-15',
  windows28605: 'iso-8859-15',
  cp28605: 'iso-8859-15',
  cp923: 'iso-8859-15',
  ibm923: 'iso-8859-15',
  latin0: 'iso-8859-15',
  885915: 'iso-8859-15',
  isolatin2: 'iso-8859-2',
  28592: 'iso-8859-2',
  windows28592: 'iso-8859-2',
  1401: 'iso-8859-2',
  cp912: 'iso-8859-2',
  28595: 'iso-8859-5',
  1500: 'iso-8859-5',
  28597: 'iso-8859-7',
  1700: 'iso-8859-7',
  28599: 'windows-1254',
  1610: 'windows-1254',
  1250: 'windows-1250',
  1404: 'windows-1250',
  win1250: 'windows-1250',
  windows1250: 'windows-1250',
  1251: 'windows-1251',
  1504: 'windows-1251',
  win1251: 'windows-1251',
  windows1251: 'windows-1251',
  1254: 'windows-1254',
  1614: 'windows-1254',
  win1254: 'windows-1254',
  windows1254: 'windows-1254',
  1253: 'windows-1253',
  windows1253: 'windows-1253',
  1257: 'windows-1257',
  windows1257: 'windows-1257',
  macroman: 'macintosh',
  10000: 'macintosh',
  936: 'gbk',
  cp936: 'gbk',
  54936: 'gb18030',
  950: 'big5',
  cp950: 'big5',
  932: 'shift_jis',
  cp932: 'shift_jis',
  shiftjis: 'shift_jis',
  949: 'euc-kr',
  cp949: 'euc-kr',
  eucjp: 'euc-jp',
  euckr: 'euc-kr',
};

/**
 * Not supported: these encodings are stateful, and bytes that look like ASCII mean other characters. Two readers may
 * see different texts.
 */
const REFUSED = new Set(['iso-2022-jp', 'replacement', 'x-user-defined']);

/**
 * The encoding of a label in an XML declaration, a charset parameter or a form. Letter case, `-` and `_` make no
 * difference. ISO-8859-1 is windows-1252, as in browsers. Undefined for unsupported encodings, such as UTF-7 and
 * EBCDIC.
 */
export function encodingOfLabel(label: string): Encoding | undefined {
  const written = label.trim().toLowerCase();
  if (written === 'utf-8') return written;
  if (written.length > 40) return undefined;
  const compact = written.replace(/[^a-z0-9]/g, '');
  if (ASCII.has(compact)) return 'us-ascii';
  return (
    (Object.hasOwn(ALIASES, compact) ? ALIASES[compact] : undefined) ??
    standardEncoding(written) ??
    standardEncoding(compact)
  );
}

function standardEncoding(label: string): Encoding | undefined {
  try {
    const { encoding } = new TextDecoder(label);
    return REFUSED.has(encoding) ? undefined : encoding;
  } catch {
    return undefined;
  }
}

/** The value may have quotes of either kind and blanks around it: `charset = "UTF-8 "`. */
const CHARSET = /(?:^|[;,\s])charset\s*=[\s"']*([^\s;,"']+)/i;

/** The value of `charset` in a Content-Type, as written. */
export function charsetParameter(contentType: string | undefined): string | undefined {
  return contentType === undefined ? undefined : CHARSET.exec(contentType)?.[1];
}
