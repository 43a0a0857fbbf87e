import type { Site } from '../../domain/context/site.js';

export interface Sites {
  /** The default one first. */
  list(tenantId: string): Promise<Site[]>;
  /** A new default takes the place of the old one; a tenant's first site is its default. */
  save(site: Site): Promise<void>;
  remove(tenantId: string, siteCode: string): Promise<boolean>;
}
