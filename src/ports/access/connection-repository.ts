import type { Connection, ConnectionDocument, OciSettings } from '../../domain/access/connection.js';
import type { Tenant } from '../../domain/access/tenant.js';

/** Tenants' connections and the credentials that identify them. */
export interface ConnectionRepository {
  find(tenantId: string, connectionId: string): Promise<Connection | undefined>;
  /** All connections that one credential of a caller may mean (a hub's credential covers several). */
  findByCredential(credential: CredentialName): Promise<ConnectionCandidate[]>;
  /** Adds the connection, or replaces it; `disabledAt` is not read. Makes a new version. */
  save(connection: SavedConnection, given?: object): Promise<void>;
  list(tenantId: string): Promise<Connection[]>;
  addCredential(tenantId: string, connectionId: string, credential: CredentialName): Promise<void>;
  /** False: the connection has no such credential. */
  removeCredential(tenantId: string, connectionId: string, credentialId: string): Promise<boolean>;
  /** At most two secrets are active; a third replaces the older one. Stored hashed. */
  addSecret(tenantId: string, connectionId: string, secret: string, keep?: SecretKeeping): Promise<void>;
  /** False: the connection has no such secret. */
  removeSecret(tenantId: string, connectionId: string, secretId: string): Promise<boolean>;
  /** As it is stored, for those who manage it. `lock`: until the end of the transaction nobody else changes it. */
  entry(tenantId: string, connectionId: string, lock?: 'lock'): Promise<ConnectionEntry | undefined>;
  /** By id, after `after`. */
  entries(tenantId: string, place: { limit: number; after?: string }): Promise<ConnectionEntry[]>;
  /** Oldest first. */
  credentials(tenantId: string, connectionId: string): Promise<ConnectionCredential[]>;
  /** Newest first. */
  secrets(tenantId: string, connectionId: string): Promise<ConnectionSecret[]>;
  setDisabled(tenantId: string, connectionId: string, disabled: boolean): Promise<void>;
  /** Makes and returns a new version. */
  nextVersion(tenantId: string, connectionId: string): Promise<number>;
  /** With its credentials and secrets. Its past sessions stay. */
  remove(tenantId: string, connectionId: string): Promise<void>;
  /** Sessions that may still send a cart. */
  liveSessions(tenantId: string, connectionId: string): Promise<number>;
  /** The active secrets of a connection that were added as recoverable, newest first. */
  recoverableSecrets(tenantId: string, connectionId: string): Promise<string[]>;
  /** The distinct parameter names of OCI call-ups that connections use in addition to the usual ones, at most 100. */
  listParameterNames(): Promise<OciParameterNames[]>;
}

/** A connection with its own settings only. Reading it adds its tenant's settings and the defaults. */
export type SavedConnection = Omit<Connection, 'settings'> & { settings: ConnectionDocument };

/** A connection as it is managed. */
export interface ConnectionEntry extends Connection {
  /** The settings that somebody named, without presets and defaults; of older connections all settings. */
  given: object;
  /** Changes whenever the connection, its credentials or its secrets change. */
  version: number;
  createdAt: Date;
}

export interface ConnectionCredential extends CredentialName {
  credentialId: string;
  createdAt: Date;
}

/** A secret that nobody can read. For a middleware: its api_key. */
export interface ConnectionSecret {
  secretId: string;
  createdAt: Date;
  /** An encrypted copy is stored. */
  recoverable: boolean;
}

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
  /** Makes a new version. */
  save(tenant: Tenant): Promise<void>;
  list(): Promise<Tenant[]>;
  /** As it is stored, with its version. `lock`: until the end of the transaction nobody else changes it. */
  entry(tenantId: string, lock?: 'lock'): Promise<(Tenant & { version: number }) | undefined>;
}
