import { digestOf } from '../../domain/digest.js';
import type { Connection, ConnectionSettings } from '../../domain/connection.js';
import type { Protocol } from '../../domain/transmission.js';
import type { ConnectionRepository, CredentialName } from '../../ports/connection-repository.js';
import type { Database } from './database.js';

const COLUMNS = 'c.tenant_id, c.connection_id, c.name, c.protocol, c.demo, c.settings';

const FIND = { name: 'connection-find', text: `select ${COLUMNS} from connection c where c.tenant_id = $1 and c.connection_id = $2` };
const LIST = { name: 'connection-list', text: `select ${COLUMNS} from connection c where c.tenant_id = $1 order by c.connection_id` };

const FIND_BY_CREDENTIAL = {
  name: 'connection-find-by-credential',
  text: `
    select ${COLUMNS}, array(
      select s.secret_hash from connection_secret s
      where s.tenant_id = c.tenant_id and s.connection_id = c.connection_id order by s.created_at desc) as secret_hashes
    from connection_credential n join connection c on c.tenant_id = n.tenant_id and c.connection_id = n.connection_id
    where n.credential_digest = $1
    order by c.tenant_id, c.connection_id`,
};

const SAVE = {
  name: 'connection-save',
  text: `
    insert into connection (tenant_id, connection_id, name, protocol, demo, settings) values ($1, $2, $3, $4, $5, $6)
    on conflict (tenant_id, connection_id) do update
    set name = excluded.name, protocol = excluded.protocol, demo = excluded.demo, settings = excluded.settings`,
};

const ADD_CREDENTIAL = {
  name: 'connection-add-credential',
  text: `
    insert into connection_credential (tenant_id, connection_id, credential_digest, kind, domain, identity) values ($1, $2, $3, $4, $5, $6)
    on conflict (tenant_id, connection_id, credential_digest) do nothing`,
};

/** Into the slot that is free, else over the older secret. */
const ADD_SECRET = {
  name: 'connection-add-secret',
  text: `
    insert into connection_secret (tenant_id, connection_id, slot, secret_hash)
    select $1, $2, slots.slot, $3
    from (values (1), (2)) slots (slot)
      left join connection_secret s on s.tenant_id = $1 and s.connection_id = $2 and s.slot = slots.slot
    order by s.created_at nulls first, slots.slot limit 1
    on conflict (tenant_id, connection_id, slot) do update set secret_hash = excluded.secret_hash, created_at = now()`,
};

interface ConnectionRow {
  tenant_id: string;
  connection_id: string;
  name: string;
  protocol: Protocol;
  demo: boolean;
  settings: ConnectionSettings;
}

/** `hashSecret` makes a slow hash, `scrypt$N$r$p$salt$hash`. */
export function connectionRepository({ query }: Database, hashSecret: (secret: string) => Promise<string>): ConnectionRepository {
  return {
    async find(tenantId, connectionId) {
      const [row] = await query<ConnectionRow>(FIND, [tenantId, connectionId]);
      return row === undefined ? undefined : connectionOf(row);
    },
    async findByCredential(credential) {
      const rows = await query<ConnectionRow & { secret_hashes: string[] }>(FIND_BY_CREDENTIAL, [credentialDigest(credential)]);
      return rows.map((row) => ({ connection: connectionOf(row), secretHashes: row.secret_hashes }));
    },
    async save({ tenantId, connectionId, name, protocol, demo, settings }) {
      await query(SAVE, [tenantId, connectionId, name, protocol, demo, JSON.stringify(settings)]);
    },
    async list(tenantId) {
      return (await query<ConnectionRow>(LIST, [tenantId])).map(connectionOf);
    },
    async addCredential(tenantId, connectionId, credential) {
      await query(ADD_CREDENTIAL, [tenantId, connectionId, credentialDigest(credential), credential.kind, credential.domain, credential.identity]);
    },
    async addSecret(tenantId, connectionId, secret) {
      await query(ADD_SECRET, [tenantId, connectionId, await hashSecret(secret)]);
    },
  };
}

function credentialDigest({ kind, domain, identity }: CredentialName): string {
  return digestOf(JSON.stringify([kind, domain.toLowerCase(), identity.toLowerCase()]));
}

function connectionOf(row: ConnectionRow): Connection {
  return { tenantId: row.tenant_id, connectionId: row.connection_id, name: row.name, protocol: row.protocol, demo: row.demo, settings: row.settings };
}
