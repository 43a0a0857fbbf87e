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
