import { listedText } from '../listed-text.js';
/** Why a return URL is refused; each protocol has its own wording. */
type ReturnUrlFault =
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

/** What is wrong with an entry of a list of return addresses; undefined: nothing. http is for this machine only. */
export function returnOriginFault(text: string): 'no_address' | 'not_https' | undefined {
  if (!/^https?:\/\/[^\s?#@\\]+$/.test(text) || !URL.canParse(text)) return 'no_address';
  return text.startsWith('https:') || isLoopback(new URL(text).hostname) ? undefined : 'not_https';
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
function mayClimb(path: string): boolean {
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

/** A character that a URL must encode; `returnUrlFault` calls such a URL malformed. */
const FOREIGN = /[^!#-;=?-[\]^_`a-z{|}~]/iu;
const SHOWN = 80;

/** For the tenant's message log: the same, with the address seen and the addresses allowed. */
export function returnUrlFaultNote(fault: ReturnUrlFault, url: string, allowed: readonly string[]): string {
  return `${returnUrlFaultText(fault, url)} Seen: ${shown(url)}. Allowed (returnOrigins): ${listedText(allowed)}.`;
}

/**
 * Explains to the sender why a return URL is refused and what to write instead. Leaves out query values and text that
 * is no address.
 */
export function returnUrlFaultText(fault: ReturnUrlFault, url: string): string {
  switch (fault) {
    case 'malformed':
      return malformedText(url);
    case 'too_long':
      return `The return URL has ${url.length} characters; 2,048 are the most.`;
    case 'not_https':
      return `The return URL must be https; this one is ${shown(url)}.`;
    case 'has_credentials':
      return 'The return URL must not contain a user name or password: remove what stands before the "@".';
    case 'has_fragment':
      return 'The return URL must not contain a fragment: remove the "#" and what follows it.';
    case 'not_allowed':
      return (
        'The return URL is not on the list of allowed return addresses of this connection. ' +
        'The shop adds its origin (https://host) to the setting returnOrigins.' +
        climbText(url)
      );
    case 'sap_event_not_allowed':
      return 'SAPEVENT is not switched on for this connection (setting oci.allowSapEvent).';
  }
}

/** For a URL that may be refused only because of its path. */
function climbText(url: string): string {
  const path = /^https?:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] ?? '';
  return mayClimb(path) || /%(2f|5c)/i.test(path)
    ? ' Its path holds a dot segment or an encoded slash: ' +
        'where the list names a path, write the return URL without them.'
    : '';
}

function malformedText(url: string): string {
  const place = url.search(FOREIGN);
  const character = place < 0 ? '' : String.fromCodePoint(url.codePointAt(place) ?? 0);
  if (!/^https?:\/\//i.test(url)) return notHttpText(url);
  if (character === '') return `The return URL has no valid host behind https://. It is ${shown(url)}.`;
  const inHost = /^https?:\/\/[^/?#]*$/i.test(url.slice(0, place));
  const fault = `${nameOf(character)} as character ${place + 1}: ${insteadOf(character, inHost)}`;
  return `The return URL holds ${fault}. It is ${shown(url)}.`;
}

const NO_URL = 'The return URL is not a URL that begins with https:// and a host';

/** For a text that does not begin like an http address. */
function notHttpText(url: string): string {
  const seen = `It is ${shown(url)}.`;
  if (/^["'<(]\s*https?:\/\//i.test(url))
    return (
      `The return URL is in quotes or brackets: remove ${nameOf(url.charAt(0))} at its beginning ` +
      `and the matching character at its end. ${seen}`
    );
  if (/^https?%(?:25)*3a/i.test(url)) return `The return URL is percent-encoded once too often.${decoded(url)}`;
  if (/^https?:/i.test(url)) return `${NO_URL}: two slashes stand behind https:. ${seen}`;
  if (/^\/\/|^(?:[a-z\d-]+\.)+[a-z\d-]+(?:[:/?#]|$)/i.test(url)) return `${NO_URL}: write https:// before it. ${seen}`;
  if (/^\/(?!\/)/.test(url)) return `${NO_URL}: it is a path only. ${seen}`;
  const [scheme] = /^[a-z][a-z\d+.-]{0,19}:/i.exec(url) ?? [];
  return scheme === undefined ? `${NO_URL}.` : `${NO_URL}; this one begins with "${scheme}".`;
}

/** The decoded URL that the sender probably meant. */
function decoded(url: string): string {
  try {
    let meant = url;
    for (let round = 0; round < 3 && !meant.includes('://'); round += 1) meant = decodeURIComponent(meant);
    return meant.includes('://') ? ` Decoded, it is ${shown(meant)}.` : '';
  } catch {
    return '';
  }
}

function nameOf(character: string): string {
  if (character === ' ') return 'a blank';
  if (/[\r\n]/.test(character)) return 'a line break';
  if (character === '\t') return 'a tab';
  return /[\p{C}\p{Z}]/u.test(character)
    ? `the character U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    : `"${character}"`;
}

function insteadOf(character: string, inHost: boolean): string {
  if (inHost) return /[^\0-\u007f]/.test(character) ? 'write the host in its ASCII form (xn--...)' : 'remove it';
  if (/[\r\n\t]/.test(character)) return 'remove it';
  const bytes = [...new TextEncoder().encode(character)];
  return `write ${bytes.map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')}`;
}

/** Removes the values of the query, which may be secret, and control characters. */
function shown(url: string): string {
  const text = url
    .replace(/=[^&#]*/g, '=...')
    .replace(/\/\/[^/?#@]*@/g, '//...@')
    .replace(/\p{C}/gu, ' ');
  return `"${text.slice(0, SHOWN)}${text.length > SHOWN ? '...' : ''}"`;
}
