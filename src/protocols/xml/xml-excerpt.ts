const BREAK = /[\s<>"']/;
const WORD = 2_048;
const SHOWN = 30;
const MASK = '...';

/**
 * The word round `offset` within a text or value, for a refusal: cut at both ends. Values of a query are left out, as
 * are names and passwords in a URL: only their owner knows which of them are secret.
 */
export function excerptOf(source: string, offset: number, from: number, to: number): string {
  const before =
    source
      .slice(Math.max(from, offset - WORD), offset)
      .split(BREAK)
      .at(-1) ?? '';
  const behind = source.slice(offset, Math.min(to, offset + WORD)).split(BREAK, 1)[0] ?? '';
  // Of a longer word the beginning is not known.
  const left = before.length === WORD ? MASK : withoutUser(withoutValues(before));
  // What stands behind a value may be the rest of it.
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

/** `https://user:pass&word@host/`: what may be such a part ends at the first slash or question mark. */
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
