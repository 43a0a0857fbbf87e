import { createHash } from 'node:crypto';
import type { ConnectionRepository, TenantRepository } from '../ports/access/connection-repository.js';
import type { Sites } from '../ports/context.js';
import { isPossibleName } from '../domain/access/party-match.js';

const LIFE_MS = 5_000;
const MAX_ENTRIES = 10_000;
const MAX_BYTES = 16 * 1024 * 1024;
/** Counted for each entry in addition to its value: key, promise and map slot. */
const ENTRY_BYTES = 300;

interface Memory {
  /** Returns the result of `read` from the last five seconds, else calls it; failures are not cached. */
  recall<T>(key: string, read: () => Promise<T>): Promise<T>;
  /** Clears the cache after the write. */
  forgetAfter<T>(write: Promise<T>): Promise<T>;
  /** Estimated size of the cached values, for tests and metrics. */
  bytes(): number;
}

interface Entry {
  value: Promise<unknown>;
  until: number;
  bytes: number;
}

/**
 * Caches configuration for five seconds; other processes see a change after that time. Keys are stored as digests,
 * because callers choose the names in them. At most 10,000 entries and 16 MiB are kept: the oldest are dropped first.
 */
export function memory(maxBytes = MAX_BYTES): Memory {
  const remembered = new Map<string, Entry>();
  let total = 0;

  function drop(key: string, entry: Entry | undefined = remembered.get(key)): void {
    if (entry === undefined || remembered.get(key) !== entry) return;
    remembered.delete(key);
    total -= entry.bytes;
  }

  /** Drops a tenth at a time: finding the first entry of a Map has a cost. */
  function makeRoom(): void {
    if (total <= maxBytes && remembered.size <= MAX_ENTRIES) return;
    for (const [oldest, entry] of remembered) {
      if (total <= maxBytes * 0.9 && remembered.size <= MAX_ENTRIES * 0.9) return;
      drop(oldest, entry);
    }
  }

  /** Adds the size of the value to the entry's bytes; drops the entry on failure. */
  async function weigh(key: string, entry: Entry): Promise<void> {
    try {
      const bytes = sizeOf(await entry.value);
      if (remembered.get(key) !== entry) return;
      entry.bytes += bytes;
      total += bytes;
      makeRoom();
    } catch {
      drop(key, entry);
    }
  }

  return {
    async recall<T>(name: string, read: () => Promise<T>): Promise<T> {
      const now = performance.now();
      const key = createHash('sha256').update(name).digest('base64');
      const known = remembered.get(key);
      if (known !== undefined && known.until > now) return (await known.value) as T;
      drop(key, known);
      const value = read();
      const entry: Entry = { value, until: now + LIFE_MS, bytes: ENTRY_BYTES };
      remembered.set(key, entry);
      total += entry.bytes;
      makeRoom();
      void weigh(key, entry);
      return value;
    },
    async forgetAfter(write) {
      try {
        return await write;
      } finally {
        remembered.clear();
        total = 0;
      }
    },
    bytes: () => total,
  };
}

/** Configuration is plain data: two bytes for each character of its JSON are an upper estimate. */
function sizeOf(value: unknown): number {
  return value === undefined ? 0 : 2 * JSON.stringify(value).length;
}

/** Whoever manages connections reads them as they are; clear-text secrets are never kept longer than a request. */
export function cachedConnections(
  connections: ConnectionRepository,
  { recall, forgetAfter }: Memory,
): ConnectionRepository {
  return {
    ...connections,
    find: (tenantId, connectionId) =>
      recall(`c\0${tenantId}\0${connectionId}`, () => connections.find(tenantId, connectionId)),
    findByCredential: async (name) =>
      !isPossibleName(name)
        ? []
        : recall(`n\0${name.kind}\0${name.domain.toLowerCase()}\0${name.identity.toLowerCase()}`, () =>
            connections.findByCredential(name),
          ),
    list: (tenantId) => recall(`l\0${tenantId}`, () => connections.list(tenantId)),
    save: (connection, given) => forgetAfter(connections.save(connection, given)),
    addCredential: (tenantId, connectionId, credential) =>
      forgetAfter(connections.addCredential(tenantId, connectionId, credential)),
    addSecret: (tenantId, connectionId, secret, keep) =>
      forgetAfter(connections.addSecret(tenantId, connectionId, secret, keep)),
    removeCredential: (...place) => forgetAfter(connections.removeCredential(...place)),
    removeSecret: (...place) => forgetAfter(connections.removeSecret(...place)),
    setDisabled: (...place) => forgetAfter(connections.setDisabled(...place)),
    remove: (...place) => forgetAfter(connections.remove(...place)),
    listParameterNames: () => recall('p', () => connections.listParameterNames()),
  };
}

export function cachedTenants(tenants: TenantRepository, { recall, forgetAfter }: Memory): TenantRepository {
  return {
    ...tenants,
    find: (tenantId) => recall(`t\0${tenantId}`, () => tenants.find(tenantId)),
    // Read by every cross-origin request.
    list: () => recall('t', () => tenants.list()),
    save: (tenant) => forgetAfter(tenants.save(tenant)),
  };
}

/** Read by each change of a session context. */
export function cachedSites(sites: Sites, { recall, forgetAfter }: Memory): Sites {
  return {
    list: (tenantId) => recall(`s\0${tenantId}`, () => sites.list(tenantId)),
    save: (site) => forgetAfter(sites.save(site)),
    remove: (tenantId, siteCode) => forgetAfter(sites.remove(tenantId, siteCode)),
  };
}
