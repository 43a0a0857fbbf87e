/** Open Buy, as far as its reference was read (open-buy.md). Other members of a body are ignored. */
export const AUTHENTICATION_BODY = {
  type: 'object',
  required: ['credentials'],
  properties: {
    credentials: { type: 'string', minLength: 1, maxLength: 255 },
    email: { type: ['string', 'null'], maxLength: 320 },
  },
} as const;

export const AUTHENTICATION_ANSWER = {
  type: 'object',
  required: ['token'],
  properties: { token: { type: 'string' } },
} as const;

export const SEARCH_BODY = {
  type: 'object',
  required: ['query'],
  properties: {
    query: { type: 'string', maxLength: 500, pattern: '\\S' },
    page_number: { type: ['integer', 'null'], minimum: 1, maximum: 1_000_000, description: '1 by default' },
  },
} as const;

export const SEARCH_ANSWER = {
  type: 'object',
  required: ['count', 'total_count', 'results'],
  properties: {
    count: { type: 'integer', description: 'Products on this page' },
    total_count: { type: 'integer', description: 'Products on all pages, at most 100' },
    results: {
      type: 'array',
      items: {
        type: 'object',
        required: ['source_part_num'],
        properties: { source_part_num: { type: 'string', description: 'Article number of the shop' } },
      },
    },
  },
} as const;
