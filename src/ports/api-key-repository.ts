/** API keys of source 002: shown once, kept as a digest. */
export interface ApiKeyRepository {
  /** By SHA-256 (hex) of the key; undefined when unknown or revoked. */
  findByDigest(digest: string): Promise<ApiKey | undefined>;
  save(key: ApiKey & { digest: string }): Promise<void>;
  list(tenantId: string): Promise<ApiKey[]>;
  /** False when there is no such active key. */
  revoke(tenantId: string, keyId: string): Promise<boolean>;
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
}

export type ApiScope = 'read' | 'write';
