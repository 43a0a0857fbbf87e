/** Names of URL parameters whose values are not shown. */
const SECRET_NAME = /pass|pwd|secret|token|key|auth/i;
const BREAK = /[\s<>"']/;
const WORD = 2_048;
const SHOWN = 30;

/**
 * The word around `offset` in a text or value, for a refusal: cut at both ends, without secret values of a URL query.
 */
export function excerptOf(source: string, offset: number, from: number, to: number): string {
  const before =
    source
      .slice(Math.max(from, offset - WORD), offset)
      .split(BREAK)
      .at(-1) ?? '';
  const behind = source.slice(offset, Math.min(to, offset + WORD)).split(BREAK, 1)[0] ?? '';
  const left = withoutSecrets(before);
  // The text behind a secret may be the rest of it.
  const right = left.endsWith('=...') ? behind.slice(0, 1) : withoutSecrets(behind);
  return `"${cutStart(left)}${cutEnd(right)}"`;
}

function withoutSecrets(query: string): string {
  return query
    .split('&')
    .map((parameter) => {
      const equals = parameter.indexOf('=');
      return equals >= 0 && SECRET_NAME.test(parameter.slice(0, equals))
        ? `${parameter.slice(0, equals)}=...`
        : parameter;
    })
    .join('&');
}

function cutStart(text: string): string {
  return text.length > SHOWN ? `...${text.slice(-SHOWN)}` : text;
}

function cutEnd(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
