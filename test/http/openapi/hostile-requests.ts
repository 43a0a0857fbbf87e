import { BODIES, DATES, HEADERS, HEADER_TEXTS, JSON_TEXTS, RAW_TEXTS, TEXTS } from './hostile-values.js';

/** A request as sent; `address` is a path. */
export interface Sent {
  method: string;
  address: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

export interface Hostile {
  title: string;
  request: Sent;
}

interface Declared {
  /** Path of the API document: `/sessions/{id}`, below the public URL. */
  path: string;
  parameters?: readonly { name: string; in: string }[];
}

/**
 * Hostile changes to everything except the body: each part of the address and headers with each hostile value, and
 * other methods.
 */
export function* hostileRequests(request: Sent, declared: Declared): Generator<Hostile> {
  yield* inPath(request, declared);
  yield* inQuery(request, declared);
  yield* inHeaders(request);
  for (const method of ['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'TRACE', 'POST', 'GET'])
    yield { title: `by ${method}`, request: { ...request, method } };
}

const named = (value: string | Uint8Array): string =>
  `${JSON.stringify(Buffer.from(value).toString('latin1', 0, 40))}${value.length > 40 ? ` of ${value.length}` : ''}`;

function encoded(text: string): string {
  // Half a surrogate pair, as careless encoders write it.
  return Array.from(text, (character) =>
    /[\ud800-\udfff]/u.test(character) ? '%ED%A0%80' : encodeURIComponent(character),
  ).join('');
}

function* inPath(request: Sent, { path }: Declared): Generator<Hostile> {
  const [given = '', ...query] = request.address.split('?');
  const segments = given.split('/');
  const template = path.split('/');
  const shift = segments.length - template.length;
  for (const [index, part] of template.entries()) {
    if (!/^\{\w+\}$/.test(part)) continue;
    for (const raw of [...[...TEXTS, ...DATES].map(encoded), ...RAW_TEXTS, 'x'.repeat(8_000)]) {
      const changed = segments.map((segment, at) => (at === index + shift ? raw : segment)).join('/');
      yield {
        title: `${part} in the path is ${named(raw)}`,
        request: { ...request, address: [changed, ...query].join('?') },
      };
    }
  }
  yield { title: 'a longer path', request: { ...request, address: [`${given}/%00/..%2f`, ...query].join('?') } };
}

function* inQuery(request: Sent, { parameters = [] }: Declared): Generator<Hostile> {
  const [path = '', ...rest] = request.address.split('?');
  const given = new URLSearchParams(rest.join('?'));
  const names = new Set([
    ...parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
    ...given.keys(),
  ]);
  for (const name of names) {
    const others = new URLSearchParams(given);
    others.delete(name);
    const before = others.size === 0 ? '' : `${others.toString()}&`;
    for (const raw of [...[...TEXTS, ...DATES].map(encoded), ...RAW_TEXTS])
      yield { title: `${name} is ${named(raw)}`, request: { ...request, address: `${path}?${before}${name}=${raw}` } };
    for (const written of [
      `${name}=a&${name}=b`,
      `${name}[]=a`,
      `${name}[a]=b`,
      name,
      `${name}=${encoded(given.get(name) ?? '1')}&${name}[__proto__]=1`,
    ])
      yield {
        title: `${named(written)} in the query`,
        request: { ...request, address: `${path}?${before}${written}` },
      };
  }
  for (const written of [
    '%',
    '%zz=%ff',
    '&&==&',
    '=',
    '__proto__=1',
    '__proto__[x]=1',
    'constructor[prototype][x]=1',
    '\\',
    Array.from({ length: 1_500 }, (_, index) => `p${index}=1`).join('&'),
  ])
    yield {
      title: `a query of ${named(written)}`,
      request: {
        ...request,
        address: `${path}?${[given.toString(), written].filter((part) => part !== '').join('&')}`,
      },
    };
}

function* inHeaders(request: Sent): Generator<Hostile> {
  for (const [index, name] of HEADERS.entries()) {
    // Every value under every name would be a thousand requests, so each name gets a quarter of them.
    const values = HEADER_TEXTS.filter((_, at) => (at + index) % 4 === 0);
    for (const value of values)
      yield {
        title: `${name}: ${named(value)}`,
        request: { ...request, headers: { ...request.headers, [name]: value } },
      };
  }
  const cookies = request.headers['cookie'] ?? 'connector.sid=s%3Ax.y; connector.claim=x';
  for (const pair of cookies.split('; ')) {
    const [name = ''] = pair.split('=');
    for (const value of [
      ...RAW_TEXTS.map((text) => text.replaceAll('"', '')),
      'x'.repeat(6_000),
      '\xff',
      's%3A',
      's:a.b',
      's%3A%00.x',
      'j:{"a":1}',
      '',
    ])
      yield {
        title: `the cookie ${name} is ${named(value)}`,
        request: { ...request, headers: { ...request.headers, cookie: cookies.replace(pair, `${name}=${value}`) } },
      };
  }
}

/**
 * Hostile changes to the body: each field, member, text and attribute with each hostile value, and bodies that are no
 * document.
 */
export function* hostileBodies({ body }: Sent): Generator<Changed> {
  if (body === undefined) return;
  for (const other of BODIES) yield { title: `a body of ${named(other)}`, body: other };
  const text = Buffer.from(body).toString('utf8');
  const half = Math.floor(text.length / 2);
  yield { title: 'half of the body', body: text.slice(0, half) };
  yield {
    title: 'a body with a byte that is no UTF-8',
    body: Buffer.concat([Buffer.from(text.slice(0, half)), Buffer.from([0xff, 0x00]), Buffer.from(text.slice(half))]),
  };
  yield { title: 'a body in UTF-16', body: Buffer.from(`\ufeff${text}`, 'utf16le') };
  yield* text.startsWith('{') ? inJson(text) : text.trimStart().startsWith('<') ? inXml(text) : inForm(text);
}

interface Changed {
  title: string;
  body: string | Uint8Array;
}

const MARK = 'here-stands-the-value';

function* inJson(text: string): Generator<Changed> {
  const root: unknown = JSON.parse(text);
  for (const path of placesOf(root)) {
    const marked = JSON.stringify(withAt(root, path, MARK));
    for (const value of JSON_TEXTS)
      yield { title: `${path.join('.')} is ${named(value)}`, body: marked.replace(`"${MARK}"`, () => value) };
  }
}

/** Every member and item, and one additional member. */
function placesOf(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return path.length === 0 ? [] : [[...path]];
  const inner = Array.isArray(value)
    ? value.slice(0, 2).map((item: unknown, index) => placesOf(item, [...path, index]))
    : Object.entries(value).map(([name, member]) => placesOf(member, [...path, name]));
  return [...(path.length === 0 ? [['anything']] : [[...path]]), ...inner.flat()];
}

function withAt(value: unknown, [first, ...rest]: readonly (string | number)[], replacement: unknown): unknown {
  if (first === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === first ? withAt(item, rest, replacement) : item));
  const members = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return { ...members, [first]: withAt(members[first], rest, replacement) };
}

const FORM_TEXTS = [...[...TEXTS, ...DATES.slice(0, 6)].map(encoded), ...RAW_TEXTS];

function* inForm(text: string): Generator<Changed> {
  const pairs = text.split('&');
  for (const [index, pair] of pairs.entries()) {
    const [name = ''] = pair.split('=');
    // Each field gets a third of the values, the next field the next third.
    for (const raw of FORM_TEXTS.filter((_, at) => (at + index) % 3 === 0))
      yield {
        title: `${decodeURIComponent(name)} is ${named(raw)}`,
        body: pairs.map((other, at) => (at === index ? `${name}=${raw}` : other)).join('&'),
      };
  }
  for (const raw of FORM_TEXTS) yield { title: `a field with the name ${named(raw)}`, body: `${text}&${raw}=1` };
}

const XML_TEXTS = [
  ...TEXTS.map((text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')),
  ...DATES.slice(0, 12),
  '&#0;',
  '&#xD800;',
  '&#x110000;',
  '&#1;',
  '&x;',
  '&',
  '<',
  '<![CDATA[',
  ']]>',
  '<!--',
  '<?x?>',
  '<a/>',
  '\u0001',
  '\ufffe',
];

/** Each text and each attribute. */
function* inXml(text: string): Generator<Changed> {
  const places = [...text.matchAll(/(?<=>)[^<>\s][^<>]*(?=<)|(?<=\s[\w:]+=")[^"]*(?=")/g)];
  for (const [nth, { 0: given, index }] of places.entries()) {
    // Each place gets a quarter of the values, the next place the next quarter.
    for (const value of XML_TEXTS.filter((_, at) => (at + nth) % 4 === 0))
      yield {
        title: `${named(given)} is ${named(value)}`,
        body: text.slice(0, index) + value + text.slice(index + given.length),
      };
  }
}
