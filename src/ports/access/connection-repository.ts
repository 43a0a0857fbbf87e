import type { Connection, ConnectionDocument, OciSettings } from '../../domain/access/connection.js';
import type { Tenant } from '../../domain/access/tenant.js';

/** Tenants' connections and the credentials that identify them. */
export interface ConnectionRepository {
  find(tenantId: string, connectionId: string): Promise<Connection | undefined>;
  /** All connections that one credential of a caller may mean (a hub's credential covers several). */
  findByCredential(credential: CredentialName): Promise<ConnectionCandidate[]>;
  save(connection: SavedConnection): Promise<void>;
  list(tenantId: string): Promise<Connection[]>;
  addCredential(tenantId: string, connectionId: string, credential: CredentialName): Promise<void>;
  /** At most two secrets are active; a third replaces the older one. Stored hashed. */
  addSecret(tenantId: string, connectionId: string, secret: string, keep?: SecretKeeping): Promise<void>;
  /** The active secrets of a connection that were added as recoverable, newest first. */
  recoverableSecrets(tenantId: string, connectionId: string): Promise<string[]>;
  /** The distinct parameter names of OCI call-ups that connections use in addition to the usual ones, at most 100. */
  listParameterNames(): Promise<OciParameterNames[]>;
}

/** A connection with its own settings only. Reading it adds its tenant's settings and the defaults. */
export type SavedConnection = Omit<Connection, 'settings'> & { settings: ConnectionDocument };

/**
 * `recoverable`: an encrypted copy is stored next to the hash, because a CredentialMac cannot be checked against a hash
 * (T29).
 */
export type SecretKeeping = 'hashed' | 'recoverable';

export type OciParameterNames = OciSettings['parameters'];

/** A caller's name: a cXML domain and identity, or an OCI user name. Compared without letter case. */
export interface CredentialName {
  kind: 'cxml' | 'oci';
  /** Empty for OCI. */
  domain: string;
  identity: string;
}

export interface ConnectionCandidate {
  connection: Connection;
  /** The credential's identity as registered, with its letter case. */
  identity: string;
  /** Slow hashes, `scrypt$N$r$p$salt$hash`. */
  secretHashes: string[];
}

export interface TenantRepository {
  find(tenantId: string): Promise<Tenant | undefined>;
  save(tenant: Tenant): Promise<void>;
  list(): Promise<Tenant[]>;
}
