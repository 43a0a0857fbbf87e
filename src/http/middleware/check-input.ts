import { Ajv } from 'ajv';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';

const bodies = new Ajv({ allErrors: true });
const queries = new Ajv({ allErrors: true, coerceTypes: true });

/** Checks a JSON body; refuses INVALID_REQUEST naming the first field that is wrong. */
export function bodyCheck<T>(schema: object): (value: unknown) => Outcome<T> {
  return checkWith<T>(bodies, schema);
}

/** Checks the parameters of a query; numbers come as text and are read as numbers. */
export function queryCheck<T>(schema: object): (value: unknown) => Outcome<T> {
  return checkWith<T>(queries, schema);
}

function checkWith<T>(ajv: Ajv, schema: object): (value: unknown) => Outcome<T> {
  const validate = ajv.compile<T>(schema);
  return (value) => {
    if (validate(value)) return accept(value);
    const [fault] = validate.errors ?? [];
    const field = (fault?.instancePath ?? '').slice(1).replaceAll('/', '.') || String(fault?.params['missingProperty'] ?? fault?.params['additionalProperty'] ?? '').slice(0, 40);
    const allowed: unknown = fault?.params['allowedValues'];
    return refuse('INVALID_REQUEST', `${field === '' ? 'The body' : field} ${fault?.message ?? 'is not valid'}${Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''}.`, { field });
  };
}

/** The JSON of a body that was read as bytes. */
export function jsonOf(bytes: unknown): Outcome<unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.isBuffer(bytes) ? new TextDecoder('utf-8', { fatal: true }).decode(bytes) : '');
    return accept(value);
  } catch {
    return refuse('INVALID_REQUEST', 'The body is not JSON in UTF-8.');
  }
}
