import type { CxmlVersion } from '../domain/access/connection.js';
import type { SettingFault } from '../domain/error-codes.js';
import {
  CXML_FIELDS,
  cxmlFieldFault,
  OCI_FIELDS,
  type OciField,
  ociFieldFault,
} from '../domain/mapping/mapping-fields.js';
import { nearestName } from '../domain/nearest-name.js';
import type { FieldRule, Transform } from '../domain/mapping/mapping.js';

const sourcePath = { type: 'string', maxLength: 140, format: 'source-path' } as const;
const text = { type: 'string', maxLength: 4000 } as const;

/** Exactly one of these keys makes an object a transform; `unit` is allowed only with `maxLength`. */
const transformObject = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    maxLength: { type: 'integer', minimum: 1, maximum: 1_000_000 },
    unit: { enum: ['characters', 'bytes'] },
    pad: {
      type: 'object',
      required: ['length', 'with'],
      additionalProperties: false,
      properties: {
        length: { type: 'integer', minimum: 1, maximum: 255 },
        with: { type: 'string', minLength: 1, maxLength: 1 },
        side: { enum: ['start', 'end'] },
      },
    },
    scale: {
      type: 'object',
      required: ['by'],
      additionalProperties: false,
      properties: { by: { type: 'string', format: 'decimal' }, digits: { type: 'integer', minimum: 0, maximum: 10 } },
    },
    lookup: {
      type: 'object',
      required: ['table'],
      additionalProperties: false,
      properties: { table: { type: 'object', maxProperties: 10_000, additionalProperties: text }, otherwise: text },
    },
    remove: { type: 'string', minLength: 1, maxLength: 100 },
  },
} as const;

export const FIELD_RULE_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    from: sourcePath,
    fallbacks: { type: 'array', maxItems: 3, items: sourcePath },
    fixed: { type: 'string', minLength: 1, maxLength: 4000 },
    transforms: {
      type: 'array',
      maxItems: 10,
      items: { if: { type: 'string' }, then: { enum: ['trim', 'upper', 'lower'] }, else: transformObject },
    },
  },
} as const;

const fieldRules = { type: 'object', maxProperties: 200, additionalProperties: FIELD_RULE_SCHEMA } as const;
const domainName = { type: 'string', pattern: '\\S', maxLength: 100 } as const;

/** `settings.mapping` (fields: domain/mapping/mapping.ts). `mappingFaults` checks what a schema cannot express. */
export const MAPPING_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    cxml: fieldRules,
    oci: fieldRules,
    ociVendorFields: {
      type: 'array',
      maxItems: 50,
      items: { type: 'string', pattern: '^(?!LONGTEXT)[A-Z0-9_]{1,40}$' },
    },
    classifications: {
      type: 'object',
      additionalProperties: false,
      properties: {
        domains: { type: 'array', minItems: 1, maxItems: 20, items: domainName },
        tables: {
          type: 'object',
          maxProperties: 20,
          additionalProperties: {
            type: 'object',
            maxProperties: 20_000,
            additionalProperties: {
              type: 'object',
              required: ['domain', 'code'],
              additionalProperties: false,
              properties: { domain: domainName, code: { type: 'string', pattern: '\\S', maxLength: 255 } },
            },
          },
        },
      },
    },
    shipping: { enum: ['header', 'line', 'none'] },
    promotions: { enum: ['negative_line', 'spread', 'refuse'] },
  },
} as const;

const TRANSFORM_KEYS = ['maxLength', 'pad', 'scale', 'lookup', 'remove'];

/**
 * Checks what a schema cannot express about the mapping of a settings document: names, rules without effect, values
 * that can never fit. Also works on a document that breaks its schema, so that all faults are reported at once; invalid
 * rules are left to the schema's check.
 */
export function mappingFaults(settings: unknown, isFieldRule: (rule: unknown) => rule is FieldRule): SettingFault[] {
  const mapping = partOf(settings, 'mapping');
  const version = versionOf(partOf(partOf(settings, 'cxml'), 'version'));
  const asked = partOf(mapping, 'ociVendorFields');
  const vendorFields = Array.isArray(asked) ? asked.filter((name) => typeof name === 'string') : [];
  const faults: SettingFault[] = [];
  for (const [field, rule] of entriesOf(partOf(mapping, 'cxml'))) {
    const path = `mapping.cxml.${field}`;
    const fault = cxmlFieldFault(field, version);
    if (fault !== undefined) faults.push({ path, message: meantField(field) ?? fault });
    if (isFieldRule(rule)) faults.push(...ruleFaults(path, rule));
  }
  for (const [field, rule] of entriesOf(partOf(mapping, 'oci'))) {
    const path = `mapping.oci.${field}`;
    const fault = ociFieldFault(field, vendorFields);
    if (fault !== undefined) faults.push({ path, message: fault });
    if (isFieldRule(rule)) faults.push(...ruleFaults(path, rule), ...fixedFaults(path, OCI_FIELDS.get(field), rule));
  }
  return faults;
}

function partOf(value: unknown, name: string): unknown {
  return entriesOf(value).find(([key]) => key === name)?.[1];
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** An unknown version is reported by the schema, not here. */
function versionOf(version: unknown): CxmlVersion {
  return version === '1.2.014' || version === '1.2.050' ? version : '1.2.071';
}

/** Names the cXML field that was most likely meant, if there is no such field. */
function meantField(field: string): string | undefined {
  const meant = CXML_FIELDS.some((name) => name === field) ? undefined : nearestName(field, CXML_FIELDS);
  return meant === undefined ? undefined : `is no cXML field that a map can set; did you mean ${meant}?`;
}

function fixedFaults(path: string, field: OciField | undefined, { fixed }: FieldRule): SettingFault[] {
  if (field === undefined || fixed === undefined) return [];
  const place = `${path}.fixed`;
  if (Array.from(fixed).length > field.length)
    return [{ path: place, message: `has more than the ${field.length} characters of OCI` }];
  return field.grammar?.test(fixed) === false
    ? [{ path: place, message: `is not what OCI has there: ${field.grammar.source}` }]
    : [];
}

function ruleFaults(path: string, { from, fixed, fallbacks, transforms = [] }: FieldRule): SettingFault[] {
  const faults: SettingFault[] = [];
  if (from === undefined && fixed === undefined) faults.push({ path, message: 'needs "from" or "fixed"' });
  if (from === undefined && fallbacks !== undefined)
    faults.push({ path: `${path}.fallbacks`, message: 'need "from" before them' });
  if (from === undefined && transforms.length > 0)
    faults.push({
      path: `${path}.transforms`,
      message: 'are for values with "from"; write "fixed" exactly as it is sent',
    });
  for (const [place, transform] of transforms.entries()) {
    const fault = transformFault(transform);
    if (fault !== undefined) faults.push({ path: `${path}.transforms.${place}`, message: fault });
  }
  return faults;
}

function transformFault(transform: Transform): string | undefined {
  if (typeof transform === 'string') return undefined;
  const keys = TRANSFORM_KEYS.filter((key) => key in transform);
  if (keys.length !== 1) return `must have exactly one of ${TRANSFORM_KEYS.join(', ')}`;
  return 'unit' in transform && !('maxLength' in transform) ? '"unit" goes with "maxLength" only' : undefined;
}
