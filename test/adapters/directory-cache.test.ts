import { describe, expect, it } from '@jest/globals';
import { cachedConnections, cachedSites, cachedTenants, memory } from '../../src/adapters/directory-cache.js';
import type { ConnectionRepository, TenantRepository } from '../../src/ports/access/connection-repository.js';
import type { Site } from '../../src/domain/context/session-context.js';
import { connectionOf } from '../contracts/connection-repository.contract.js';

const MIB = 1024 * 1024;

describe('the configuration cache', () => {
  it('reads once in five seconds, does not cache failures, and is cleared by a write', async () => {
    const { recall, forgetAfter } = memory();
    let reads = 0;
    const read = async (): Promise<number> => (reads += 1);
    expect([await recall('a', read), await recall('a', read), await recall('b', read)]).toEqual([1, 1, 2]);
    await forgetAfter(Promise.resolve());
    expect(await recall('a', read)).toBe(3);
    await expect(recall('c', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await recall('c', read)).toBe(4);
  });

  it('shows a saved site at once, and does not show a removed one', async () => {
    const stored: Site[] = [];
    const sites = cachedSites(
      {
        list: async () => [...stored],
        save: async (site) => void stored.push(site),
        remove: async () => stored.pop() !== undefined,
      },
      memory(),
    );
    const codes = async (): Promise<string[]> => (await sites.list('demo')).map(({ siteCode }) => siteCode);
    expect(await codes()).toEqual([]);
    const site = { tenantId: 'demo', siteCode: 'main', name: 'Main', country: 'DE', currency: 'EUR' };
    await sites.save({ ...site, currencies: ['EUR'], languages: ['de'], isDefault: true });
    expect(await codes()).toEqual(['main']);
    stored.push(...stored);
    expect(await codes()).toEqual(['main']);
    await sites.remove('demo', 'main');
    await sites.remove('demo', 'main');
    expect(await codes()).toEqual([]);
  });

  it('200 unknown user names of 4 MiB are never looked up and use no memory', async () => {
    const remembered = memory();
    let lookUps = 0;
    const connections = cachedConnections(
      { findByCredential: async () => ((lookUps += 1), []) } as Partial<ConnectionRepository> as ConnectionRepository,
      remembered,
    );
    const longest = 'x'.repeat(255);
    for (let index = 0; index < 200; index += 1)
      expect(
        await connections.findByCredential({ kind: 'oci', domain: '', identity: `${index}${'x'.repeat(4 * MIB)}` }),
      ).toEqual([]);
    expect(await connections.findByCredential({ kind: 'cxml', domain: `${longest}x`, identity: 'a' })).toEqual([]);
    expect([lookUps, remembered.bytes()]).toEqual([0, 0]);
    await connections.findByCredential({ kind: 'cxml', domain: longest, identity: longest });
    expect(lookUps).toBe(1);
  });

  it('100,000 unknown names, tenants and connections stay within 10,000 entries of a few hundred bytes', async () => {
    const remembered = memory();
    const connections = cachedConnections(
      {
        findByCredential: async () => [],
        find: async () => undefined,
      } as Partial<ConnectionRepository> as ConnectionRepository,
      remembered,
    );
    const tenants = cachedTenants(
      { find: async () => undefined } as Partial<TenantRepository> as TenantRepository,
      remembered,
    );
    for (let index = 0; index < 35_000; index += 1) {
      const name = `${index}${'y'.repeat(240)}`;
      await Promise.all([
        connections.findByCredential({ kind: 'cxml', domain: name.slice(0, 100), identity: name }),
        connections.find(name, name),
        tenants.find(name),
      ]);
    }
    expect(remembered.bytes()).toBeLessThanOrEqual(10_000 * 310);
  });

  it('counts the bytes of cached values: large configurations displace the oldest', async () => {
    const remembered = memory(8 * MIB);
    let reads = 0;
    const large = { ...connectionOf('firma', 'one', {}), name: 'n'.repeat(MIB) };
    const connections = cachedConnections(
      {
        find: async () => ((reads += 1), large),
        list: async () => [large, large],
      } as Partial<ConnectionRepository> as ConnectionRepository,
      remembered,
    );
    for (let index = 0; index < 50; index += 1) {
      await connections.find('firma', `c${index}`);
      await connections.list(`firma-${index}`);
      expect(remembered.bytes()).toBeLessThanOrEqual(8 * MIB);
    }
    await connections.list('firma-49');
    await connections.find('firma', 'c0');
    expect(reads).toBe(51);
  });
});
