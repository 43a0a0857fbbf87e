import { Ajv, type ErrorObject } from 'ajv';
import type { ConnectionSettings } from '../domain/connection.js';
import { type Outcome, accept, refuse } from '../domain/error-codes.js';
import { CONNECTION_SCHEMA } from './connection-schema.js';

const ajv = new Ajv({ allErrors: true, useDefaults: true });
ajv.addFormat('return-address', (text: string) => /^https?:\/\/[^\s?#@\\]+$/.test(text) && URL.canParse(text));
const validate = ajv.compile<ConnectionSettings>(CONNECTION_SCHEMA);

/** A connection's settings with every default filled in; refuses INVALID_REQUEST naming all faults with their paths at once. */
export function connectionSettings(document: unknown): Outcome<ConnectionSettings> {
  const settings: unknown = structuredClone(document);
  if (validate(settings)) return accept(settings);
  return refuse('INVALID_REQUEST', (validate.errors ?? []).map(faultText).join('; '));
}

function faultText({ instancePath, message, params }: ErrorObject): string {
  const path = instancePath === '' ? 'settings' : instancePath.slice(1).replaceAll('/', '.');
  const named = params['additionalProperty'] ?? params['missingProperty'];
  const allowed = Array.isArray(params['allowedValues']) ? `: ${params['allowedValues'].join(', ')}` : '';
  return `${path}: ${message ?? 'is not valid'}${typeof named === 'string' && !(message ?? '').includes(named) ? ` (${named})` : ''}${allowed}`;
}
