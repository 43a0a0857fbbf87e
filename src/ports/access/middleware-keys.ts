import type { SecretKeeping } from './connection-repository.js';

/** API keys that middlewares prove themselves with (source 004), kept as digests. One key may stand for several connections of a tenant. */
export interface MiddlewareKeys {
  /** By SHA-256 (hex) of the key: connections of one tenant; none for an unknown key. */
  findConnections(keyDigest: string): Promise<{ tenantId: string; connectionId: string }[]>;
  /** The two newest keys of a connection are accepted. False: another tenant has this key, and nothing was stored. */
  add(tenantId: string, connectionId: string, key: string, keep?: SecretKeeping): Promise<boolean>;
  /** The newest key of a connection that was added as recoverable. */
  recoverable(tenantId: string, connectionId: string): Promise<string | undefined>;
}
