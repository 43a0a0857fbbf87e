import ipaddr from 'ipaddr.js';

/**
 * An address or a network: `192.0.2.7`, `10.0.0.0/8`, `2001:db8::/32`. Octal and hexadecimal spellings are refused,
 * because programs read them differently.
 */
export function isNetworkText(text: string): boolean {
  if (!/^[\da-f.:]+(?:\/\d{1,3})?$/i.test(text)) return false;
  return text.includes('/') ? ipaddr.isValidCIDR(text) && isPlain(text.split('/')[0] ?? '') : isPlain(text);
}

function isPlain(address: string): boolean {
  return ipaddr.IPv6.isValid(address) || ipaddr.IPv4.isValidFourPartDecimal(address);
}

/** An absolute http(s) address without query, fragment and credentials. */
export function isWebAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return (
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === ''
  );
}

/** The address of a PostgreSQL server. */
export function isDatabaseUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text);
}

/** The address of a Redis server, or a comma list of those of a Cluster. */
export function isRedisUrls(text: string): boolean {
  return text.split(',').every((part) => /^rediss?:\/\/\S+$/.test(part.trim()));
}

/**
 * Fields that a tenant sets for all of its connections and a connection for itself (domain/access/tenant.ts). Absent
 * fields fall back to the next level.
 */
export const ACCESS_POLICY_PROPERTIES = {
  idleMinutes: { type: 'integer', minimum: 5, maximum: 1_440 },
  absoluteMinutes: { type: 'integer', minimum: 5, maximum: 10_080 },
  startToken: { enum: ['opaque', 'jwt'] },
  allowedAddresses: { type: 'array', maxItems: 200, items: { type: 'string', format: 'network' } },
  requestsPerMinute: { type: 'integer', minimum: 0, maximum: 1_000_000 },
  requestsPerAddress: { type: 'integer', minimum: 0, maximum: 1_000_000 },
} as const;
