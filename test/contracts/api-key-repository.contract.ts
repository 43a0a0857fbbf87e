import { expect, it } from '@jest/globals';
import { digestOf } from '../../src/domain/digest.js';
import type { ApiKey, ApiKeyRepository } from '../../src/ports/api-key-repository.js';
import type { TenantRepository } from '../../src/ports/tenant-repository.js';

export function apiKeyRepositoryContract(open: () => { apiKeys: ApiKeyRepository; tenants: TenantRepository }): void {
  it('finds a key by its digest until it is revoked, once; keeps it in the list', async () => {
    const { apiKeys, tenants } = open();
    await tenants.save({ tenantId: 'keys', name: 'Keys', settings: { frontendOrigins: [] } });
    const key: ApiKey = { tenantId: 'keys', keyId: 'k1', name: 'ERP', scopes: ['read', 'write'], demo: false, createdAt: new Date('2026-01-02T03:04:05.678Z') };
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
}
