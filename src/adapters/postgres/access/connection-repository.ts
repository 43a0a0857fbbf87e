import { MAX_NAME_LENGTH, isPossibleName } from '../../../domain/access/party-match.js';
import { digestOf } from '../../../domain/digest.js';
import type { Tenant, TenantSettings } from '../../../domain/access/tenant.js';
import type {
  ConnectionRepository,
  CredentialName,
  OciParameterNames,
  TenantRepository,
} from '../../../ports/access/connection-repository.js';
import type { Database } from '../database/database.js';
import { type ConnectionRow, connectionEntries, connectionOf } from './connection-entries.js';
import { SEAL_OWNERS, type SecretSealing, resealOf } from './sealed-secrets.js';

const COLUMNS = `c.tenant_id, c.connection_id, c.name, c.protocol, c.demo, c.disabled_at, c.settings,
  (select t.settings->'connectionDefaults' from tenant t where t.tenant_id = c.tenant_id) as tenant_defaults`;

const FIND = {
  name: 'connection-find',
  text: `select ${COLUMNS} from connection c where c.tenant_id = $1 and c.connection_id = $2`,
};
const LIST = {
  name: 'connection-list',
  text: `select ${COLUMNS} from connection c where c.tenant_id = $1 order by c.connection_id`,
};

const FIND_BY_CREDENTIAL = {
  name: 'connection-find-by-credential',
  text: `
    select ${COLUMNS}, n.identity, array(
      select s.secret_hash from connection_secret s
      where s.tenant_id = c.tenant_id and s.connection_id = c.connection_id order by s.created_at desc) || array(
      select p.secret_hash from test_punchout p
      where p.tenant_id = c.tenant_id and p.connection_id = c.connection_id and p.secret_until > now()
        and p.secret_hash is not null) as secret_hashes
    from connection_credential n join connection c on c.tenant_id = n.tenant_id and c.connection_id = n.connection_id
    where n.credential_digest = $1
    order by c.tenant_id, c.connection_id`,
};

const SAVE = {
  name: 'connection-save',
  text: `
    insert into connection as c (tenant_id, connection_id, name, protocol, demo, settings, given)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (tenant_id, connection_id) do update
    set name = excluded.name, protocol = excluded.protocol, demo = excluded.demo, settings = excluded.settings,
      given = excluded.given, version = c.version + 1`,
};

const ADD_CREDENTIAL = {
  name: 'connection-add-credential',
  text: `
    insert into connection_credential (tenant_id, connection_id, credential_digest, kind, domain, identity)
      values ($1, $2, $3, $4, $5, $6)
    on conflict (tenant_id, connection_id, credential_digest) do nothing`,
};

/**
 * Uses the free slot, else overwrites the older secret. Secrets added at the same time get times one microsecond apart.
 */
const ADD_SECRET = {
  name: 'connection-add-secret',
  text: `
    insert into connection_secret (tenant_id, connection_id, slot, secret_hash, sealed_secret, created_at)
    select $1, $2, slots.slot, $3, $4,
      greatest(now(), (select max(created_at) + interval '1 microsecond'
        from connection_secret where tenant_id = $1 and connection_id = $2))
    from (values (1), (2)) slots (slot)
      left join connection_secret s on s.tenant_id = $1 and s.connection_id = $2 and s.slot = slots.slot
    order by s.created_at nulls first, slots.slot limit 1
    on conflict (tenant_id, connection_id, slot) do update set secret_hash = excluded.secret_hash,
      sealed_secret = excluded.sealed_secret, created_at = excluded.created_at, secret_id = gen_random_uuid()`,
};

const SEALED_SECRETS = {
  name: 'connection-sealed-secrets',
  text: `
    select sealed_secret from connection_secret where tenant_id = $1 and connection_id = $2
      and sealed_secret is not null
    order by created_at desc`,
};

const PARAMETER_NAMES = {
  name: 'connection-parameter-names',
  text: `
    select distinct (settings->'oci'->'parameters')::jsonb as names from connection where protocol = 'oci'
      and (settings->'oci'->'parameters')::jsonb <> $1::jsonb limit 100`,
};

/** The default names of the schema (config/connection-settings.ts): known without a query. */
const USUAL_NAMES: OciParameterNames = { username: 'USERNAME', password: 'PASSWORD', hookUrl: 'HOOK_URL' };

/** `hashSecret` makes a slow hash, `scrypt$N$r$p$salt$hash`. */
export function connectionRepository(
  { query, asTenant }: Database,
  hashSecret: (secret: string) => Promise<string>,
  box: SecretSealing,
): ConnectionRepository {
  return {
    async find(tenantId, connectionId) {
      const [row] = await query<ConnectionRow>(FIND, [tenantId, connectionId]);
      return row === undefined ? undefined : connectionOf(row);
    },
    async findByCredential(credential) {
      const rows = await query<ConnectionRow & { identity: string; secret_hashes: string[] }>(FIND_BY_CREDENTIAL, [
        credentialDigest(credential),
      ]);
      return rows.map((row) => ({
        connection: connectionOf(row),
        identity: row.identity,
        secretHashes: row.secret_hashes,
      }));
    },
    async save({ tenantId, connectionId, name, protocol, demo, settings }, given) {
      await query(SAVE, [
        tenantId,
        connectionId,
        name,
        protocol,
        demo,
        JSON.stringify(settings),
        given === undefined ? null : JSON.stringify(given),
      ]);
    },
    ...connectionEntries({ query, asTenant }),
    async list(tenantId) {
      return (await asTenant(tenantId, (read) => read<ConnectionRow>(LIST, [tenantId]))).map(connectionOf);
    },
    async addCredential(tenantId, connectionId, credential) {
      if (!isPossibleName(credential))
        throw new RangeError(
          `A credential has at most ${MAX_NAME_LENGTH} characters in its domain, and in its identity.`,
        );
      await query(ADD_CREDENTIAL, [
        tenantId,
        connectionId,
        credentialDigest(credential),
        credential.kind,
        credential.domain,
        credential.identity,
      ]);
    },
    async addSecret(tenantId, connectionId, secret, keep = 'hashed') {
      const sealed = keep === 'recoverable' ? box.seal(secret, SEAL_OWNERS.connection(tenantId, connectionId)) : null;
      await query(ADD_SECRET, [tenantId, connectionId, await hashSecret(secret), sealed]);
    },
    async recoverableSecrets(tenantId, connectionId) {
      const owner = SEAL_OWNERS.connection(tenantId, connectionId);
      const secrets: string[] = [];
      for (const { sealed_secret: sealed } of await query<{ sealed_secret: string }>(SEALED_SECRETS, [
        tenantId,
        connectionId,
      ])) {
        const opened = box.open(sealed, owner);
        if (opened === undefined) continue;
        secrets.push(opened.text);
        // Under an older key it is sealed again when it is used (T29).
        if (opened.stale)
          await query(resealOf('connection'), [tenantId, connectionId, sealed, box.seal(opened.text, owner)]);
      }
      return secrets;
    },
    async listParameterNames() {
      return (await query<{ names: OciParameterNames }>(PARAMETER_NAMES, [JSON.stringify(USUAL_NAMES)])).map(
        ({ names }) => names,
      );
    },
  };
}

function credentialDigest({ kind, domain, identity }: CredentialName): string {
  return digestOf(JSON.stringify([kind, domain.toLowerCase(), identity.toLowerCase()]));
}

const FIND_TENANT = { name: 'tenant-find', text: 'select tenant_id, name, settings from tenant where tenant_id = $1' };
const LIST_TENANTS = { name: 'tenant-list', text: 'select tenant_id, name, settings from tenant order by tenant_id' };
const ENTRY = 'select tenant_id, name, settings, version::int as version from tenant where tenant_id = $1';
const FIND_ENTRY = { name: 'tenant-entry', text: ENTRY };
const LOCK_ENTRY = { name: 'tenant-entry-lock', text: `${ENTRY} for update` };
const SAVE_TENANT = {
  name: 'tenant-save',
  text: `
    insert into tenant as t (tenant_id, name, settings) values ($1, $2, $3)
    on conflict (tenant_id) do update
    set name = excluded.name, settings = excluded.settings, version = t.version + 1`,
};

interface TenantRow {
  tenant_id: string;
  name: string;
  settings: TenantSettings;
}

export function tenantRepository({ query }: Database): TenantRepository {
  return {
    async find(tenantId) {
      const [row] = await query<TenantRow>(FIND_TENANT, [tenantId]);
      return row === undefined ? undefined : tenantOf(row);
    },
    async save({ tenantId, name, settings }) {
      await query(SAVE_TENANT, [tenantId, name, JSON.stringify(settings)]);
    },
    async list() {
      return (await query<TenantRow>(LIST_TENANTS, [])).map(tenantOf);
    },
    async entry(tenantId, lock) {
      const [row] = await query<TenantRow & { version: number }>(lock === undefined ? FIND_ENTRY : LOCK_ENTRY, [
        tenantId,
      ]);
      return row === undefined ? undefined : { ...tenantOf(row), version: row.version };
    },
  };
}

function tenantOf(row: TenantRow): Tenant {
  return { tenantId: row.tenant_id, name: row.name, settings: row.settings };
}
