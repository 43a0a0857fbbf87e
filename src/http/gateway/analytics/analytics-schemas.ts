import type { FromSchema } from 'json-schema-to-ts';
import { CURRENCY, dataSchema, record } from '../api/answer-schemas.js';
import { MOMENT_PATTERN } from '../api/moment-parameter.js';

/** Parameters of `GET /v1/punchout/analytics`. */
export const ANALYTICS_QUERY = {
  type: 'object',
  additionalProperties: false,
  properties: {
    period: { type: 'string', enum: ['day', 'week', 'month', 'year'] },
    from_date: { type: 'string', pattern: MOMENT_PATTERN },
    to_date: { type: 'string', pattern: MOMENT_PATTERN },
    group_by: { type: 'string', enum: ['day', 'week', 'month'] },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
  },
} as const;
export type AnalyticsQuery = FromSchema<typeof ANALYTICS_QUERY>;

const COUNT = { type: 'integer', minimum: 0 } as const;
const AMOUNT = { type: 'number' } as const;

export const ANALYTICS_ANSWER = dataSchema(
  record({
    currency: CURRENCY,
    from_date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    to_date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    summary: record({
      total_sessions: COUNT,
      completed_sessions: COUNT,
      conversion_rate: { type: 'number', minimum: 0, maximum: 100 },
      average_cart_value: AMOUNT,
      total_revenue: AMOUNT,
    }),
    timeline: {
      type: 'array',
      items: record({
        date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
        sessions: COUNT,
        completed: COUNT,
        revenue: AMOUNT,
      }),
    },
    top_products: {
      type: 'array',
      maxItems: 10,
      items: record({ sku: { type: 'string' }, name: { type: 'string' }, quantity: AMOUNT, revenue: AMOUNT }),
    },
    by_currency: {
      type: 'array',
      items: record({
        currency: CURRENCY,
        completed_sessions: COUNT,
        average_cart_value: AMOUNT,
        total_revenue: AMOUNT,
      }),
    },
  }),
);
