import type { Tenant } from '../../domain/access/tenant.js';

export interface TenantRepository {
  find(tenantId: string): Promise<Tenant | undefined>;
  save(tenant: Tenant): Promise<void>;
  list(): Promise<Tenant[]>;
}
