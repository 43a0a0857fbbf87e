const sourcePath = { type: 'string', maxLength: 140, format: 'source-path' } as const;
const text = { type: 'string', maxLength: 4000 } as const;

/** Exactly one of these keys makes an object a transform; `unit` goes with `maxLength` only. */
const transformObject = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    maxLength: { type: 'integer', minimum: 1, maximum: 1_000_000 },
    unit: { enum: ['characters', 'bytes'] },
    pad: {
      type: 'object',
      required: ['length', 'with'],
      additionalProperties: false,
      properties: {
        length: { type: 'integer', minimum: 1, maximum: 255 },
        with: { type: 'string', minLength: 1, maxLength: 1 },
        side: { enum: ['start', 'end'] },
      },
    },
    scale: {
      type: 'object',
      required: ['by'],
      additionalProperties: false,
      properties: { by: { type: 'string', format: 'decimal' }, digits: { type: 'integer', minimum: 0, maximum: 10 } },
    },
    lookup: {
      type: 'object',
      required: ['table'],
      additionalProperties: false,
      properties: { table: { type: 'object', maxProperties: 10_000, additionalProperties: text }, otherwise: text },
    },
    remove: { type: 'string', minLength: 1, maxLength: 100 },
  },
} as const;

export const FIELD_RULE_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    from: sourcePath,
    fallbacks: { type: 'array', maxItems: 3, items: sourcePath },
    fixed: { type: 'string', minLength: 1, maxLength: 4000 },
    transforms: {
      type: 'array',
      maxItems: 10,
      items: { if: { type: 'string' }, then: { enum: ['trim', 'upper', 'lower'] }, else: transformObject },
    },
  },
} as const;

const fieldRules = { type: 'object', maxProperties: 200, additionalProperties: FIELD_RULE_SCHEMA } as const;
const domainName = { type: 'string', pattern: '\\S', maxLength: 100 } as const;

/** `settings.mapping` (domain/mapping/mapping.ts says what each part means); what no schema can say is in mapping-faults.ts. */
export const MAPPING_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    cxml: fieldRules,
    oci: fieldRules,
    ociVendorFields: {
      type: 'array',
      maxItems: 50,
      items: { type: 'string', pattern: '^(?!LONGTEXT)[A-Z0-9_]{1,40}$' },
    },
    classifications: {
      type: 'object',
      additionalProperties: false,
      properties: {
        domains: { type: 'array', minItems: 1, maxItems: 20, items: domainName },
        tables: {
          type: 'object',
          maxProperties: 20,
          additionalProperties: {
            type: 'object',
            maxProperties: 20_000,
            additionalProperties: {
              type: 'object',
              required: ['domain', 'code'],
              additionalProperties: false,
              properties: { domain: domainName, code: { type: 'string', pattern: '\\S', maxLength: 255 } },
            },
          },
        },
      },
    },
    shipping: { enum: ['header', 'line', 'none'] },
    promotions: { enum: ['negative_line', 'spread', 'refuse'] },
  },
} as const;
