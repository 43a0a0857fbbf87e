/**
 * Number of times a percent-encoded path is decoded before it is checked: proxies and frameworks decode once, some
 * twice.
 */
const MAX_DECODINGS = 3;
const LANGUAGE_SEGMENT = /^[a-z]{2,3}([-_]([a-z]{2,4}|\d{3})){0,2}$/;
/** Segments that front controllers put before the real path. */
const FRONT_CONTROLLERS = new Set(['index.php', 'public', 'shop', 'store']);

interface PathMatcher {
  /** True if any spelling that a server could read as a blocked path leads there. In doubt it blocks. */
  matches(urlPath: string): boolean;
  /** True if any reading of the path has a segment that leads up. */
  climbs(urlPath: string): boolean;
}

/**
 * Compares paths as loosely as the loosest server behind us could. Letter case, double and trailing slashes, encodings,
 * dot segments, matrix parameters, a language segment, a front controller and the shop's base paths make no difference.
 */
export function pathMatcher(patterns: readonly string[], basePaths: readonly string[] = []): PathMatcher {
  const rules = patterns.map((pattern) => {
    const segments = plainSegments(pattern);
    const open = segments.at(-1) === '**';
    return { segments: open ? segments.slice(0, -1) : segments, open };
  });
  const bases = basePaths.map(plainSegments).filter((base) => base.length > 0);

  function fits(segments: readonly string[], start: number): boolean {
    return rules.some(
      (rule) =>
        (rule.open || segments.length === start + rule.segments.length) && standsAt(segments, start, rule.segments),
    );
  }

  /**
   * Skips everything that may come before the real path. A Set also iterates over entries that are added during the
   * loop.
   */
  function leadsThere(segments: readonly string[]): boolean {
    const starts = new Set([0]);
    for (const start of starts) {
      if (fits(segments, start)) return true;
      const first = segments[start] ?? '';
      if (LANGUAGE_SEGMENT.test(first) || FRONT_CONTROLLERS.has(first)) starts.add(start + 1);
      for (const base of bases) if (standsAt(segments, start, base)) starts.add(start + base.length);
    }
    return false;
  }

  return {
    matches: (urlPath) => readingsOf(urlPath).some(leadsThere),
    climbs: (urlPath) => readingsOf(urlPath).some((segments) => segments.includes('..')),
  };
}

function standsAt(segments: readonly string[], start: number, wanted: readonly string[]): boolean {
  return wanted.every((segment, index) => segments[start + index] === segment);
}

function plainSegments(path: string): string[] {
  return path
    .toLowerCase()
    .split('/')
    .filter((segment) => segment !== '');
}

/** Servers disagree on dot segments and on an encoded `?` or `#`, so every reading is checked. */
function readingsOf(url: string): string[][] {
  const path = decoded(url.replace(ABSOLUTE_FORM, '').split(/[?#]/, 1)[0] ?? '').replaceAll('\\', '/');
  const readings = [segmentsOf(path)];
  if (/[?#]/.test(path)) readings.push(segmentsOf(path.split(/[?#]/, 1)[0] ?? ''));
  for (const segments of [...readings]) if (segments.includes('..')) readings.push(withoutDotSegments(segments));
  return readings;
}

/** `GET http://host/path`: allowed in HTTP/1.1 and routed by its path. */
const ABSOLUTE_FORM = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;
/** Characters that end a segment's name: a matrix parameter, an encoded query, a NUL (end of string in C). */
const SEGMENT_END = /[;?#\0]/;

function segmentsOf(path: string): string[] {
  return path
    .split('/')
    .map((raw) => (raw.split(SEGMENT_END, 1)[0] ?? '').trim().toLowerCase())
    .filter((segment) => segment !== '' && segment !== '.');
}

function withoutDotSegments(segments: readonly string[]): string[] {
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else kept.push(segment);
  }
  return kept;
}

function decoded(path: string): string {
  let text = path;
  for (let round = 0; round < MAX_DECODINGS && text.includes('%'); round += 1) {
    text = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  return text;
}
