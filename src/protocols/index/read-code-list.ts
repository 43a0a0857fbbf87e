const HEADERS = new Set(['code', 'codes', 'unit', 'units', 'uom', 'classification', 'commodity', 'unspsc', 'eclass']);

/**
 * The codes of a buyer's list: a JSON array of texts, or CSV with the code in the first column (separated by comma,
 * semicolon or tab), with or without a header line. Undefined: it begins like JSON and is no array of texts.
 */
export function readCodeList(text: string): string[] | undefined {
  const plain = text.replace(/^\uFEFF/, '');
  if (/^\s*[[{]/.test(plain)) return jsonCodes(plain);
  const codes = plain
    .split(/\r\n|\n|\r/)
    .map(firstCell)
    .filter((code) => code !== '');
  return HEADERS.has((codes[0] ?? '').toLowerCase()) ? codes.slice(1) : codes;
}

function jsonCodes(text: string): string[] | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) && read.every((code): code is string => typeof code === 'string') ? read : undefined;
  } catch {
    return undefined;
  }
}

/** A quote within a quoted cell is doubled. */
function firstCell(line: string): string {
  const quoted = /^\s*"((?:[^"]|"")*)"/.exec(line)?.[1];
  return (quoted === undefined ? (line.split(/[,;\t]/, 1)[0] ?? '') : quoted.replaceAll('""', '"')).trim();
}
