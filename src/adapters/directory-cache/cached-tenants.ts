import type { TenantRepository } from '../../ports/access/tenant-repository.js';
import type { Memory } from './remember.js';

export function cachedTenants(tenants: TenantRepository, { recall, forgetAfter }: Memory): TenantRepository {
  return {
    find: (tenantId) => recall(`t\0${tenantId}`, () => tenants.find(tenantId)),
    // Asked for by every request of another origin.
    list: () => recall('t', () => tenants.list()),
    save: (tenant) => forgetAfter(tenants.save(tenant)),
  };
}
