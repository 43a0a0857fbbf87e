import type { Connection, ConnectionDocument } from '../../../domain/access/connection.js';
import { type AccessPolicy, DEFAULT_ACCESS_POLICY } from '../../../domain/access/tenant.js';
import type { Protocol } from '../../../domain/transmission/protocol.js';
import type {
  ConnectionEntry,
  ConnectionRepository,
  ConnectionSecret,
  CredentialName,
} from '../../../ports/access/connection-repository.js';
import type { Database } from '../database/database.js';
import { IS_IN_TIME } from '../transmissions/step-sql.js';

const COLUMNS = `c.tenant_id, c.connection_id, c.name, c.protocol, c.demo, c.settings, c.disabled_at,
  coalesce(c.given, c.settings) as given, c.version::int as version, c.created_at,
  (select t.settings->'connectionDefaults' from tenant t where t.tenant_id = c.tenant_id) as tenant_defaults`;
const ENTRY = `select ${COLUMNS} from connection c where c.tenant_id = $1 and c.connection_id = $2`;
const FIND = { name: 'connection-entry', text: ENTRY };
const LOCK = { name: 'connection-entry-lock', text: `${ENTRY} for update` };
const PAGE = {
  name: 'connection-entry-page',
  text: `select ${COLUMNS} from connection c where c.tenant_id = $1 and c.connection_id > $2
    order by c.connection_id limit $3`,
};
const CREDENTIALS = {
  name: 'connection-credentials',
  text: `
    select credential_digest as id, kind, domain, identity, created_at from connection_credential
    where tenant_id = $1 and connection_id = $2 order by created_at, credential_digest`,
};
const REMOVE_CREDENTIAL = {
  name: 'connection-remove-credential',
  text: `
    delete from connection_credential where tenant_id = $1 and connection_id = $2 and credential_digest = $3
    returning 1`,
};
const SECRETS = {
  name: 'connection-secrets',
  text: `
    select secret_id, created_at, sealed_secret is not null as recoverable from connection_secret
    where tenant_id = $1 and connection_id = $2 order by created_at desc`,
};
const REMOVE_SECRET = {
  name: 'connection-remove-secret',
  text: `
    delete from connection_secret where tenant_id = $1 and connection_id = $2 and secret_id::text = $3 returning 1`,
};
const SET_DISABLED = {
  name: 'connection-set-disabled',
  text: `
    update connection set disabled_at = case when $3::boolean then coalesce(disabled_at, now()) end
    where tenant_id = $1 and connection_id = $2`,
};
const NEXT_VERSION = {
  name: 'connection-next-version',
  text: `
    update connection set version = version + 1 where tenant_id = $1 and connection_id = $2
    returning version::int as version`,
};
/** In the order of the foreign keys; the statements of a transaction see each other's rows. */
const REMOVE = [
  'connection_credential',
  'connection_secret',
  'middleware_key',
  'api_key',
  'oauth_client',
  'connection',
].map((table) => ({
  name: `${table}-remove-all`,
  text: `delete from ${table} where tenant_id = $1 and connection_id = $2`,
}));
const LIVE = {
  name: 'connection-live-sessions',
  text: `
    select count(*)::int as live from transmission t where t.tenant_id = $1 and t.connection_id = $2
      and t.status in ('open', 'active') and ${IS_IN_TIME}`,
};

/** The columns of a connection in use, with the defaults of its tenant. */
export interface ConnectionRow {
  tenant_id: string;
  connection_id: string;
  name: string;
  protocol: Protocol;
  demo: boolean;
  disabled_at: Date | null;
  settings: ConnectionDocument;
  tenant_defaults: Partial<AccessPolicy> | null;
}

interface EntryRow extends ConnectionRow {
  given: object;
  version: number;
  created_at: Date;
}

export interface SecretRow {
  secret_id: string;
  created_at: Date;
  recoverable: boolean;
}

type Entries = Pick<
  ConnectionRepository,
  | 'entry'
  | 'entries'
  | 'credentials'
  | 'removeCredential'
  | 'secrets'
  | 'removeSecret'
  | 'setDisabled'
  | 'nextVersion'
  | 'remove'
  | 'liveSessions'
>;

/** The part of the connections that only those use who manage them. */
export function connectionEntries({ query, asTenant }: Pick<Database, 'query' | 'asTenant'>): Entries {
  return {
    async entry(tenantId, connectionId, lock) {
      const [row] = await query<EntryRow>(lock === undefined ? FIND : LOCK, [tenantId, connectionId]);
      return row === undefined ? undefined : entryOf(row);
    },
    entries: async (tenantId, { limit, after = '' }) =>
      (await asTenant(tenantId, (read) => read<EntryRow>(PAGE, [tenantId, after, limit]))).map(entryOf),
    async credentials(tenantId, connectionId) {
      const rows = await asTenant(tenantId, (read) =>
        read<CredentialName & { id: string; created_at: Date }>(CREDENTIALS, [tenantId, connectionId]),
      );
      return rows.map(({ id, created_at: createdAt, ...name }) => ({ credentialId: id, ...name, createdAt }));
    },
    removeCredential: async (tenantId, connectionId, credentialId) =>
      (await query(REMOVE_CREDENTIAL, [tenantId, connectionId, credentialId])).length > 0,
    secrets: async (tenantId, connectionId) =>
      (await asTenant(tenantId, (read) => read<SecretRow>(SECRETS, [tenantId, connectionId]))).map(connectionSecretOf),
    removeSecret: async (tenantId, connectionId, secretId) =>
      (await query(REMOVE_SECRET, [tenantId, connectionId, secretId])).length > 0,
    async setDisabled(tenantId, connectionId, disabled) {
      await query(SET_DISABLED, [tenantId, connectionId, disabled]);
    },
    nextVersion: async (tenantId, connectionId) =>
      (await query<{ version: number }>(NEXT_VERSION, [tenantId, connectionId]))[0]?.version ?? 0,
    async remove(tenantId, connectionId) {
      for (const statement of REMOVE) await query(statement, [tenantId, connectionId]);
    },
    liveSessions: async (tenantId, connectionId) =>
      (await query<{ live: number }>(LIVE, [tenantId, connectionId]))[0]?.live ?? 0,
  };
}

export function connectionSecretOf({
  secret_id: secretId,
  created_at: createdAt,
  recoverable,
}: SecretRow): ConnectionSecret {
  return { secretId, createdAt, recoverable };
}

function entryOf(row: EntryRow): ConnectionEntry {
  return { ...connectionOf(row), given: row.given, version: row.version, createdAt: row.created_at };
}

/** Own settings win over those of the tenant, and these over the defaults. */
export function connectionOf(row: ConnectionRow): Connection {
  return {
    tenantId: row.tenant_id,
    connectionId: row.connection_id,
    name: row.name,
    protocol: row.protocol,
    demo: row.demo,
    settings: { ...DEFAULT_ACCESS_POLICY, ...row.tenant_defaults, ...row.settings },
    ...(row.disabled_at === null ? {} : { disabledAt: row.disabled_at }),
  };
}
