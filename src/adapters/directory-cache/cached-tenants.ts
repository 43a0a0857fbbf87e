import type { TenantRepository } from '../../ports/tenant-repository.js';
import { memory } from './remember.js';

export function cachedTenants(tenants: TenantRepository): TenantRepository {
  const { recall, forgetAfter } = memory();
  return {
    find: (tenantId) => recall(tenantId, () => tenants.find(tenantId)),
    list: () => tenants.list(),
    save: (tenant) => forgetAfter(tenants.save(tenant)),
  };
}
