import { CUSTOMER_SESSIONS, type CustomerSession } from '../domain/access/connection.js';
import type { StoreCustomer } from '../domain/access/store-customer.js';
import { baseUrlOf } from '../domain/base-url.js';
import { type StoreTimeouts, timeoutsOf, type VendureSettings, vendureSettings } from './vendure-environment.js';
import { isWebAddress } from './network-text.js';

type Environment = Record<string, string | undefined>;

/** The shop of the server. */
export type StoreSettings = { kind: 'demo' } | ShopwareSettings | VendureSettings;

export interface ShopwareSettings {
  kind: 'shopware';
  /** Of both APIs, without a slash at the end. */
  url: string;
  accessKey: string;
  clientId: string;
  clientSecret: string;
  /** Absent: that of the access key, as the shop reports it. */
  salesChannelId?: string;
  /** Address of the shop for buyers, without a slash at the end; absent: below our public URL. */
  frontendUrl?: string;
  /** For connections that set none. */
  session: CustomerSession;
  customer?: StoreCustomer;
  /** `tenant/connection` -> password, for connections whose session is `login`. */
  passwords: Record<string, string>;
  cartPath?: string;
  productPath?: string;
  searchPath?: string;
  /** Classification domain to the custom field of products that holds the code. */
  classificationFields?: Record<string, string>;
  /** Unit names of the shop (lower case) to UN/CEFACT codes. */
  units?: Record<string, string>;
  /** Custom field of products with their UN/CEFACT unit. */
  unitField?: string;
  timeouts?: StoreTimeouts;
}

const KINDS = ['demo', 'shopware', 'vendure'] as const;

/** Adds every fault to `faults`, each as `NAME: cure`; `serverSettings` adds the value seen. */
export function storeSettings(kind: string, env: Environment, faults: string[]): StoreSettings {
  if (kind === 'shopware') return shopwareSettings(env, faults);
  if (kind === 'vendure') return vendureSettings(env, faults);
  if (kind !== 'demo') faults.push(`STORE: one of ${KINDS.join(', ')}`);
  return { kind: 'demo' };
}

function shopwareSettings(env: Environment, faults: string[]): ShopwareSettings {
  const needed = (name: string, what: string): string => {
    const value = env[name]?.trim() ?? '';
    if (value === '') faults.push(`${name}: needed with STORE=shopware, ${what}`);
    return value;
  };
  const url = baseUrlOf(needed('SHOPWARE_URL', "the shop's address, e.g. https://shop.example.com"));
  if (url !== '' && !isWebAddress(url))
    faults.push('SHOPWARE_URL: an absolute http(s) address without query, e.g. https://shop.example.com');
  const frontendUrl = baseUrlOf(env['SHOPWARE_FRONTEND_URL']);
  if (frontendUrl !== undefined && !isWebAddress(frontendUrl))
    faults.push('SHOPWARE_FRONTEND_URL: an absolute http(s) address without query, e.g. https://www.example.com');
  const session = env['SHOPWARE_SESSION'] ?? 'switch-customer';
  if (!isCustomerSession(session)) faults.push(`SHOPWARE_SESSION: one of ${CUSTOMER_SESSIONS.join(', ')}`);
  const salesChannelId = env['SHOPWARE_SALES_CHANNEL_ID'];
  if (salesChannelId !== undefined && !/^[0-9a-f]{32}$/.test(salesChannelId))
    faults.push('SHOPWARE_SALES_CHANNEL_ID: 32 hexadecimal digits');
  const customer = env['SHOPWARE_CUSTOMER'];
  const paths = {
    cartPath: env['SHOPWARE_CART_PATH'],
    productPath: env['SHOPWARE_PRODUCT_PATH'],
    searchPath: env['SHOPWARE_SEARCH_PATH'],
  };
  for (const [name, path, mark] of [
    ['SHOPWARE_CART_PATH', paths.cartPath, ''],
    ['SHOPWARE_PRODUCT_PATH', paths.productPath, '{id} or {number}'],
    ['SHOPWARE_SEARCH_PATH', paths.searchPath, '{query}'],
  ] as const) {
    if (
      path !== undefined &&
      (!path.startsWith('/') ||
        path.startsWith('//') ||
        (mark !== '' && !mark.split(' or ').some((each) => path.includes(each))))
    )
      faults.push(`${name}: a path of the frontend${mark === '' ? '' : `, with ${mark} in it`}`);
  }
  return {
    kind: 'shopware',
    url,
    accessKey: needed('SHOPWARE_ACCESS_KEY', 'the access key of a sales channel (SWSC…)'),
    clientId: needed('SHOPWARE_CLIENT_ID', 'the access key of an integration (SWIA…)'),
    clientSecret: needed('SHOPWARE_CLIENT_SECRET', 'the secret of that integration'),
    salesChannelId,
    frontendUrl,
    session: isCustomerSession(session) ? session : 'switch-customer',
    customer: customer === undefined ? undefined : customer.includes('@') ? { email: customer } : { number: customer },
    passwords: passwordsOf(env['SHOPWARE_PASSWORDS'], faults),
    classificationFields: textMapOf(
      env['SHOPWARE_CLASSIFICATION_FIELDS'],
      { name: 'SHOPWARE_CLASSIFICATION_FIELDS', example: '{"UNSPSC": "custom_unspsc"}', value: /^\w{1,255}$/ },
      faults,
    ),
    units: lowerCaseNames(
      textMapOf(
        env['SHOPWARE_UNITS'],
        { name: 'SHOPWARE_UNITS', example: '{"dose": "CA"}', value: /^[A-Z0-9]{2,3}$/ },
        faults,
      ),
    ),
    unitField: fieldNameOf(env, faults),
    timeouts: timeoutsOf(
      { SHOPWARE_REQUEST_MS: env['SHOPWARE_REQUEST_MS'], SHOPWARE_OPERATION_MS: env['SHOPWARE_OPERATION_MS'] },
      faults,
    ),
    ...paths,
  };
}

/** A JSON object of texts; undefined if the variable is not set or is wrong. */
function textMapOf(
  text: string | undefined,
  { name, example, value: fits }: { name: string; example: string; value: RegExp },
  faults: string[],
): Record<string, string> | undefined {
  if (text === undefined) return undefined;
  try {
    const read: unknown = JSON.parse(text);
    if (
      typeof read === 'object' &&
      read !== null &&
      !Array.isArray(read) &&
      Object.entries(read).every(([key, value]) => key.trim() !== '' && typeof value === 'string' && fits.test(value))
    )
      return { ...(read as Record<string, string>) };
  } catch {
    // Reported below.
  }
  faults.push(`${name}: a JSON object, ${example}`);
  return undefined;
}

function lowerCaseNames(map: Record<string, string> | undefined): Record<string, string> | undefined {
  return map === undefined
    ? undefined
    : Object.fromEntries(Object.entries(map).map(([name, code]) => [name.trim().toLowerCase(), code]));
}

function fieldNameOf(env: Environment, faults: string[]): string | undefined {
  const field = env['SHOPWARE_UNIT_FIELD'];
  if (field !== undefined && !/^\w{1,255}$/.test(field)) faults.push('SHOPWARE_UNIT_FIELD: the name of a custom field');
  return field;
}

function passwordsOf(text: string | undefined, faults: string[]): Record<string, string> {
  if (text === undefined) return {};
  try {
    const read: unknown = JSON.parse(text);
    if (
      typeof read === 'object' &&
      read !== null &&
      !Array.isArray(read) &&
      Object.values(read).every((value) => typeof value === 'string')
    )
      return { ...(read as Record<string, string>) };
  } catch {
    // Reported below.
  }
  faults.push('SHOPWARE_PASSWORDS: a JSON object, {"tenant/connection": "password"}');
  return {};
}

function isCustomerSession(text: string): text is CustomerSession {
  return (CUSTOMER_SESSIONS as readonly string[]).includes(text);
}
