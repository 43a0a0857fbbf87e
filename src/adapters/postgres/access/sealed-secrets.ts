import type { SealedSecrets, UnreadableSecret } from '../../../ports/access/sealed-secrets.js';
import type { NamedStatement } from '../../../ports/statement-runner.js';
import type { Database } from '../database/database.js';

/** Seals and opens secrets that are needed in clear text; `owner` is authenticated with the secret. */
export interface SecretSealing {
  seal(text: string, owner: string): string;
  /** Undefined: sealed for another owner, or under a key that is gone. `stale`: sealed under an older key. */
  open(sealed: string, owner: string): { text: string; stale: boolean } | undefined;
}

/** Who each kind of sealed secret belongs to: a value does not open in the row of another owner. */
export const SEAL_OWNERS = {
  connection: (tenantId: string, connectionId: string) => JSON.stringify([tenantId, connectionId, 'secret']),
  middleware: (tenantId: string, connectionId: string) => JSON.stringify([tenantId, connectionId, 'middleware-key']),
  index: (tenantId: string, connectionId: string) => JSON.stringify([tenantId, connectionId, 'index-push']),
  shop: (tenantId: string, shopId: string | number) => `${tenantId}/connect-shop/${shopId}`,
};

/** Where the secrets of each kind are. */
const PLACES = {
  connection: { table: 'connection_secret', id: 'connection_id', column: 'sealed_secret' },
  middleware: { table: 'middleware_key', id: 'connection_id', column: 'sealed_key' },
  index: { table: 'index_push', id: 'connection_id', column: 'sealed_authorization' },
  shop: { table: 'connect_key', id: 'shop_id', column: 'sealed_key' },
} as const;

type Kind = UnreadableSecret['kind'];
const KINDS = Object.keys(PLACES) as Kind[];

function listOf(kind: Kind): NamedStatement {
  const { table, id, column } = PLACES[kind];
  return {
    name: `sealed-secrets-list-${kind}`,
    text: `
      select tenant_id, ${id}::text as id, ${column} as sealed from ${table} where ${column} is not null
      order by 1, 2`,
  };
}

/** A row that somebody has changed since it was read keeps what it has. $3: the old seal; $4: the new one. */
export function resealOf(kind: Kind): NamedStatement {
  const { table, id, column } = PLACES[kind];
  return {
    name: `sealed-secrets-replace-${kind}`,
    text: `
      update ${table} set ${column} = $4 where tenant_id = $1 and ${id}::text = $2 and ${column} = $3
      returning 1 as resealed`,
  };
}

/** The secrets that stay sealed for as long as they are in use: of connections, middlewares, indexes and shops. */
export function sealedSecrets({ query }: Database, box: SecretSealing): SealedSecrets {
  return {
    async sealAgain() {
      let resealed = 0;
      const unreadable: UnreadableSecret[] = [];
      for (const kind of KINDS) {
        for (const row of await query<{ tenant_id: string; id: string; sealed: string }>(listOf(kind), [])) {
          const { tenant_id: tenantId, id, sealed } = row;
          const owner = SEAL_OWNERS[kind](tenantId, id);
          const opened = box.open(sealed, owner);
          if (opened === undefined) unreadable.push({ kind, tenantId, id });
          else if (opened.stale)
            resealed += (await query(resealOf(kind), [tenantId, id, sealed, box.seal(opened.text, owner)])).length;
        }
      }
      return { resealed, unreadable };
    },
  };
}
