/** Fields that a tenant sets for all of its connections and a connection for itself (domain/access/access-policy.ts); absent ones fall through. */
export const ACCESS_POLICY_PROPERTIES = {
  idleMinutes: { type: 'integer', minimum: 5, maximum: 1_440 },
  absoluteMinutes: { type: 'integer', minimum: 5, maximum: 10_080 },
  startToken: { enum: ['opaque', 'jwt'] },
  allowedAddresses: { type: 'array', maxItems: 200, items: { type: 'string', format: 'network' } },
  requestsPerMinute: { type: 'integer', minimum: 0, maximum: 1_000_000 },
  requestsPerAddress: { type: 'integer', minimum: 0, maximum: 1_000_000 },
} as const;
