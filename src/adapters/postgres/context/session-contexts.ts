import type { ContextFields, SessionContext, Site } from '../../../domain/context/session-context.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { SessionContexts, Sites } from '../../../ports/context.js';
import type { Database } from '../database/database.js';

const COLUMNS = 'tenant_id, session_id, fields, attributes, version, created_at, modified_at';

function noted(event: string, details: string): string {
  return `
    insert into audit (tenant_id, transmission_id, event, actor, details)
      select tenant_id, session_id, '${event}', $3, ${details} from changed`;
}

const FIND: NamedStatement = {
  name: 'session-context-find',
  text: `select ${COLUMNS} from session_context where tenant_id = $1 and session_id = $2`,
};

const CREATE: NamedStatement = {
  name: 'session-context-create',
  text: `
    with changed as (
      insert into session_context (tenant_id, session_id, fields, attributes, version)
        values ($1, $2, $4::jsonb, $5::jsonb, 1)
      on conflict (tenant_id, session_id) do nothing returning ${COLUMNS}
    ), noted as (${noted('context_created', `jsonb_build_object('after', fields, 'version', version)`)})
    select ${COLUMNS} from changed`,
};

/** Optimistic locking: of several concurrent changes with the same version, only one finds the row. */
const CHANGE: NamedStatement = {
  name: 'session-context-change',
  text: `
    with changed as (
      update session_context set fields = $4::jsonb, attributes = $5::jsonb, version = version + 1,
        modified_at = clock_timestamp()
      where tenant_id = $1 and session_id = $2 and version = $6 returning ${COLUMNS}
    ), moved as (
      update transmission t set cart = $7::jsonb from changed where $7::jsonb is not null
        and t.tenant_id = changed.tenant_id and t.transmission_id = changed.session_id
    ), noted as (${noted(
      'context_changed',
      `jsonb_build_object('before', (select fields from session_context where tenant_id = $1 and session_id = $2),
        'after', fields, 'version', version)`,
    )})
    select ${COLUMNS} from changed`,
};

const SET: NamedStatement = {
  name: 'session-context-attribute-set',
  text: `
    with changed as (
      update session_context set attributes = attributes || jsonb_build_object($4::text, $5::jsonb),
        modified_at = clock_timestamp()
      where tenant_id = $1 and session_id = $2 returning ${COLUMNS}
    ), noted as (${noted('context_attribute_set', `jsonb_build_object('name', $4::text)`)})
    select version from changed`,
};

const REMOVE: NamedStatement = {
  name: 'session-context-attribute-remove',
  text: `
    with changed as (
      update session_context set attributes = attributes - $4::text, modified_at = clock_timestamp()
      where tenant_id = $1 and session_id = $2 and jsonb_exists(attributes, $4::text) returning ${COLUMNS}
    ), noted as (${noted('context_attribute_removed', `jsonb_build_object('name', $4::text)`)})
    select version from changed`,
};

interface ContextRow {
  tenant_id: string;
  session_id: string;
  fields: ContextFields;
  attributes: Record<string, unknown>;
  version: number;
  created_at: Date;
  modified_at: Date;
}

export function sessionContexts({ query }: Database): SessionContexts {
  const one = async (statement: NamedStatement, values: unknown[]): Promise<SessionContext | undefined> => {
    const [row] = await query<ContextRow>(statement, values);
    return row === undefined ? undefined : contextOf(row);
  };
  return {
    find: (tenantId, sessionId) => one(FIND, [tenantId, sessionId]),
    create: ({ tenantId, sessionId, fields, attributes }, actor) =>
      one(CREATE, [tenantId, sessionId, actor, JSON.stringify(fields), JSON.stringify(attributes)]),
    change: ({ tenantId, sessionId, fields, attributes, version }, actor, cart) =>
      one(CHANGE, [
        tenantId,
        sessionId,
        actor,
        JSON.stringify(fields),
        JSON.stringify(attributes),
        version,
        cart === undefined ? null : JSON.stringify(cart),
      ]),
    setAttribute: async (tenantId, sessionId, name, value, actor) =>
      (await query(SET, [tenantId, sessionId, actor, name, JSON.stringify(value)])).length > 0,
    removeAttribute: async (tenantId, sessionId, name, actor) =>
      (await query(REMOVE, [tenantId, sessionId, actor, name])).length > 0,
  };
}

function contextOf(row: ContextRow): SessionContext {
  return {
    tenantId: row.tenant_id,
    sessionId: row.session_id,
    fields: row.fields,
    attributes: row.attributes,
    version: row.version,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  };
}

const LIST = {
  name: 'site-list',
  text: `
    select tenant_id, site_code, name, country, currency, currencies, languages, is_default from site
    where tenant_id = $1 order by is_default desc, site_code`,
};
const DETHRONE = {
  name: 'site-dethrone',
  text: 'update site set is_default = false where tenant_id = $1 and site_code <> $2 and is_default',
};
const SAVE = {
  name: 'site-save',
  text: `
    insert into site (tenant_id, site_code, name, country, currency, currencies, languages, is_default)
    values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb,
      $8 or not exists (select from site where tenant_id = $1 and is_default))
    on conflict (tenant_id, site_code) do update set name = excluded.name, country = excluded.country,
      currency = excluded.currency, currencies = excluded.currencies, languages = excluded.languages,
      is_default = site.is_default or excluded.is_default`,
};
const REMOVE_SITE = {
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

export function sites({ query, asTenant }: Pick<Database, 'query' | 'asTenant'>): Sites {
  return {
    list: async (tenantId) => (await asTenant(tenantId, (read) => read<SiteRow>(LIST, [tenantId]))).map(siteOf),
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
    remove: async (tenantId, siteCode) => (await query(REMOVE_SITE, [tenantId, siteCode])).length > 0,
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
