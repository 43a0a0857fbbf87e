import type { FromSchema } from 'json-schema-to-ts';
import type { Outcome } from '../../../domain/error-codes.js';
import { bodyCheck } from '../../middleware/check-input.js';

/** Source 002's setupSession, in snake_case. */
export const SETUP_SCHEMA = {
  type: 'object',
  required: ['protocol', 'return_url'],
  additionalProperties: false,
  properties: {
    protocol: { enum: ['cxml', 'oci'] },
    connection: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{1,47}$' },
    operation: { enum: ['create', 'edit', 'inspect'] },
    buyer_cookie: { type: 'string', maxLength: 4096 },
    return_url: { type: 'string', minLength: 1, maxLength: 2048 },
    language: { type: 'string', pattern: '^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$' },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    selected_item: { type: 'string', minLength: 1, maxLength: 255 },
    buyer: {
      type: 'object',
      additionalProperties: false,
      properties: {
        email: { type: 'string', maxLength: 254 },
        name: { type: 'string', maxLength: 200 },
        company: { type: 'string', maxLength: 200 },
      },
    },
  },
} as const;

export type SetupBody = FromSchema<typeof SETUP_SCHEMA>;

const check = bodyCheck<SetupBody>(SETUP_SCHEMA);

/** The body with its camelCase names (source 002's Node.js example) read as snake_case. */
export function validateSetupBody(body: unknown): Outcome<SetupBody> {
  return check(snakeCased(body));
}

function snakeCased(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
