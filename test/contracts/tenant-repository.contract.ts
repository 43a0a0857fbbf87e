import { expect, it } from '@jest/globals';
import type { TenantRepository } from '../../src/ports/access/connection-repository.js';

export function tenantRepositoryContract(tenants: () => TenantRepository): void {
  it('saves, replaces, finds and lists', async () => {
    expect(await tenants().find('zeta')).toBeUndefined();
    await tenants().save({ tenantId: 'zeta', name: 'Zeta', settings: { frontendOrigins: [] } });
    const zeta = { tenantId: 'zeta', name: 'Zeta GmbH', settings: { frontendOrigins: ['https://shop.example.com'] } };
    await tenants().save(zeta);
    expect(await tenants().find('zeta')).toEqual(zeta);
    expect((await tenants().list()).filter(({ tenantId }) => tenantId === 'zeta')).toEqual([zeta]);
  });
}
