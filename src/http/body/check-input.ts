import { Ajv, type ValidateFunction } from 'ajv';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import { JsonTooDeep, parseJson, unstorableAt } from '../../protocols/json/parse-json.js';

const bodies = new Ajv({ allErrors: true });
const queries = new Ajv({ allErrors: true, coerceTypes: true });

/** Validates a JSON body. Refuses with INVALID_REQUEST and names the first wrong field. */
export function bodyCheck<T>(schema: object): (value: unknown) => Outcome<T> {
  return checkWith<T>(bodies, schema);
}

/** Validates query parameters. Numbers arrive as text and are converted. */
export function queryCheck<T>(schema: object): (value: unknown) => Outcome<T> {
  return checkWith<T>(queries, schema);
}

/** Compiles the schema at the first value: a start would wait for all operations, most of which are seldom called. */
function checkWith<T>(ajv: Ajv, schema: object): (value: unknown) => Outcome<T> {
  let compiled: ValidateFunction<T> | undefined;
  return (value) => {
    const validate = (compiled ??= ajv.compile<T>(schema));
    if (validate(value)) {
      const field = endlessIn(value);
      return field === undefined
        ? accept(value)
        : refuse('INVALID_REQUEST', `${field} must be a finite number.`, { field });
    }
    const [fault] = validate.errors ?? [];
    const field =
      (fault?.instancePath ?? '').slice(1).replaceAll('/', '.') ||
      String(fault?.params['missingProperty'] ?? fault?.params['additionalProperty'] ?? '').slice(0, 40);
    const allowed: unknown = fault?.params['allowedValues'];
    return refuse(
      'INVALID_REQUEST',
      `${field === '' ? 'The body' : field} ${fault?.message ?? 'is not valid'}` +
        `${Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''}.`,
      { field },
    );
  };
}

/** Name of a member that is infinite. Ajv accepts "Infinity", "-Infinity" and "1e999" as integers within any bound. */
export function endlessIn(value: unknown): string | undefined {
  return Object.entries(Object(value)).find(([, member]) => member === Infinity || member === -Infinity)?.[0];
}

/** Parses a body of bytes as JSON. Refuses JSON that is nested too deep, and texts that cannot be stored. */
export function jsonOf(bytes: unknown, notJson = 'The body is not JSON in UTF-8.'): Outcome<unknown> {
  let value: unknown;
  try {
    value = parseJson(Buffer.isBuffer(bytes) ? new TextDecoder('utf-8', { fatal: true }).decode(bytes) : '');
  } catch (error) {
    return refuse('INVALID_REQUEST', error instanceof JsonTooDeep ? error.message : notJson);
  }
  const field = unstorableAt(value);
  return field === undefined
    ? accept(value)
    : refuse(
        'INVALID_REQUEST',
        `${field} holds the character NUL (\\u0000) or half of a surrogate pair (\\ud800 to \\udfff): leave it out.`,
        { field },
      );
}
