import { describe, expect, it } from '@jest/globals';
import { BLOCKED_ROUTES } from '../../../src/config/blocked-routes.js';
import { pathMatcher } from '../../../src/http/path-match.js';
import { OPEN, spellings } from './spellings.js';
import { expectProportional } from '../../support/growth.js';

describe('pathMatcher (T56, shopware.md 1.1)', () => {
  const matcher = pathMatcher(BLOCKED_ROUTES.flatMap(({ paths }) => paths));

  it('finds every spelling of every blocked path', () => {
    const all = spellings();
    expect(all.length).toBeGreaterThan(1000);
    expect(all.filter(({ path }) => !matcher.matches(path)).map(({ name }) => name)).toEqual([]);
  });

  it('leaves similar paths open, in the plain spellings and below a language', () => {
    const paths = OPEN.flatMap(([, path]) => [path, `/de${path}`, path.replace(/(?=\?|$)/, '/')]);
    expect(paths.filter((path) => matcher.matches(path))).toEqual([]);
  });

  it('a path that only some servers resolve to an open one stays blocked', () => {
    for (const path of [
      '/account/../checkout/cart',
      '/account/%2e%2e/checkout/cart',
      '/checkout/confirm%3f/x/y',
      '/checkout/confirm%23/x',
    ])
      expect([path, matcher.matches(path)]).toEqual([path, true]);
  });

  it('finds them below the base paths of the shop, also below a language', () => {
    const based = pathMatcher(['/checkout/confirm'], ['/b2b/einkauf', '/shop-a']);
    for (const path of [
      '/b2b/einkauf/checkout/confirm',
      '/B2B/einkauf/de/checkout/confirm',
      '/de/shop-a/checkout/confirm',
      '/checkout/confirm',
    ])
      expect([path, based.matches(path)]).toEqual([path, true]);
    for (const path of ['/b2b/checkout/confirm', '/shop-b/checkout/confirm'])
      expect([path, based.matches(path)]).toEqual([path, false]);
  });

  it('takes linear time for any path', () => {
    const based = pathMatcher(['/checkout/confirm'], ['/shop', '/shop/shop']);
    for (const part of ['/shop', '/de', '/..', '%25', '/a;'])
      expectProportional(5000, (count) => void based.matches(part.repeat(count)));
  });
});
