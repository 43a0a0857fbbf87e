/**
 * What a buyer may ask of the Store API during a punchout (shopware/FACTS.md 1.3): looking around. `{}` is one segment of letters, digits,
 * `-` and `_`. Shopware 6.7 answers by GET what 6.6 reads by POST. Cart and context, which write, are judged in judge-call.ts.
 */
export const READS: readonly string[] = [
  'GET|POST /product',
  'GET|POST /product/{}',
  'GET|POST /product/{}/cross-selling',
  'GET|POST /product/{}/find-variant',
  'GET|POST /product/{}/reviews',
  'GET|POST /product-listing/{}',
  'GET|POST /search',
  'GET|POST /search-suggest',
  'GET|POST /category',
  'GET|POST /category/{}',
  'GET|POST /navigation/{}/{}',
  'GET /breadcrumb/{}',
  'GET|POST /cms/{}',
  'GET|POST /landing-page/{}',
  'GET|POST /seo-url',
  'GET|POST /media',
  'GET|POST /sitemap',
  'GET|POST /salutation',
  'GET|POST /country',
  'GET|POST /country-state/{}',
  'GET|POST /currency',
  'GET|POST /language',
  'GET|POST /shipping-method',
  'GET /context',
];

const SEGMENT = '[A-Za-z0-9_-]{1,64}';
const RULE = /^((?:GET|POST|PUT|PATCH|DELETE)(?:\|(?:GET|POST|PUT|PATCH|DELETE))*) ((?:\/(?:[A-Za-z0-9_-]+|\{\}))+)$/;

/** Says whether a method and a path, exactly as written, are on the list. Throws TypeError for a rule that it cannot read. */
export function callList(rules: readonly string[]): (method: string, path: string) => boolean {
  const patterns = rules.map((rule) => {
    const [, methods, path] = RULE.exec(rule) ?? [];
    if (methods === undefined || path === undefined)
      throw new TypeError(`"${rule}" is no call: write "GET|POST /product/{}"`);
    return new RegExp(`^(?:${methods}) ${path.replaceAll('{}', SEGMENT)}$`);
  });
  return (method, path) => patterns.some((pattern) => pattern.test(`${method} ${path}`));
}
