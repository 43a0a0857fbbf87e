import { PROTOCOLS } from '../../../domain/transmission/protocol.js';

/** Pieces of the answers of the PunchOut Session API, as JSON Schema (2020-12). */
export const TIME = {
  type: 'string',
  format: 'date-time',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$',
} as const;
export const CURRENCY = { type: 'string', pattern: '^[A-Z]{3}$' } as const;
export const SESSION_ID = { type: 'string', pattern: '^[a-z][a-z0-9]{2,15}_[a-z2-7]{26}$' } as const;
export const STATUS_WORD = { enum: ['active', 'completed', 'cancelled', 'expired'] } as const;
export const PROTOCOL = { enum: PROTOCOLS } as const;
export const MAYBE_TEXT = { type: ['string', 'null'] } as const;

/** An object in which all members are required and no others are allowed. */
export function record<const Properties extends Record<string, object>>(
  properties: Properties,
): { type: 'object'; additionalProperties: false; required: string[]; properties: Properties } {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties };
}

export function dataSchema(data: object): object {
  return record({ success: { const: true }, data });
}

export const ERROR_VIEW_SCHEMA = record({
  code: { type: 'string', pattern: '^[A-Z_]+$' },
  message: { type: 'string' },
  details: { type: 'object' },
});
export const ERROR_SCHEMA = record({ success: { const: false }, error: ERROR_VIEW_SCHEMA });

export const STARTED_SCHEMA = dataSchema(
  record({
    session_id: SESSION_ID,
    status: STATUS_WORD,
    protocol: PROTOCOL,
    start_url: { type: 'string' },
    created_at: TIME,
    expires_at: TIME,
  }),
);
