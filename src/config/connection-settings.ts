import { Ajv, type ErrorObject } from 'ajv';
import { PROFILE_NAMES, type ConnectionDocument } from '../domain/access/connection.js';
import { CUSTOMER_ROLES } from '../domain/access/customer-clone.js';
import { MOST_ADDRESS_ID } from '../domain/access/choose-customer.js';
import { INDEX_FORMATS, INDEX_PERIODS, WEEKDAYS } from '../domain/catalogue/catalogue-index.js';
import { PRICE_KINDS } from '../domain/cart/price-kind.js';
import { ACCESS_POLICY_PROPERTIES, isNetworkText } from './network-text.js';
import { MAPPING_SCHEMA, mappingFaults, FIELD_RULE_SCHEMA } from './mapping-schema.js';
import { returnOriginFault } from '../domain/access/return-url.js';
import { isDecimalText } from '../domain/decimal.js';
import { nearestName } from '../domain/nearest-name.js';
import { type Outcome, type Refusal, type SettingFault, accept } from '../domain/error-codes.js';
import { type FieldRule, isSourcePath, SOURCE_PATHS, SOURCE_PREFIXES } from '../domain/mapping/mapping.js';
import type { Protocol } from '../domain/transmission/protocol.js';
import { PLACEHOLDER_SUPPLIER, demoOnlyFaults } from './demo-settings.js';
import { inProduction } from './environment.js';
import { findProfile, withProfile } from './profiles.js';
import { STORE_ACCOUNT_SCHEMA } from './store-account-schema.js';

const party = {
  type: 'object',
  required: ['domain', 'identity'],
  additionalProperties: false,
  properties: {
    domain: { type: 'string', minLength: 1, maxLength: 100 },
    identity: { type: 'string', minLength: 1, maxLength: 255 },
    type: { type: 'string' },
  },
} as const;

const parameterName = { type: 'string', pattern: '^[^=&\\s]{1,60}$' } as const;

/**
 * The JSON settings document of a connection (fields: domain/access/connection.ts). Absent fields get these defaults.
 */
export const CONNECTION_SCHEMA = {
  type: 'object',
  required: ['returnOrigins'],
  additionalProperties: false,
  properties: {
    profile: { enum: PROFILE_NAMES },
    returnOrigins: { type: 'array', minItems: 1, maxItems: 50, items: { type: 'string', format: 'return-address' } },
    frameAncestors: { type: 'array', maxItems: 50, items: { type: 'string', format: 'frame-address' }, default: [] },
    startLinkSeconds: { type: 'integer', minimum: 30, maximum: 86_400, default: 300 },
    ...ACCESS_POLICY_PROPERTIES,
    onActiveSession: { enum: ['reject', 'replace'], default: 'reject' },
    continuePage: { type: 'boolean', default: false },
    language: { type: 'string', pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$', default: 'en' },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    prices: { enum: PRICE_KINDS, default: 'net' },
    units: { type: 'object', additionalProperties: { type: 'string', pattern: '^[A-Z0-9]{1,3}$' }, default: {} },
    defaultClassification: {
      type: 'object',
      required: ['domain', 'code'],
      additionalProperties: false,
      properties: { domain: { type: 'string', minLength: 1 }, code: { type: 'string', minLength: 1 } },
      default: { domain: 'UNSPSC', code: '00000000' },
    },
    cxml: {
      type: 'object',
      additionalProperties: false,
      default: {},
      properties: {
        supplier: { ...party, default: PLACEHOLDER_SUPPLIER },
        buyer: party,
        to: { type: 'array', items: party, default: [] },
        sender: { type: 'array', items: party, default: [] },
        allowMac: { type: 'boolean', default: false },
        operationAllowed: { enum: ['create', 'inspect', 'edit'], default: 'edit' },
        version: { enum: ['1.2.014', '1.2.050', '1.2.071'], default: '1.2.014' },
        encoding: { enum: ['urlencoded', 'base64', 'both'], default: 'urlencoded' },
        fieldNames: { enum: ['cXML', 'cxml', 'CXML'], default: 'cXML' },
        frameTarget: { type: 'string', pattern: '^(_top|_parent|_self|[A-Za-z][\\w-]{0,63})$', default: '_self' },
        customFieldsAsExtrinsics: { type: 'boolean', default: false },
        shortName: { type: 'boolean', default: true },
        inReplyTo: { type: 'boolean', default: true },
        placeOrders: { type: 'boolean', default: false },
        offerDays: { type: 'integer', minimum: 1, maximum: 3650 },
        priceTolerance: { type: 'string', maxLength: 8, format: 'percent', default: '0' },
        fewerPieces: { type: 'boolean', default: false },
        auxiliaryId: { type: 'boolean', default: true },
        noticeUrl: { type: 'string', maxLength: 2048, pattern: '^https?://[^\\s@#]+$' },
      },
    },
    oci: {
      type: 'object',
      additionalProperties: false,
      default: {},
      properties: {
        allowGet: { type: 'boolean', default: false },
        allowSapEvent: { type: 'boolean', default: false },
        parameters: {
          type: 'object',
          additionalProperties: false,
          default: {},
          properties: {
            username: { ...parameterName, default: 'USERNAME' },
            password: { ...parameterName, default: 'PASSWORD' },
            hookUrl: { ...parameterName, default: 'HOOK_URL' },
          },
        },
        startIndex: { enum: [0, 1], default: 1 },
        charset: { enum: ['utf-8', 'iso-8859-1', 'windows-1252'], default: 'utf-8' },
        splitHookUrl: { type: 'boolean', default: false },
        vendor: { type: 'string', minLength: 1, maxLength: 10 },
        alwaysPassThrough: { type: 'boolean', default: false },
        shippingAsLine: { type: 'boolean', default: false },
        searchHits: { type: 'integer', minimum: 1, maximum: 10_000, default: 100 },
      },
    },
    repost: {
      type: 'object',
      additionalProperties: false,
      default: {},
      properties: {
        templateUsers: {
          type: 'array',
          maxItems: 1000,
          uniqueItems: true,
          items: { type: 'string', minLength: 1, maxLength: 255 },
          default: [],
        },
        roleCeiling: { enum: CUSTOMER_ROLES, default: 'buyer' },
        endCustomers: {
          type: 'array',
          maxItems: 1000,
          uniqueItems: true,
          items: { type: 'integer', minimum: 0 },
          default: [],
        },
        sendApiKey: { type: 'boolean', default: false },
        codesInProductId: { type: 'boolean', default: true },
      },
    },
    mapping: MAPPING_SCHEMA,
    store: STORE_ACCOUNT_SCHEMA,
    index: {
      type: 'object',
      additionalProperties: false,
      default: {},
      properties: {
        every: { enum: INDEX_PERIODS, default: 'never' },
        weekday: { enum: WEEKDAYS, default: 'monday' },
        hour: { type: 'integer', minimum: 0, maximum: 23, default: 3 },
        formats: { type: 'array', uniqueItems: true, items: { type: 'string', enum: INDEX_FORMATS }, default: [] },
        addresses: {
          type: 'array',
          maxItems: 500,
          uniqueItems: true,
          items: { type: 'string', minLength: 1, maxLength: MOST_ADDRESS_ID },
          default: [],
        },
      },
    },
  },
} as const;

const isAddress = (text: string): boolean => /^https?:\/\/[^\s?#@\\]+$/.test(text) && URL.canParse(text);

/** Compiled by the first use, so that the import of the package is quick. */
let checks: ReturnType<typeof compiled> | undefined;

function compiled() {
  // A test checks the schema by the meta-schema. To do so here would take half of the time.
  const unchecked = { meta: false, validateSchema: false };
  const ajv = new Ajv({ ...unchecked, allErrors: true, useDefaults: true, strictTypes: false, verbose: true });
  ajv.addFormat('frame-address', isAddress);
  // Carts are sent only to https, except for the demo on this machine.
  ajv.addFormat('return-address', (text: string) => returnOriginFault(text) === undefined);
  ajv.addFormat('source-path', isSourcePath);
  // Not `readDecimal`: settings are written for this schema and stored unchanged.
  ajv.addFormat('decimal', isDecimalText);
  ajv.addFormat('percent', (text: string) => /^\d{1,3}(\.\d{1,3})?$/.test(text) && Number(text) <= 100);
  ajv.addFormat('network', isNetworkText);
  return {
    validate: ajv.compile<ConnectionDocument>(CONNECTION_SCHEMA),
    isFieldRule: ajv.compile<FieldRule>(FIELD_RULE_SCHEMA),
  };
}

const FORMAT_FAULTS = new Map([
  [
    'return-address',
    'must be https, with a path at most: https://erp.example.com or https://erp.example.com/punchout/ (http only ' +
      'to localhost, for the demo)',
  ],
  ['frame-address', 'is no http or https address without query and fragment: https://portal.example.com'],
  [
    'source-path',
    'is no source path; there are those of src/domain/mapping/mapping.ts, and names ' +
      `behind ${SOURCE_PREFIXES.join(', ')}`,
  ],
  ['decimal', 'must be a decimal number as text: "0.01"'],
  ['percent', 'must be a number from 0 to 100 as text: "2.5"'],
  ['network', 'is no address and no network such as 10.0.0.0/8 or 2001:db8::/32'],
  ['origin', 'is no origin: scheme and host only, e.g. https://shop.example.com'],
]);

/**
 * A connection's settings with the presets of their `profile` and all defaults filled in; the connection's own values
 * win. Fields that the tenant may set for all of its connections (domain/access/tenant.ts) stay absent. Refuses
 * INVALID_REQUEST with the paths of all faults at once.
 */
export function connectionSettings(document: unknown): Outcome<ConnectionDocument> {
  const { validate, isFieldRule } = (checks ??= compiled());
  const settings: unknown = structuredClone(withProfile(document));
  const fits = validate(settings);
  // The "if" that distinguishes the two forms of a transform reports the fault of its branch a second time.
  const faults = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(faultOf);
  faults.push(...mappingFaults(settings, isFieldRule));
  return fits && faults.length === 0 ? accept(settings) : refuseSettings(faults);
}

/**
 * The same for a connection of this protocol, which the profile must fit. Production also refuses what only fits a demo
 * (demo-settings.ts).
 */
export function settingsOf(
  document: unknown,
  protocol: Protocol,
  production = inProduction(),
): Outcome<ConnectionDocument> {
  const checked = connectionSettings(document);
  if (!checked.ok) return checked;
  const profile = checked.value.profile === undefined ? undefined : findProfile(checked.value.profile);
  if (profile !== undefined && profile.protocol !== protocol) {
    const message = `The profile ${profile.name} is for ${profile.protocol}, not for ${protocol}.`;
    const faults = [{ path: 'profile', message }];
    return {
      ok: false,
      refusal: { code: 'INVALID_REQUEST', reason: message, details: { field: 'profile' }, faults },
    };
  }
  const faults = production ? demoOnlyFaults(checked.value, protocol) : [];
  return faults.length === 0 ? checked : refuseSettings(faults);
}

/** The faults of a settings document as one refusal. */
export function refuseSettings(faults: readonly SettingFault[]): { ok: false; refusal: Refusal } {
  const reason = faults.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return { ok: false, refusal: { code: 'INVALID_REQUEST', reason, faults } };
}

/** Path and reason of one fault. */
export function faultOf({ instancePath, keyword, message, params, parentSchema, data }: ErrorObject): SettingFault {
  const path = instancePath === '' ? 'settings' : instancePath.slice(1).replaceAll('/', '.');
  const format = keyword === 'format' ? FORMAT_FAULTS.get(String(params['format'])) : undefined;
  if (format !== undefined) {
    const meant = params['format'] === 'source-path' ? meantText(String(data), SOURCE_PATHS) : '';
    return { path, message: meant === '' ? format : `is no source path${meant}` };
  }
  if (keyword === 'additionalProperties') {
    const name = String(params['additionalProperty']);
    const meant = meantText(name, Object.keys(Object(parentSchema?.['properties'])));
    return { path: instancePath === '' ? name : `${path}.${name}`, message: `there is no such setting${meant}` };
  }
  if (keyword === 'false schema') return { path, message: 'must not be here: it is the private part of a key' };
  const named = params['missingProperty'];
  const allowed = Array.isArray(params['allowedValues']) ? `: ${params['allowedValues'].join(', ')}` : '';
  const missing = typeof named === 'string' && !(message ?? '').includes(named) ? ` (${named})` : '';
  return { path, message: `${message ?? 'is not valid'}${missing}${allowed}` };
}

/** Names the one that was most likely meant. */
function meantText(name: string, names: Iterable<string>): string {
  const meant = nearestName(name, names);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}
