import type { Tenant, TenantSettings } from '../../../domain/access/tenant.js';
import type { TenantRepository } from '../../../ports/access/tenant-repository.js';
import type { Database } from '../database/database.js';

const FIND = { name: 'tenant-find', text: 'select tenant_id, name, settings from tenant where tenant_id = $1' };
const LIST = { name: 'tenant-list', text: 'select tenant_id, name, settings from tenant order by tenant_id' };
const SAVE = {
  name: 'tenant-save',
  text: `
    insert into tenant (tenant_id, name, settings) values ($1, $2, $3)
    on conflict (tenant_id) do update set name = excluded.name, settings = excluded.settings`,
};

interface TenantRow {
  tenant_id: string;
  name: string;
  settings: TenantSettings;
}

export function tenantRepository({ query }: Database): TenantRepository {
  return {
    async find(tenantId) {
      const [row] = await query<TenantRow>(FIND, [tenantId]);
      return row === undefined ? undefined : tenantOf(row);
    },
    async save({ tenantId, name, settings }) {
      await query(SAVE, [tenantId, name, JSON.stringify(settings)]);
    },
    async list() {
      return (await query<TenantRow>(LIST, [])).map(tenantOf);
    },
  };
}

function tenantOf(row: TenantRow): Tenant {
  return { tenantId: row.tenant_id, name: row.name, settings: row.settings };
}
