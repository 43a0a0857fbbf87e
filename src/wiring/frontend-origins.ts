import type { TenantRepository } from '../ports/access/tenant-repository.js';

/** Origins of a tenant's frontends; without a tenant, of all. */
export function frontendOrigins(
  tenants: Pick<TenantRepository, 'find' | 'list'>,
): (tenantId?: string) => Promise<readonly string[]> {
  return async (tenantId) => {
    if (tenantId !== undefined) return (await tenants.find(tenantId))?.settings.frontendOrigins ?? [];
    return (await tenants.list()).flatMap(({ settings }) => settings.frontendOrigins);
  };
}
