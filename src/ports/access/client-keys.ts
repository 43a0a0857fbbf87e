import type { SecretKeeping } from './connection-repository.js';

/** API keys of the PunchOut Session API: shown once, kept as a digest. */
export interface ApiKeyRepository {
  /** By SHA-256 (hex) of the key; undefined when unknown, revoked or past its days of grace. */
  findByDigest(digest: string): Promise<ApiKey | undefined>;
  save(key: ApiKey & { digest: string }): Promise<void>;
  list(tenantId: string): Promise<ApiKey[]>;
  /** False when there is no such active key. */
  revoke(tenantId: string, keyId: string): Promise<boolean>;
  /** A new key with the name and scopes of an old one, which is good for `graceDays` more. Undefined: there is no such active key. */
  rotate(
    tenantId: string,
    keyId: string,
    fresh: { keyId: string; digest: string },
    graceDays: number,
  ): Promise<ApiKey | undefined>;
}

export interface ApiKey {
  tenantId: string;
  keyId: string;
  name: string;
  scopes: ApiScope[];
  /** Part of the shipped demo: usable only while the demo is switched on. */
  demo: boolean;
  createdAt: Date;
  revokedAt?: Date;
  /** Rotated: until when it is still good. */
  expiresAt?: Date;
}

export type ApiScope = 'read' | 'write';

/**
 * API keys that middlewares prove themselves with (custom store integration), kept as digests. One key may stand for
 * several connections of a tenant.
 */
export interface MiddlewareKeys {
  /** By SHA-256 (hex) of the key: connections of one tenant; none for an unknown key. */
  findConnections(keyDigest: string): Promise<{ tenantId: string; connectionId: string }[]>;
  /** The two newest keys of a connection are accepted. False: another tenant has this key, and nothing was stored. */
  add(tenantId: string, connectionId: string, key: string, keep?: SecretKeeping): Promise<boolean>;
  /** The newest key of a connection that was added as recoverable. */
  recoverable(tenantId: string, connectionId: string): Promise<string | undefined>;
}

export const OAUTH_SCOPES = ['sessioncontext.context_manage'] as const;
export type OAuthScope = (typeof OAUTH_SCOPES)[number];

/** A program that gets access tokens by client credentials (RFC 6749, 4.4). */
export interface OAuthClient {
  tenantId: string;
  /** Unique among all tenants: the token endpoint knows no other name. */
  clientId: string;
  name: string;
  scopes: OAuthScope[];
  /** Well-known secret: works only while the demo is switched on. */
  demo: boolean;
}

export interface OAuthClients {
  /** Not revoked, with the slow hashes of its secrets. */
  find(clientId: string): Promise<{ client: OAuthClient; secretHashes: string[] } | undefined>;
  list(tenantId: string): Promise<(OAuthClient & { revoked: boolean })[]>;
  /** False: another tenant has a client of this id. */
  save(client: OAuthClient): Promise<boolean>;
  /** The newest two go on working. */
  addSecret(tenantId: string, clientId: string, secret: string): Promise<boolean>;
  revoke(tenantId: string, clientId: string): Promise<boolean>;
}
