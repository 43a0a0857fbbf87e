import { expect, it } from '@jest/globals';
import { digestOf } from '../../src/domain/digest.js';
import type { ApiKey, ApiKeyRepository } from '../../src/ports/access/client-keys.js';
import type { TenantRepository } from '../../src/ports/access/connection-repository.js';

export function apiKeyRepositoryContract(open: () => { apiKeys: ApiKeyRepository; tenants: TenantRepository }): void {
  it('finds a key by its digest until it is revoked, once; keeps it in the list', async () => {
    const { apiKeys, tenants } = open();
    await tenants.save({ tenantId: 'keys', name: 'Keys', settings: { frontendOrigins: [] } });
    const key: ApiKey = {
      tenantId: 'keys',
      keyId: 'k1',
      name: 'ERP',
      scopes: ['read', 'write'],
      demo: false,
      createdAt: new Date('2026-01-02T03:04:05.678Z'),
    };
    await apiKeys.save({ ...key, digest: digestOf('secret') });
    expect(await apiKeys.findByDigest(digestOf('secret'))).toEqual(key);
    expect(await apiKeys.findByDigest(digestOf('other'))).toBeUndefined();
    expect(await apiKeys.revoke('other', 'k1')).toBe(false);
    expect(await apiKeys.revoke('keys', 'k1')).toBe(true);
    expect(await apiKeys.revoke('keys', 'k1')).toBe(false);
    expect(await apiKeys.findByDigest(digestOf('secret'))).toBeUndefined();
    const [listed] = await apiKeys.list('keys');
    expect(listed).toMatchObject(key);
    expect(listed?.revokedAt).toBeInstanceOf(Date);
  });

  it('rotates a key: the new key has the name and scopes of the old one, which gets a grace period', async () => {
    const { apiKeys, tenants } = open();
    await tenants.save({ tenantId: 'rotating', name: 'Rotating', settings: { frontendOrigins: [] } });
    await apiKeys.save({
      tenantId: 'rotating',
      keyId: 'old',
      name: 'ERP',
      scopes: ['read'],
      demo: false,
      createdAt: new Date(),
      digest: digestOf('old-secret'),
    });
    expect(await apiKeys.rotate('other', 'old', { keyId: 'x', digest: digestOf('x') }, 7)).toBeUndefined();
    expect(await apiKeys.rotate('rotating', 'old', { keyId: 'new', digest: digestOf('new-secret') }, 7)).toMatchObject({
      keyId: 'new',
      name: 'ERP',
      scopes: ['read'],
      demo: false,
    });
    const graceDays =
      (((await apiKeys.findByDigest(digestOf('old-secret')))?.expiresAt?.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(Math.round(graceDays)).toBe(7);
    expect(await apiKeys.findByDigest(digestOf('new-secret'))).toMatchObject({ keyId: 'new', scopes: ['read'] });

    // Rotating again never extends the grace period; with 0 days the old key ends at once.
    expect(await apiKeys.rotate('rotating', 'old', { keyId: 'late', digest: digestOf('late') }, 30)).toBeDefined();
    expect(
      Math.round(
        (((await apiKeys.findByDigest(digestOf('old-secret')))?.expiresAt?.getTime() ?? 0) - Date.now()) / 86_400_000,
      ),
    ).toBe(7);
    expect(await apiKeys.rotate('rotating', 'new', { keyId: 'newer', digest: digestOf('newer') }, 0)).toBeDefined();
    expect(await apiKeys.findByDigest(digestOf('new-secret'))).toBeUndefined();
    expect(await apiKeys.rotate('rotating', 'new', { keyId: 'y', digest: digestOf('y') }, 7)).toBeUndefined();
    expect(await apiKeys.revoke('rotating', 'new')).toBe(false);
  });
}
