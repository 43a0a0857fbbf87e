import type { ConnectionSecret, SecretKeeping } from './connection-repository.js';

/** API keys of the PunchOut Session API. Each is shown once and stored as a digest. */
export interface ApiKeyRepository {
  /** By SHA-256 (hex) of the key. Undefined if the key is unknown, revoked or past its grace period. */
  findByDigest(digest: string): Promise<ApiKey | undefined>;
  save(key: ApiKey & { digest: string }): Promise<void>;
  list(tenantId: string): Promise<ApiKey[]>;
  /** False if there is no active key with this id. */
  revoke(tenantId: string, keyId: string): Promise<boolean>;
  /**
   * Creates a key with the name and scopes of an old one. The old one stays valid for `graceDays`. Undefined: there is
   * no active key with this id.
   */
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
  /** Of the scopes `index` and `open-buy`: the connection that it is for. */
  connectionId?: string | undefined;
  /** Part of the shipped demo: valid only while the demo is switched on. */
  demo: boolean;
  createdAt: Date;
  revokedAt?: Date;
  /** Set after a rotation: end of the grace period. */
  expiresAt?: Date;
}

/**
 * `admin` is for `/v1/admin` alone. `index` and `open-buy` are for the buyer's system of one connection: it fetches
 * indexes, or searches (Open Buy). The others are for the rest.
 */
export const API_SCOPES = ['read', 'write', 'admin', 'index', 'open-buy'] as const;
export type ApiScope = (typeof API_SCOPES)[number];
/** A key or an OAuth client with one of these has no other scope, and names its connection. */
export const CONNECTION_SCOPES: readonly ApiScope[] = ['index', 'open-buy'];

/**
 * API keys of middlewares (custom store integration), stored as digests. One key may open several connections of a
 * tenant.
 */
export interface MiddlewareKeys {
  /** By SHA-256 (hex) of the key: connections of one tenant. Empty for an unknown key. */
  findConnections(keyDigest: string): Promise<{ tenantId: string; connectionId: string }[]>;
  /** The two newest keys of a connection are valid. False: another tenant has this key, and nothing was stored. */
  add(tenantId: string, connectionId: string, key: string, keep?: SecretKeeping): Promise<boolean>;
  /** The newest key of a connection that was added as recoverable. */
  recoverable(tenantId: string, connectionId: string): Promise<string | undefined>;
  /** Newest first. */
  list(tenantId: string, connectionId: string): Promise<ConnectionSecret[]>;
  /** False: the connection has no such key. */
  remove(tenantId: string, connectionId: string, secretId: string): Promise<boolean>;
}

export const OAUTH_SCOPES = ['sessioncontext.context_manage', 'open-buy'] as const;
export type OAuthScope = (typeof OAUTH_SCOPES)[number];
/** Of a client that is made without naming scopes. */
export const USUAL_OAUTH_SCOPES: readonly OAuthScope[] = ['sessioncontext.context_manage'];

/** A program that gets access tokens by client credentials (RFC 6749, 4.4). */
export interface OAuthClient {
  tenantId: string;
  /** Unique among all tenants, because the token endpoint gets no tenant. */
  clientId: string;
  name: string;
  scopes: OAuthScope[];
  /** Of the scope `open-buy`: the connection for which it searches. */
  connectionId?: string | undefined;
  /** Well-known secret: valid only while the demo is switched on. */
  demo: boolean;
}

/** `secrets`: newest first; ids and ages only. */
export interface ListedClient extends OAuthClient {
  revoked: boolean;
  secrets: { secretId: string; createdAt: Date }[];
}

export interface OAuthClients {
  /** A client that is not revoked, with the slow hashes of its secrets. */
  find(clientId: string): Promise<{ client: OAuthClient; secretHashes: string[] } | undefined>;
  list(tenantId: string): Promise<ListedClient[]>;
  /** False: another tenant has a client with this id. */
  save(client: OAuthClient): Promise<boolean>;
  /** The two newest secrets are valid. */
  addSecret(tenantId: string, clientId: string, secret: string): Promise<boolean>;
  /** False: the client has no such secret. */
  removeSecret(tenantId: string, clientId: string, secretId: string): Promise<boolean>;
  revoke(tenantId: string, clientId: string): Promise<boolean>;
}
