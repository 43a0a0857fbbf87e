export interface FoundFault {
  /** What is wrong and what to write instead. */
  error: string;
  /** 0-based, of the character at fault. */
  offset: number;
}

const DECLARATION =
  /^<\?xml\s+version\s*=\s*(?:"1\.\d+"|'1\.\d+')(?:\s+encoding\s*=\s*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:\s+standalone\s*=\s*(?:"yes"|"no"|'yes'|'no'))?\s*\?>/;
const LONGEST_DECLARATION = 400;

/** Documents that are not XML. */
export function wrongKind(source: string): FoundFault | undefined {
  const start = source.slice(0, 300).trimStart();
  const offset = Math.max(0, source.length - source.trimStart().length);
  if (start === '') return { error: 'The document is empty', offset };
  if (/^<(?:!doctype\s+html|html)\b/i.test(start))
    return { error: 'This is an HTML page, not an XML document', offset };
  if (start.startsWith('{') || start.startsWith('[')) return { error: 'This is JSON, not an XML document', offset };
  if (start.startsWith('<')) return undefined;
  return { error: `The document begins with ${named(start)}, and XML begins with "<"`, offset };
}

/** The fault of the XML declaration at the start of the document. */
export function declarationFault(source: string): FoundFault | undefined {
  const declaration = source.slice(0, LONGEST_DECLARATION);
  if (!/^<\?xml[\s?]/.test(declaration) || DECLARATION.test(declaration)) return undefined;
  const encoding = /\sencoding\s*=\s*(?:"([^"]{0,40})"|'([^']{0,40})')/.exec(declaration);
  const seen = encoding === null ? '' : ` (its encoding is ${JSON.stringify(encoding[1] ?? encoding[2])})`;
  return {
    error: `The XML declaration is not well-formed${seen}: write <?xml version="1.0" encoding="UTF-8"?>`,
    offset: 0,
  };
}

/** The correct text for markup that starts with "<!" and is not a comment. */
export function wrongWord(start: string): string {
  const upper = start.toUpperCase();
  for (const word of ['<!DOCTYPE', '<![CDATA['])
    if (upper === word) return `"${word}" must be written in capital letters`;
  return 'The characters "<!" begin a comment ("<!--"), a CDATA section ("<![CDATA[") or "<!DOCTYPE": this is none';
}

/** Names the first character of a text, so that it can be found. */
export function named(text: string): string {
  const code = text.codePointAt(0) ?? 0;
  const number = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  if (code === 0xfeff) return `the byte order mark ${number}`;
  return code > 0x20 && code < 0x7f ? `the character "${text[0] ?? ''}"` : `the character ${number}`;
}

const BREAK = /[\s<>"']/;
const WORD = 2_048;
const SHOWN = 30;
const MASK = '...';

/**
 * The word around `offset` within a text or value, for a refusal: cut at both ends. Values of a query, and names and
 * passwords in a URL, are left out: only their owner knows which of them are secret.
 */
export function excerptOf(source: string, offset: number, from: number, to: number): string {
  const before =
    source
      .slice(Math.max(from, offset - WORD), offset)
      .split(BREAK)
      .at(-1) ?? '';
  const behind = source.slice(offset, Math.min(to, offset + WORD)).split(BREAK, 1)[0] ?? '';
  // The start of a longer word is unknown.
  const left = before.length === WORD ? MASK : withoutUser(withoutValues(before));
  // Text after a value may still belong to it.
  const right = left.endsWith(MASK) ? behind.slice(0, 1) : withoutValues(behind);
  return `"${cutStart(left)}${cutEnd(right)}"`;
}

function withoutValues(query: string): string {
  return query
    .split('&')
    .map((parameter) => {
      const equals = parameter.indexOf('=');
      return equals < 0 ? parameter : `${parameter.slice(0, equals)}=${MASK}`;
    })
    .join('&');
}

/** `https://user:pass&word@host/`: the user part ends at the first slash or question mark. */
function withoutUser(url: string): string {
  const host = url.indexOf('://') + 3;
  return host >= 3 && !/[/?#]/.test(url.slice(host)) ? `${url.slice(0, host)}${MASK}` : url;
}

function cutStart(text: string): string {
  return text.length > SHOWN ? `...${text.slice(-SHOWN)}` : text;
}

function cutEnd(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
