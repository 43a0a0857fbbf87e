import type { Site } from '../../domain/context/session-context.js';
import { type Outcome, accept, refuse } from '../../domain/error-codes.js';
import type { Atomically } from '../../ports/managed-directory.js';

interface Deps {
  atomically: Atomically;
  siteFault: (site: Site) => Outcome<never> | undefined;
}

interface Of {
  tenantId: string;
  by: string;
}

export interface SiteWish {
  siteCode: string;
  name: string;
  country: string;
  currency: string;
  /** Beside `currency`. */
  moreCurrencies?: readonly string[];
  /** The first is the site's default; none: any. */
  languages?: readonly string[];
  isDefault?: boolean;
}

export interface SiteManagement {
  /** Adds a site, or replaces the one with this code. The tenant's first site is its default. */
  save(of: Of, wish: SiteWish): Promise<Outcome<Site>>;
  /** Contexts that name the site keep the name. */
  remove(of: Of, siteCode: string): Promise<Outcome<{ removed: true }>>;
}

/** Sites of a tenant. Each change is one transaction with its audit row. */
export function siteManagement({ atomically, siteFault }: Deps): SiteManagement {
  return {
    save: ({ tenantId, by }, { moreCurrencies = [], languages = [], isDefault = false, ...wish }) =>
      atomically(async (directory) => {
        if ((await directory.tenants.entry(tenantId, 'lock')) === undefined)
          return refuse('RESOURCE_NOT_FOUND', `There is no tenant ${tenantId}.`);
        const currencies = [...new Set([wish.currency, ...moreCurrencies])];
        const site: Site = { ...wish, tenantId, currencies, languages: [...languages], isDefault };
        const fault = siteFault(site);
        if (fault !== undefined) return fault;
        await directory.sites.save(site);
        const { siteCode, name, country } = site;
        const details = {
          site: siteCode,
          name,
          country,
          currencies: currencies.join(','),
          languages: languages.join(','),
        };
        await directory.audit.note({ tenantId, event: 'site-saved', actor: by, details });
        const saved = (await directory.sites.list(tenantId)).find((one) => one.siteCode === siteCode);
        return accept(saved ?? site);
      }),
    remove: ({ tenantId, by }, siteCode) =>
      atomically(async (directory) => {
        if (!(await directory.sites.remove(tenantId, siteCode)))
          return refuse('RESOURCE_NOT_FOUND', `There is no site ${siteCode.slice(0, 80)} of tenant ${tenantId}.`);
        await directory.audit.note({ tenantId, event: 'site-removed', actor: by, details: { site: siteCode } });
        return accept({ removed: true });
      }),
  };
}
