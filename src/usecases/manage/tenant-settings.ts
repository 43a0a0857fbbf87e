import { changedSettings, mergeSettings } from '../../domain/access/merge-settings.js';
import { type Tenant, type TenantSettings, tenantName } from '../../domain/access/tenant.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { TenantRepository } from '../../ports/access/connection-repository.js';
import type { Atomically } from '../../ports/managed-directory.js';
import { textOf } from './within-change.js';

interface Deps {
  tenants: Pick<TenantRepository, 'entry'>;
  atomically: Atomically;
  /** Adds the defaults, or refuses. */
  completeSettings: (given: object) => Outcome<TenantSettings>;
}

export type ShownTenant = Tenant & { version: number };

export interface TenantChange {
  name?: string | undefined;
  /** Merged into the settings that are there; null takes a setting back. */
  settings?: object | undefined;
  /** In place of all settings that are there. */
  allSettings?: object | undefined;
}

export interface TenantManagement {
  show(tenantId: string): Promise<Outcome<ShownTenant>>;
  /** What is named is changed, and nothing else. */
  change(
    of: { tenantId: string; by: string; version?: number | undefined },
    change: TenantChange,
  ): Promise<Outcome<ShownTenant>>;
}

export function tenantManagement({ tenants, atomically, completeSettings }: Deps): TenantManagement {
  return {
    async show(tenantId) {
      const tenant = await tenants.entry(tenantId);
      return tenant === undefined ? unknown(tenantId) : accept(tenant);
    },
    change: ({ tenantId, by, version }, change) =>
      atomically(async (directory) => {
        const before = await directory.tenants.entry(tenantId, 'lock');
        if (before === undefined) return unknown(tenantId);
        if (version !== undefined && version !== before.version)
          return refuse('VERSION_CONFLICT', `Its version is ${before.version}, not ${version}.`, {
            version: before.version,
          });
        const name = change.name === undefined ? accept(before.name) : tenantName(change.name);
        if (!name.ok) return name;
        const settings = completeSettings(change.allSettings ?? mergeSettings(before.settings, change.settings ?? {}));
        if (!settings.ok) return settings;
        const after = { tenantId, name: name.value, settings: settings.value };
        const changes = changedSettings(
          { name: before.name, settings: before.settings },
          { name: after.name, settings: after.settings },
        );
        if (changes.length === 0) return accept(before);
        await directory.tenants.save(after);
        const entry = await directory.tenants.entry(tenantId);
        if (entry === undefined) throw new Error(`the tenant ${tenantId} is gone within its change`);
        const details = { version: String(entry.version), changes: textOf(changes) };
        await directory.audit.note({ tenantId, event: 'tenant-changed', actor: by, details });
        return accept(entry);
      }),
  };
}

function unknown(tenantId: string): Outcome<never> {
  return refuse('RESOURCE_NOT_FOUND', `There is no tenant ${tenantId}.`);
}
