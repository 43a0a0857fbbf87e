const text = (maxLength: number): object => ({ type: 'string', minLength: 1, maxLength });
const ATTRIBUTES = {
  type: 'object',
  maxProperties: 100,
  propertyNames: { minLength: 1, maxLength: 255 },
  description: 'Custom values that the shop stores with the session, by name',
};

const FIELDS = {
  siteCode: { ...text(64), description: 'Code of a site of the tenant' },
  currency: { type: 'string', pattern: '^[A-Z]{3}$', description: 'ISO 4217' },
  targetLocation: { type: 'string', pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2' },
  language: { type: 'string', pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$', description: 'BCP 47' },
  context: ATTRIBUTES,
};
const IDENTITIES = {
  sessionId: { ...text(255), description: 'Same as in the address' },
  customerId: { ...text(255), description: 'Only for a logged-in customer' },
  cartId: { ...text(255), description: 'The active cart' },
};
const METADATA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    version: { type: 'integer', minimum: 0, maximum: 2_147_483_647 },
    createdAt: text(64),
    modifiedAt: text(64),
  },
  description: 'version: must be the current one, otherwise the change is refused',
};

/** Emporix's body, with the further fields of the same API (context, language, metadata). */
export const CONTEXT_BODY = {
  type: 'object',
  additionalProperties: false,
  properties: { ...IDENTITIES, ...FIELDS, metadata: METADATA },
};

/** Fields that the session itself may change. All others are ignored. */
export const OWN_CONTEXT_BODY = { type: 'object', properties: { ...FIELDS, metadata: METADATA } };

export const ATTRIBUTE_BODY = {
  type: 'object',
  additionalProperties: false,
  required: ['key', 'value'],
  properties: { key: text(255), value: { oneOf: [{ type: 'object' }, { type: 'string', maxLength: 16_384 }] } },
};

export const CONTEXT_ANSWER = {
  type: 'object',
  additionalProperties: false,
  required: ['sessionId', 'context', 'metadata'],
  properties: {
    ...IDENTITIES,
    ...FIELDS,
    metadata: {
      type: 'object',
      additionalProperties: false,
      required: ['version', 'createdAt', 'modifiedAt'],
      properties: {
        version: { type: 'integer', minimum: 1 },
        createdAt: { type: 'string' },
        modifiedAt: { type: 'string' },
      },
    },
  },
};

export const CONTEXT_ERROR = {
  type: 'object',
  additionalProperties: false,
  required: ['code', 'message'],
  properties: {
    sessionId: { type: 'string' },
    code: { type: 'integer', description: 'The status of the answer' },
    message: { type: 'string' },
    metadata: {
      type: 'object',
      required: ['version'],
      properties: { version: { type: 'integer' } },
      description: 'With 409: the current version',
    },
  },
};

export const TOKEN_ANSWER = {
  type: 'object',
  additionalProperties: false,
  required: ['access_token', 'token_type', 'expires_in', 'scope'],
  properties: {
    access_token: { type: 'string' },
    token_type: { const: 'Bearer' },
    expires_in: { type: 'integer', description: 'Seconds' },
    scope: { type: 'string' },
  },
};

export const TOKEN_ERROR = {
  type: 'object',
  additionalProperties: false,
  required: ['error'],
  properties: {
    error: {
      enum: [
        'invalid_request',
        'invalid_client',
        'unsupported_grant_type',
        'invalid_scope',
        'server_error',
        'temporarily_unavailable',
      ],
    },
    error_description: { type: 'string' },
  },
};
