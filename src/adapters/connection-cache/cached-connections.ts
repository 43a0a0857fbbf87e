import type { ConnectionRepository } from '../../ports/connection-repository.js';

const LIFE_MS = 5_000;
const MAX_ENTRIES = 10_000;

/**
 * Remembers connections for five seconds: every request needs one, and they change by hand. A change takes effect in other
 * processes when that time is over.
 */
export function cachedConnections(connections: ConnectionRepository): ConnectionRepository {
  const remembered = new Map<string, { value: Promise<unknown>; until: number }>();

  async function remember<T>(key: string, read: () => Promise<T>): Promise<T> {
    const now = performance.now();
    const known = remembered.get(key);
    if (known !== undefined && known.until > now) return (await known.value) as T;
    if (remembered.size >= MAX_ENTRIES) remembered.clear();
    const value = read();
    remembered.set(key, { value, until: now + LIFE_MS });
    value.catch(() => remembered.delete(key));
    return value;
  }

  async function forgetAfter<T>(write: Promise<T>): Promise<T> {
    try {
      return await write;
    } finally {
      remembered.clear();
    }
  }

  return {
    find: (tenantId, connectionId) => remember(`c\0${tenantId}\0${connectionId}`, () => connections.find(tenantId, connectionId)),
    findByCredential: (name) => remember(`n\0${name.kind}\0${name.domain.toLowerCase()}\0${name.identity.toLowerCase()}`, () => connections.findByCredential(name)),
    list: (tenantId) => remember(`l\0${tenantId}`, () => connections.list(tenantId)),
    save: (connection) => forgetAfter(connections.save(connection)),
    addCredential: (tenantId, connectionId, credential) => forgetAfter(connections.addCredential(tenantId, connectionId, credential)),
    addSecret: (tenantId, connectionId, secret) => forgetAfter(connections.addSecret(tenantId, connectionId, secret)),
  };
}
