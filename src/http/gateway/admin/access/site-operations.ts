import { record } from '../../api/answer-schemas.js';
import { type AdminOperation, adminOperation } from '../admin-operation.js';

const TEXT = { type: 'string' } as const;
const LIST = { type: 'array', items: TEXT, maxItems: 100 } as const;
const SITE = record({
  site_code: TEXT,
  name: TEXT,
  country: { ...TEXT, description: 'ISO 3166-1, two letters' },
  currency: { ...TEXT, description: "The site's own, ISO 4217" },
  currencies: { ...LIST, description: 'All, the own one first' },
  languages: { ...LIST, description: "BCP 47, the first is the site's default; empty: any" },
  is_default: { type: 'boolean', description: 'Used by sessions that name no site' },
});

export const SITE_OPERATIONS: readonly AdminOperation[] = [
  adminOperation({
    operationId: 'adminListSites',
    method: 'get',
    path: '/sites',
    summary: 'List the sites of the tenant, the default one first',
    data: record({ sites: { type: 'array', items: SITE } }),
  }),
  adminOperation({
    operationId: 'adminSaveSite',
    method: 'post',
    path: '/sites',
    summary: 'Add a site, or replace the one with this code; the first is the default',
    request: {
      type: 'object',
      additionalProperties: false,
      required: ['site_code', 'name', 'country', 'currency'],
      properties: {
        site_code: { type: 'string', minLength: 1, maxLength: 64 },
        name: { type: 'string', minLength: 1, maxLength: 200, pattern: '\\S' },
        country: SITE.properties.country,
        currency: SITE.properties.currency,
        more_currencies: LIST,
        languages: SITE.properties.languages,
        is_default: { type: 'boolean', description: 'true: in place of the default that there is' },
      },
    },
    data: SITE,
  }),
  adminOperation({
    operationId: 'adminRemoveSite',
    method: 'delete',
    path: '/sites/{site}',
    summary: 'Remove a site; contexts that name it keep the name',
    data: record({ removed: { const: true } }),
  }),
];
