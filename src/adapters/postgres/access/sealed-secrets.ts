import type { SealedSecrets, UnreadableSecret } from '../../../ports/access/sealed-secrets.js';
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
  shop: (tenantId: string, shopId: string | number) => `${tenantId}/connect-shop/${shopId}`,
};

/** A row that somebody has changed since it was read keeps what it has. */
const KINDS = [
  {
    kind: 'connection',
    all: {
      name: 'sealed-secrets-connections',
      text: `select tenant_id, connection_id as id, sealed_secret as sealed from connection_secret
        where sealed_secret is not null order by 1, 2`,
    },
    replace: {
      name: 'sealed-secrets-replace-connection',
      text: `update connection_secret set sealed_secret = $4
        where tenant_id = $1 and connection_id = $2 and sealed_secret = $3 returning 1`,
    },
  },
  {
    kind: 'middleware',
    all: {
      name: 'sealed-secrets-middlewares',
      text: `select tenant_id, connection_id as id, sealed_key as sealed from middleware_key
        where sealed_key is not null order by 1, 2`,
    },
    replace: {
      name: 'sealed-secrets-replace-middleware',
      text: `update middleware_key set sealed_key = $4
        where tenant_id = $1 and connection_id = $2 and sealed_key = $3 returning 1`,
    },
  },
  {
    kind: 'shop',
    all: {
      name: 'sealed-secrets-shops',
      text: 'select tenant_id, shop_id::text as id, sealed_key as sealed from connect_key order by 1, 2',
    },
    replace: {
      name: 'sealed-secrets-replace-shop',
      text: `update connect_key set sealed_key = $4
        where tenant_id = $1 and shop_id::text = $2 and sealed_key = $3 returning 1`,
    },
  },
] as const;

/** The secrets that stay sealed for as long as they are in use: of connections, middlewares and shops. */
export function sealedSecrets({ query }: Database, box: SecretSealing): SealedSecrets {
  return {
    async sealAgain() {
      let resealed = 0;
      const unreadable: UnreadableSecret[] = [];
      for (const { kind, all, replace } of KINDS) {
        for (const row of await query<{ tenant_id: string; id: string; sealed: string }>(all, [])) {
          const { tenant_id: tenantId, id, sealed } = row;
          const owner = SEAL_OWNERS[kind](tenantId, id);
          const opened = box.open(sealed, owner);
          if (opened === undefined) unreadable.push({ kind, tenantId, id });
          else if (opened.stale)
            resealed += (await query(replace, [tenantId, id, sealed, box.seal(opened.text, owner)])).length;
        }
      }
      return { resealed, unreadable };
    },
  };
}
