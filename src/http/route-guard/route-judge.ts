import { pathMatcher } from '../middleware/path-match.js';
import { BLOCKED_ROUTES, type BlockedRoute } from './blocked-routes.js';

export interface RouteJudgeOptions {
  /** Instead of BLOCKED_ROUTES. */
  routes?: readonly BlockedRoute[];
  /** Where the shop lives when that is not the root, e.g. `/shop` or `/de`. */
  basePaths?: readonly string[];
}

export interface RouteJudge {
  /** True where any of the paths, in any reading, or the route name is closed during a punchout. */
  isBlocked(paths: readonly string[], name?: string): boolean;
}

export function routeJudge({ routes = BLOCKED_ROUTES, basePaths }: RouteJudgeOptions = {}): RouteJudge {
  const matcher = pathMatcher(
    routes.flatMap((route) => route.paths),
    basePaths,
  );
  const names = nameMatcher(routes.flatMap((route) => route.names));
  return { isBlocked: (paths, name) => names(name) || paths.some((path) => matcher.matches(path)) };
}

function nameMatcher(patterns: readonly string[]): (name: string | undefined) => boolean {
  const exact = new Set(patterns.filter((pattern) => !pattern.endsWith('.**')));
  const prefixes = patterns.filter((pattern) => pattern.endsWith('.**')).map((pattern) => pattern.slice(0, -2));
  return (name) => name !== undefined && (exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix)));
}
