import type { Site } from '../../../domain/context/site.js';
import type { Sites } from '../../../ports/context/sites.js';
import type { Database } from '../database/database.js';

const LIST = {
  name: 'site-list',
  text: 'select tenant_id, site_code, name, country, currency, currencies, languages, is_default from site where tenant_id = $1 order by is_default desc, site_code',
};
const DETHRONE = {
  name: 'site-dethrone',
  text: 'update site set is_default = false where tenant_id = $1 and site_code <> $2 and is_default',
};
const SAVE = {
  name: 'site-save',
  text: `
    insert into site (tenant_id, site_code, name, country, currency, currencies, languages, is_default)
    values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8 or not exists (select from site where tenant_id = $1 and is_default))
    on conflict (tenant_id, site_code) do update set name = excluded.name, country = excluded.country, currency = excluded.currency,
      currencies = excluded.currencies, languages = excluded.languages, is_default = site.is_default or excluded.is_default`,
};
const REMOVE = {
  name: 'site-remove',
  text: 'delete from site where tenant_id = $1 and site_code = $2 returning site_code',
};

interface SiteRow {
  tenant_id: string;
  site_code: string;
  name: string;
  country: string;
  currency: string;
  currencies: string[];
  languages: string[];
  is_default: boolean;
}

export function sites({ query }: Database): Sites {
  return {
    list: async (tenantId) => (await query<SiteRow>(LIST, [tenantId])).map(siteOf),
    async save({ tenantId, siteCode, name, country, currency, currencies, languages, isDefault }) {
      if (isDefault) await query(DETHRONE, [tenantId, siteCode]);
      await query(SAVE, [
        tenantId,
        siteCode,
        name,
        country,
        currency,
        JSON.stringify(currencies),
        JSON.stringify(languages),
        isDefault,
      ]);
    },
    remove: async (tenantId, siteCode) => (await query(REMOVE, [tenantId, siteCode])).length > 0,
  };
}

function siteOf(row: SiteRow): Site {
  return {
    tenantId: row.tenant_id,
    siteCode: row.site_code,
    name: row.name,
    country: row.country,
    currency: row.currency,
    currencies: row.currencies,
    languages: row.languages,
    isDefault: row.is_default,
  };
}
