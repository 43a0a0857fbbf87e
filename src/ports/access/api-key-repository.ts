/** API keys of source 002: shown once, kept as a digest. */
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
