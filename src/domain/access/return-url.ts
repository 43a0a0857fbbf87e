/** Why a return URL is refused; each protocol has its own wording. */
export type ReturnUrlFault =
  'malformed' | 'too_long' | 'not_https' | 'has_credentials' | 'has_fragment' | 'not_allowed' | 'sap_event_not_allowed';

export interface ReturnUrlRules {
  /** Exact origin with optional path prefix. */
  allowed: readonly string[];
  /** Allows http to a loopback host (demo mode only). */
  loopbackHttp: boolean;
  sapEvent: boolean;
}

/**
 * Printable ASCII without blank, quotes, angle brackets and backslash: the characters of a URL, checked before any
 * parser reads it.
 */
const URL_CHARACTERS = /^[!#-;=?-[\]^_`a-z{|}~]+$/i;
const SAP_EVENT = /^SAPEVENT:POST$/i;
const MAX_LENGTH = 2048;

/**
 * Checks a URL to which a buyer's system wants the cart sent (T14, architecture.md decision 4). Undefined: it may be
 * used exactly as received.
 */
export function returnUrlFault(url: string, rules: ReturnUrlRules): ReturnUrlFault | undefined {
  if (SAP_EVENT.test(url)) return rules.sapEvent ? undefined : 'sap_event_not_allowed';
  if (url.length > MAX_LENGTH) return 'too_long';
  if (!URL_CHARACTERS.test(url) || !/^https?:\/\/[^/]/i.test(url) || !URL.canParse(url)) return 'malformed';
  const parsed = new URL(url);
  if (parsed.username !== '' || parsed.password !== '' || /^https?:\/\/[^/?#]*@/i.test(url)) return 'has_credentials';
  if (url.includes('#')) return 'has_fragment';
  if (parsed.protocol === 'http:' && !(rules.loopbackHttp && isLoopback(parsed.hostname))) return 'not_https';
  return rules.allowed.some((entry) => matches(parsed, entry)) ? undefined : 'not_allowed';
}

/** The origins in a list of allowed return addresses, for `form-action` and `frame-ancestors`. */
export function originsOf(allowed: readonly string[]): string[] {
  return [...new Set(allowed.map((entry) => new URL(entry).origin))];
}

function matches(url: URL, entry: string): boolean {
  const allowed = new URL(entry);
  if (url.origin !== allowed.origin) return false;
  if (allowed.pathname === '/') return true;
  // A backend that decodes slashes could leave the prefix again.
  if (/%(2f|5c)/i.test(url.pathname) || mayClimb(url.pathname)) return false;
  if (!url.pathname.startsWith(allowed.pathname)) return false;
  return (
    allowed.pathname.endsWith('/') ||
    url.pathname.length === allowed.pathname.length ||
    url.pathname[allowed.pathname.length] === '/'
  );
}

/** Loopback by name (RFC 6761: browsers do not look up names below localhost) or by address. */
export function isLoopback(hostname: string): boolean {
  return /(?:^|\.)localhost$/.test(hostname) || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Maximum decodings of a path; servers decode once, some twice. A path with more layers counts as climbing. */
const MOST_DECODINGS = 4;
/** A dot, slash or backslash in two bytes, as old UTF-8 decoders accept it. */
const OVERLONG: Readonly<Record<string, string>> = { '\xc0\xae': '.', '\xc0\xaf': '/', '\xc1\x9c': '\\' };

/**
 * Whether any server could read a segment of the path as `.` or `..`: with a matrix parameter (`..;x`), with blanks or
 * control characters, encoded once or several times, between slashes in any encoding.
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

/** Each byte as one character. `%u002e` is an encoding of Windows. */
function decodedOnce(text: string): string {
  return text
    .replace(/%(?:u([\da-f]{4})|([\da-f]{2}))/gi, (_, wide?: string, narrow?: string) =>
      String.fromCharCode(Number.parseInt(wide ?? narrow ?? '', 16)),
    )
    .replace(/\xc0[\xae\xaf]|\xc1\x9c/g, (bytes) => OVERLONG[bytes] ?? bytes);
}
