/** How often a percent-encoded path is decoded before it is judged: proxies and frameworks decode once, some twice. */
const MAX_DECODINGS = 3;
const LANGUAGE_SEGMENT = /^[a-z]{2,3}([-_][a-z]{2,4})?$/;
/** Segments that front controllers put before the real path. */
const FRONT_CONTROLLERS = new Set(['index.php', 'public', 'shop', 'store']);

export interface PathMatcher {
  /** True if any spelling that a server could take for a blocked path leads there. Errs on the blocked side. */
  matches(urlPath: string): boolean;
}

/**
 * Compares paths as loosely as the loosest server behind us could: letter case, double and trailing slashes, encodings, dot
 * segments, matrix parameters, a language segment, a front controller and the shop's own base paths make no difference.
 */
export function pathMatcher(patterns: readonly string[], basePaths: readonly string[] = []): PathMatcher {
  const rules = patterns.map((pattern) => {
    const segments = segmentsOf(pattern);
    const open = segments.at(-1) === '**';
    return { segments: open ? segments.slice(0, -1) : segments, open };
  });
  const bases = basePaths.map(segmentsOf).filter((base) => base.length > 0);

  function fits(segments: readonly string[]): boolean {
    return rules.some((rule) => (rule.open ? segments.length >= rule.segments.length : segments.length === rule.segments.length) && rule.segments.every((segment, index) => segments[index] === segment));
  }

  return {
    matches(urlPath) {
      const segments = segmentsOf(urlPath);
      const base = bases.find((candidate) => candidate.every((segment, index) => segments[index] === segment));
      let rest = base === undefined ? segments : segments.slice(base.length);
      for (;;) {
        if (fits(rest)) return true;
        const first = rest[0];
        if (first === undefined || !(LANGUAGE_SEGMENT.test(first) || FRONT_CONTROLLERS.has(first))) return false;
        rest = rest.slice(1);
      }
    },
  };
}

function segmentsOf(path: string): string[] {
  const segments: string[] = [];
  for (const raw of decoded(path).replaceAll('\\', '/').split('/')) {
    const segment = (raw.split(';', 1)[0] ?? '').trim().toLowerCase();
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(segment);
  }
  return segments;
}

function decoded(path: string): string {
  let text = path.split(/[?#]/, 1)[0] ?? '';
  for (let round = 0; round < MAX_DECODINGS && text.includes('%'); round += 1) {
    text = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  return text.split(/[?#]/, 1)[0] ?? '';
}
