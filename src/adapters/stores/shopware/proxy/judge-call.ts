import type { JudgedCall, ProxiedCall, ProxyVerdict } from '../../../../ports/store/store-proxy-policy.js';
import { parseJson } from '../../../../protocols/json/parse-json.js';

type Fields = Record<string, unknown>;

const LINE_ITEM = '/checkout/cart/line-item';
/** Fields that a line may have; `type` is product or promotion. */
const LINE_FIELDS = ['id', 'referencedId', 'type', 'quantity'];
/** Harmless fields that frontends send but that the shop decides: removed. */
const IGNORED_LINE_FIELDS = new Set([
  'label',
  'description',
  'coverId',
  'payload',
  'good',
  'stackable',
  'removable',
  'states',
  'apiAlias',
]);
/** Without payment method, shipping method and addresses: those belong to an order. */
const CONTEXT_FIELDS = ['currencyId', 'languageId', 'countryId', 'countryStateId'];
/**
 * PHP keeps names like this unchanged. It changes others: blanks, dots and open brackets become `_`; leading blanks and
 * everything after a NUL are removed.
 */
const PLAIN_NAME = /^[a-z][\w-]*(?:\[[^[\]\0]*\])*$/i;
/** Symfony reads another HTTP method or another cart's token from these. */
const STRANGE_NAMES = /^(?:[\s\0._[]|token\b|sw[-_. [])/i;
/** Shopware 6.7: the criteria of a GET that reads, as base64url of gzip. */
const CRITERIA = 'GET _criteria';

/**
 * The Store API during a punchout: the reads of `READS` and of `further`, cart lines without a price, currency,
 * language and country. A path must match the list exactly as written, so no path needs decoding.
 */
export function callJudge(further: readonly string[]): (call: ProxiedCall) => ProxyVerdict {
  const mayRead = callList(READS);
  const isFurther = callList(further);
  return (call) => {
    const { method, path } = call;
    const json = bodyOf(call);
    if (json === undefined) return refused('the body must be a JSON object');
    switch (`${method} ${path}`) {
      case 'GET /checkout/cart':
      case 'POST /checkout/cart':
        return {
          ok: true,
          call: { method: 'GET', path: '/checkout/cart', query: '', effect: 'read', showsCart: true },
        };
      case 'DELETE /checkout/cart':
        return accepted('DELETE', '/checkout/cart', 'write');
      case `POST ${LINE_ITEM}`:
      case `PATCH ${LINE_ITEM}`:
        return lineItems(method, json);
      case `POST ${LINE_ITEM}/delete`:
      case `DELETE ${LINE_ITEM}`:
        return removal(json, call.query);
      case 'PATCH /context':
        return contextChange(json);
      default:
        if (mayRead(method, path)) return plainCall(call, json, 'read', CRITERIA);
        // A call that the shop's owner allowed counts as a write unless it is a GET.
        if (isFurther(method, path)) return plainCall(call, json, method === 'GET' ? 'read' : 'write');
        return refused('ordering, accounts and whatever is not on the list are closed during a punchout');
    }
  };
}

function lineItems(method: string, { items }: Fields): ProxyVerdict {
  if (!Array.isArray(items) || items.length > 1000) return refused('items must be a list of at most 1000 lines');
  const lines: Fields[] = [];
  for (const item of items as unknown[]) {
    if (!isObject(item)) return refused('a line must be an object');
    const foreign = Object.keys(item).find((name) => !LINE_FIELDS.includes(name) && !IGNORED_LINE_FIELDS.has(name));
    if (foreign !== undefined)
      return refused(
        `a line must not have ${/^\w{1,40}$/.test(foreign) ? foreign : 'that field'}: prices are the shop's`,
      );
    const { type = 'product' } = item;
    if (type !== 'product' && type !== 'promotion') return refused('only products and promotions may be added');
    const line = picked(item, LINE_FIELDS);
    if (!Object.values(line).every((value) => typeof value === 'string' || Number.isFinite(value)))
      return refused('fields of a line must be text or numbers');
    lines.push(method === 'POST' ? { ...line, type } : line);
  }
  return accepted(method, LINE_ITEM, 'write', { items: lines });
}

/** Turns Shopware's deprecated DELETE, with its ids in body or query, into its POST. */
function removal(json: Fields, query: string): ProxyVerdict {
  const asked: unknown =
    json['ids'] ?? [...new URLSearchParams(query)].filter(([name]) => /^ids(\[\d*\])?$/.test(name)).map(([, id]) => id);
  if (!Array.isArray(asked) || !asked.every((id) => typeof id === 'string'))
    return refused('ids must be a list of text');
  return accepted('POST', `${LINE_ITEM}/delete`, 'write', { ids: asked });
}

function contextChange(json: Fields): ProxyVerdict {
  const foreign = Object.keys(json).find((name) => !CONTEXT_FIELDS.includes(name));
  if (foreign !== undefined) return refused('only currency, language and country may be changed');
  if (Object.values(json).some((value) => typeof value !== 'string')) return refused('ids must be text');
  const verdict = accepted('PATCH', '/context', 'write', json);
  return verdict.ok ? { ok: true, call: { ...verdict.call, movesContext: true } } : verdict;
}

/** `known`: method and name of a parameter that is allowed here. */
function plainCall(
  { method, path, query, body }: ProxiedCall,
  json: Fields,
  effect: JudgedCall['effect'],
  known?: string,
): ProxyVerdict {
  const parameters = new URLSearchParams(query);
  const names = [...parameters.keys()].filter((name) => `${method} ${name}` !== known);
  const strange =
    !names.every((name) => PLAIN_NAME.test(name)) ||
    [...names, ...Object.keys(json)].some((name) => STRANGE_NAMES.test(name));
  return strange
    ? refused('a parameter is not for browsers')
    : accepted(method, path, effect, body === undefined ? undefined : json, parameters.toString());
}

/** Undefined: the body is not a JSON object with JSON's content type, the only one that Shopware reads as JSON. */
function bodyOf({ contentType, body }: ProxiedCall): Fields | undefined {
  if (body === undefined) return {};
  if (contentType !== 'application/json') return undefined;
  try {
    const json = parseJson(body);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function picked(from: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(
    names.flatMap((name) => (from[name] === undefined || from[name] === null ? [] : [[name, from[name]]])),
  );
}

function accepted(method: string, path: string, effect: JudgedCall['effect'], body?: Fields, query = ''): ProxyVerdict {
  return {
    ok: true,
    call: { method, path, query, body: body === undefined ? undefined : JSON.stringify(body), effect },
  };
}

function refused(reason: string): ProxyVerdict {
  return { ok: false, reason };
}

/**
 * Calls of the Store API that a buyer may make during a punchout (shopware.md 1.3): looking around. `{}` is one segment
 * of letters, digits, `-` and `_`. Shopware 6.7 answers by GET what 6.6 reads by POST. Cart and context, which write,
 * are judged above.
 */
const READS: readonly string[] = [
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

/** Checks whether a method and a path, exactly as written, are on the list. Throws TypeError for an unreadable rule. */
function callList(rules: readonly string[]): (method: string, path: string) => boolean {
  const patterns = rules.map((rule) => {
    const [, methods, path] = RULE.exec(rule) ?? [];
    if (methods === undefined || path === undefined)
      throw new TypeError(`"${rule}" is no call: write "GET|POST /product/{}"`);
    return new RegExp(`^(?:${methods}) ${path.replaceAll('{}', SEGMENT)}$`);
  });
  return (method, path) => patterns.some((pattern) => pattern.test(`${method} ${path}`));
}
