import { Ajv, type ErrorObject } from 'ajv';
import type { ConnectionDocument } from '../domain/access/connection.js';
import { isLoopback } from '../domain/access/return-url.js';
import { isDecimalText } from '../domain/decimal.js';
import { type Outcome, accept, refuse } from '../domain/error-codes.js';
import type { FieldRule } from '../domain/mapping/mapping.js';
import { isSourcePath, SOURCE_PREFIXES } from '../domain/mapping/mapping-source.js';
import { CONNECTION_SCHEMA } from './connection-schema.js';
import { isNetworkText } from './network-text.js';
import { mappingFaults } from './mapping-faults.js';
import { FIELD_RULE_SCHEMA } from './mapping-schema.js';
import { withProfile } from './profiles/with-profile.js';

const ajv = new Ajv({ allErrors: true, useDefaults: true, strictTypes: false });
const isAddress = (text: string): boolean => /^https?:\/\/[^\s?#@\\]+$/.test(text) && URL.canParse(text);
ajv.addFormat('frame-address', isAddress);
// Carts go to https only, except for the demo on this machine.
ajv.addFormat(
  'return-address',
  (text: string) => isAddress(text) && (text.startsWith('https:') || isLoopback(new URL(text).hostname)),
);
ajv.addFormat('source-path', isSourcePath);
// Not `readDecimal`: settings are written for this schema, and are stored as they stand.
ajv.addFormat('decimal', isDecimalText);
ajv.addFormat('network', isNetworkText);
const validate = ajv.compile<ConnectionDocument>(CONNECTION_SCHEMA);
const isFieldRule = ajv.compile<FieldRule>(FIELD_RULE_SCHEMA);

const FORMAT_FAULTS = new Map([
  [
    'return-address',
    'must be https, with a path at most: https://erp.example.com or https://erp.example.com/punchout/ (http only to localhost, for the demo)',
  ],
  ['frame-address', 'is no http or https address without query and fragment: https://portal.example.com'],
  [
    'source-path',
    `is no source path; there are those of src/domain/mapping/mapping-source.ts, and names behind ${SOURCE_PREFIXES.join(', ')}`,
  ],
  ['decimal', 'must be a decimal number as text: "0.01"'],
  ['network', 'is no address and no network such as 10.0.0.0/8 or 2001:db8::/32'],
  ['origin', 'is no origin: scheme and host only, e.g. https://shop.example.com'],
]);

/**
 * A connection's settings with the presets of their `profile` and every default filled in; own values win. What the tenant may set for
 * all of its connections (domain/access/access-policy.ts) stays absent.
 * Refuses INVALID_REQUEST naming all faults with their paths at once.
 */
export function connectionSettings(document: unknown): Outcome<ConnectionDocument> {
  const settings: unknown = structuredClone(withProfile(document));
  const fits = validate(settings);
  // The "if" that tells the two forms of a transform apart reports its branch a second time.
  const faults = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(faultText);
  faults.push(...mappingFaults(settings, isFieldRule));
  return fits && faults.length === 0 ? accept(settings) : refuse('INVALID_REQUEST', faults.join('; '));
}

/** Path and reason of one fault. */
export function faultText({ instancePath, keyword, message, params }: ErrorObject): string {
  const path = instancePath === '' ? 'settings' : instancePath.slice(1).replaceAll('/', '.');
  const format = keyword === 'format' ? FORMAT_FAULTS.get(String(params['format'])) : undefined;
  if (format !== undefined) return `${path}: ${format}`;
  const named = params['additionalProperty'] ?? params['missingProperty'];
  const allowed = Array.isArray(params['allowedValues']) ? `: ${params['allowedValues'].join(', ')}` : '';
  return `${path}: ${message ?? 'is not valid'}${typeof named === 'string' && !(message ?? '').includes(named) ? ` (${named})` : ''}${allowed}`;
}
