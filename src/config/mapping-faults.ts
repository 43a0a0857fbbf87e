import type { CxmlVersion } from '../domain/access/connection.js';
import { cxmlFieldFault, OCI_FIELDS, type OciField, ociFieldFault } from '../domain/mapping/mapping-fields.js';
import type { FieldRule, Transform } from '../domain/mapping/mapping.js';

const TRANSFORM_KEYS = ['maxLength', 'pad', 'scale', 'lookup', 'remove'];

/**
 * What no schema can say about the mapping of a settings document: names, rules that say nothing, values that can never fit.
 * The document need not fit its schema, so that all faults are told at once; rules that do not are left to the schema's.
 */
export function mappingFaults(settings: unknown, isFieldRule: (rule: unknown) => rule is FieldRule): string[] {
  const mapping = partOf(settings, 'mapping');
  const version = versionOf(partOf(partOf(settings, 'cxml'), 'version'));
  const asked = partOf(mapping, 'ociVendorFields');
  const vendorFields = Array.isArray(asked) ? asked.filter((name) => typeof name === 'string') : [];
  const faults: string[] = [];
  for (const [field, rule] of entriesOf(partOf(mapping, 'cxml'))) {
    const path = `mapping.cxml.${field}`;
    const fault = cxmlFieldFault(field, version);
    if (fault !== undefined) faults.push(`${path}: ${fault}`);
    if (isFieldRule(rule)) faults.push(...ruleFaults(path, rule));
  }
  for (const [field, rule] of entriesOf(partOf(mapping, 'oci'))) {
    const path = `mapping.oci.${field}`;
    const fault = ociFieldFault(field, vendorFields);
    if (fault !== undefined) faults.push(`${path}: ${fault}`);
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

/** A version that is none is the schema's fault to tell. */
function versionOf(version: unknown): CxmlVersion {
  return version === '1.2.014' || version === '1.2.050' ? version : '1.2.071';
}

function fixedFaults(path: string, field: OciField | undefined, { fixed }: FieldRule): string[] {
  if (field === undefined || fixed === undefined) return [];
  if (Array.from(fixed).length > field.length)
    return [`${path}.fixed: has more than the ${field.length} characters of OCI`];
  return field.grammar?.test(fixed) === false
    ? [`${path}.fixed: is not what OCI has there: ${field.grammar.source}`]
    : [];
}

function ruleFaults(path: string, { from, fixed, fallbacks, transforms = [] }: FieldRule): string[] {
  const faults: string[] = [];
  if (from === undefined && fixed === undefined) faults.push(`${path}: needs "from" or "fixed"`);
  if (from === undefined && fallbacks !== undefined) faults.push(`${path}.fallbacks: need "from" before them`);
  if (from === undefined && transforms.length > 0)
    faults.push(`${path}.transforms: are for values with "from"; write "fixed" as it shall be sent`);
  for (const [place, transform] of transforms.entries()) {
    const fault = transformFault(transform);
    if (fault !== undefined) faults.push(`${path}.transforms.${place}: ${fault}`);
  }
  return faults;
}

function transformFault(transform: Transform): string | undefined {
  if (typeof transform === 'string') return undefined;
  const keys = TRANSFORM_KEYS.filter((key) => key in transform);
  if (keys.length !== 1) return `must have exactly one of ${TRANSFORM_KEYS.join(', ')}`;
  return 'unit' in transform && !('maxLength' in transform) ? '"unit" goes with "maxLength" only' : undefined;
}
