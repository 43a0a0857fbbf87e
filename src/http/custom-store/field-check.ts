import { Ajv, type ErrorObject } from 'ajv';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { endlessIn } from '../body/check-input.js';

const bodies = new Ajv({ allowUnionTypes: true, strictTypes: false });
const queries = new Ajv({ coerceTypes: true, useDefaults: true });

/**
 * Validates a JSON body or query parameters. Refuses with INVALID_REQUEST in Punchout Rocket's wording: "Missing field:
 * operation".
 */
export function fieldCheck<T>(schema: object, where: 'body' | 'query'): (value: unknown) => Outcome<T> {
  const validate = (where === 'body' ? bodies : queries).compile<T>(schema);
  return (value) => {
    if (validate(value)) {
      const field = endlessIn(value);
      return field === undefined
        ? accept(value)
        : refuse('INVALID_REQUEST', `Invalid field: ${field} must be a finite number`, { field });
    }
    const [fault] = validate.errors ?? [];
    return fault === undefined ? refuse('INVALID_REQUEST') : faultOf(fault);
  };
}

/** Never includes the value: it may be the api_key. */
function faultOf({ keyword, instancePath, params, message = 'is not valid' }: ErrorObject): Outcome<never> {
  const path = instancePath.slice(1).replaceAll('/', '.');
  if (keyword === 'required')
    return missing([path, String(params['missingProperty'])].filter((part) => part !== '').join('.'));
  if (keyword === 'minLength') return missing(path);
  if (path === '') return refuse('INVALID_REQUEST', 'The body is not a JSON object.');
  const allowed: unknown = params['allowedValues'];
  return refuse(
    'INVALID_REQUEST',
    `Invalid field: ${path} ${message}${Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''}`,
    { field: path },
  );
}

export function missing(field: string): Outcome<never> {
  return refuse('INVALID_REQUEST', `Missing field: ${field}`, { field });
}
