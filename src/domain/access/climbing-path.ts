/** How often servers decode a path: once, some of them twice. A path that has more layers than this counts as climbing. */
const MOST_DECODINGS = 4;
/** A dot, slash or backslash as old decoders of UTF-8 accept it, in two bytes. */
const OVERLONG: Readonly<Record<string, string>> = { '\xc0\xae': '.', '\xc0\xaf': '/', '\xc1\x9c': '\\' };

/**
 * Whether any server could read a segment of the path as one that leads up or nowhere (`.`, `..`): with a matrix
 * parameter (`..;x`), with blanks or control characters, encoded once or several times, between slashes of any spelling.
 */
export function mayClimb(path: string): boolean {
  let text = path;
  for (let round = 0; round <= MOST_DECODINGS; round += 1) {
    if (text.split(/[/\\]/).some(isDots)) return true;
    const decoded = decodedOnce(text);
    if (decoded === text) return false;
    text = decoded;
  }
  return true;
}

function isDots(segment: string): boolean {
  const [name = ''] = segment.split(';', 1);
  // oxlint-disable-next-line no-control-regex
  return /^\.+$/.test(name.replace(/[\0-\x20\x7f]/g, ''));
}

/** Each byte as one character. `%u002e` is a spelling of Windows. */
function decodedOnce(text: string): string {
  return text
    .replace(/%(?:u([\da-f]{4})|([\da-f]{2}))/gi, (_, wide?: string, narrow?: string) =>
      String.fromCharCode(Number.parseInt(wide ?? narrow ?? '', 16)),
    )
    .replace(/\xc0[\xae\xaf]|\xc1\x9c/g, (bytes) => OVERLONG[bytes] ?? bytes);
}
