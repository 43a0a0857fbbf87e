import { baseUrlOf } from '../domain/base-url.js';
import { isWebAddress } from './network-text.js';

type Environment = Record<string, string | undefined>;

export interface VendureSettings {
  kind: 'vendure';
  /** Of the Shop API, without a slash at the end. */
  shopApiUrl: string;
  channelToken?: string;
  /** Address of the shop for buyers, without a slash at the end; absent: below our public URL. */
  frontendUrl?: string;
  /** As `ProductFields` of the adapter; its sources are checked there. */
  fields?: Record<string, string | Record<string, string>>;
  shippingMethod?: string;
  /** Decimal digits of the shop's integers; absent: by ISO 4217. */
  priceDigits?: number;
  cartPath?: string;
  productPath?: string;
  searchPath?: string;
  /** For the accounts of a middleware's buyers; `url` absent: next to the Shop API. */
  admin?: { username: string; password: string; url?: string };
  timeouts?: StoreTimeouts;
}

const PATHS = [
  ['VENDURE_CART_PATH', 'cartPath', []],
  ['VENDURE_PRODUCT_PATH', 'productPath', ['{slug}', '{id}', '{sku}']],
  ['VENDURE_SEARCH_PATH', 'searchPath', ['{query}']],
] as const;
const SOURCE = /^((variant|product):[A-Za-z_]\w{0,63}|facet:[\w-]{1,64})$/;
const PLAIN_FIELDS = ['manufacturerName', 'manufacturerPartId', 'gtin', 'unit'];
const MAP_FIELDS = ['classifications', 'customFields'];

/** Adds every fault to `faults`, each as `NAME: cure`; `serverSettings` adds the value seen. */
export function vendureSettings(env: Environment, faults: string[]): VendureSettings {
  const url = baseUrlOf(env['VENDURE_URL']?.trim() ?? '');
  if (url === '')
    faults.push(
      'VENDURE_URL: needed with STORE=vendure, the address of the Shop API, e.g. https://shop.example.com/shop-api',
    );
  else if (!isWebAddress(url))
    faults.push('VENDURE_URL: an absolute http(s) address without query, e.g. https://shop.example.com/shop-api');
  const frontendUrl = baseUrlOf(env['VENDURE_FRONTEND_URL']);
  if (frontendUrl !== undefined && !isWebAddress(frontendUrl))
    faults.push('VENDURE_FRONTEND_URL: an absolute http(s) address without query, e.g. https://www.example.com');
  const digits = env['VENDURE_PRICE_DIGITS'];
  if (digits !== undefined && !/^[0-6]$/.test(digits))
    faults.push('VENDURE_PRICE_DIGITS: a number from 0 to 6; leave it out for those of each currency');
  const fields = fieldsOf(env['VENDURE_FIELDS'], faults);
  const channelToken = env['VENDURE_CHANNEL_TOKEN'];
  const shippingMethod = env['VENDURE_SHIPPING_METHOD'];
  const [username, password, adminUrl] = [
    env['VENDURE_ADMIN_USERNAME'],
    env['VENDURE_ADMIN_PASSWORD'],
    baseUrlOf(env['VENDURE_ADMIN_URL']),
  ];
  if ((username === undefined) !== (password === undefined))
    faults.push('VENDURE_ADMIN_USERNAME and VENDURE_ADMIN_PASSWORD: both, or none of them');
  if (adminUrl !== undefined && !isWebAddress(adminUrl))
    faults.push(
      'VENDURE_ADMIN_URL: an absolute http(s) address without query, e.g. https://shop.example.com/admin-api',
    );
  const paths = Object.fromEntries(
    PATHS.flatMap(([name, key, marks]) => {
      const path = env[name];
      if (path === undefined) return [];
      if (
        !path.startsWith('/') ||
        path.startsWith('//') ||
        (marks.length > 0 && !marks.some((mark) => path.includes(mark)))
      )
        faults.push(`${name}: a path of the frontend${marks.length === 0 ? '' : `, with ${marks.join(' or ')} in it`}`);
      return [[key, path]];
    }),
  );
  return {
    kind: 'vendure',
    shopApiUrl: url,
    channelToken,
    frontendUrl,
    fields,
    shippingMethod,
    priceDigits: digits === undefined ? undefined : Number(digits),
    ...paths,
    timeouts: timeoutsOf(
      { VENDURE_REQUEST_MS: env['VENDURE_REQUEST_MS'], VENDURE_OPERATION_MS: env['VENDURE_OPERATION_MS'] },
      faults,
    ),
    admin: username === undefined || password === undefined ? undefined : { username, password, url: adminUrl },
  };
}

function fieldsOf(text: string | undefined, faults: string[]): VendureSettings['fields'] {
  if (text === undefined) return undefined;
  const isSource = (value: unknown): boolean => typeof value === 'string' && SOURCE.test(value);
  const isMap = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isSource);
  try {
    const read: unknown = JSON.parse(text);
    if (
      typeof read === 'object' &&
      read !== null &&
      Object.entries(read).every(
        ([name, value]) =>
          (PLAIN_FIELDS.includes(name) && isSource(value)) || (MAP_FIELDS.includes(name) && isMap(value)),
      )
    )
      return { ...(read as NonNullable<VendureSettings['fields']>) };
  } catch {
    // Reported below.
  }
  faults.push(
    'VENDURE_FIELDS: a JSON object, {"manufacturerPartId": "variant:mpn", "classifications": {"UNSPSC": ' +
      '"facet:unspsc"}}',
  );
  return undefined;
}

/** Milliseconds for one request to the shop, and for one operation with all its requests. */
export interface StoreTimeouts {
  requestMs?: number;
  operationMs?: number;
}

/**
 * Reads the variables that end in _REQUEST_MS and _OPERATION_MS; undefined if none is set. Adds every fault to
 * `faults`.
 */
export function timeoutsOf(variables: Record<string, string | undefined>, faults: string[]): StoreTimeouts | undefined {
  const set = Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined);
  for (const [name, text] of set)
    if (!/^\d{3,5}$/.test(text) || Number(text) < 100 || Number(text) > 60_000)
      faults.push(`${name}: milliseconds from 100 to 60000`);
  return set.length === 0
    ? undefined
    : Object.fromEntries(
        set.map(([name, text]) => [name.endsWith('_REQUEST_MS') ? 'requestMs' : 'operationMs', Number(text)]),
      );
}
